"""A protected identity is marked and lifted, by officers only, with a reason."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people import queries
from handtag.people.models import Person

# Rooms above hide what they have shown of the person, in the same transaction; set in their apps.ready().
AFTER_PROTECT: list[Callable[[Actor, UUID], None]] = []


@transaction.atomic
def mark_protected(*, by: Actor, person_id: UUID, kind: str, reason: str, chosen_name: str = "") -> Person:
    """Mark somebody as protected: from now on they exist for themselves and the officers alone."""
    by.must(Right.KEEP_PROTECTED)
    if kind not in Person.Protection.values or kind == Person.Protection.NONE:
        raise Problem(_("Choose which protection it is."), field="kind")
    person = queries.person(by, person_id)
    _because(reason)
    shown = " ".join(chosen_name.split())
    changed = Person.objects.filter(pk=person.id).exclude(protection=kind, chosen_name=shown)
    if changed.update(protection=kind, chosen_name=shown):
        _record(by, "person.protected", person.id, reason, kind)
        for consequence in AFTER_PROTECT:
            consequence(by, person.id)
    person.refresh_from_db()
    return person


@transaction.atomic
def unmark(*, by: Actor, person_id: UUID, reason: str) -> Person:
    """Lift the mark; lifting it twice changes nothing."""
    by.must(Right.KEEP_PROTECTED)
    person = queries.person(by, person_id)
    _because(reason)
    marked = Person.objects.filter(pk=person.id).exclude(protection=Person.Protection.NONE)
    if marked.update(protection=Person.Protection.NONE):
        _record(by, "person.unprotected", person.id, reason, Person.Protection.NONE.value)
    person.refresh_from_db()
    return person


def _because(reason: str) -> None:
    if not reason.strip():
        raise Problem(_("Write the reason. It is kept with the mark."), field="reason")


def _record(by: Actor, verb: str, person_id: UUID, reason: str, kind: str) -> None:
    history.record(
        by=by,
        verb=verb,
        kind="person",
        object_id=person_id,
        about=person_id,
        reason=reason.strip(),
        protection=kind,
    )
