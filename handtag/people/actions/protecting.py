"""A protected identity is marked and lifted with a reason: by officers, and by those of one town alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem, TooLate
from handtag.kernel.rights import Right
from handtag.people import queries
from handtag.people.models import Person

# Rooms above hide what they have shown of the person, in the same transaction; set in their apps.ready().
AFTER_PROTECT: list[Callable[[Actor, UUID], None]] = []


@transaction.atomic
def mark_protected(*, by: Actor, person_id: UUID, kind: str, reason: str, chosen_name: str = "") -> Person:
    """Mark somebody as protected: from now on they exist for themselves and the officers alone.

    The town that sets the mark keeps it: officers of other towns neither change nor lift it.
    """
    by.must(Right.KEEP_PROTECTED)
    if kind not in Person.Protection.values or kind == Person.Protection.NONE:
        raise Problem(_("Choose which protection it is."), field="kind")
    person = queries.person(by, person_id)
    _must_be_ours(by, person)
    _because(reason)
    shown = " ".join(chosen_name.split())
    if (person.protection, person.chosen_name) != (kind, shown):
        _write(person, protection=kind, chosen_name=shown, marked_by_id=by.tenant)
        _record(by, "person.protected", person.id, reason, kind)
        for consequence in AFTER_PROTECT:
            consequence(by, person.id)
    person.refresh_from_db()
    return person


@transaction.atomic
def unmark(*, by: Actor, person_id: UUID, reason: str) -> Person:
    """Lift the mark that this town has set; lifting it twice changes nothing."""
    by.must(Right.KEEP_PROTECTED)
    person = queries.person(by, person_id)
    _must_be_ours(by, person)
    _because(reason)
    if person.is_protected:
        _write(person, protection=Person.Protection.NONE, marked_by_id=None)
        _record(by, "person.unprotected", person.id, reason, Person.Protection.NONE.value)
    person.refresh_from_db()
    return person


def _must_be_ours(by: Actor, person: Person) -> None:
    """Which other town it was is not said: where else somebody is known may be what must stay hidden."""
    if not queries.may_lift(by, person):
        raise Problem(
            _(
                "Another municipality has set the mark, and only they may change or lift it. Ask the person "
                "which one it was: they turn to it, and it decides."
            )
        )


def _write(person: Person, **columns: Any) -> None:
    """The mark as it shall be, if it still is as it was read: two towns never overwrite one another."""
    as_read = Person.objects.filter(pk=person.id, protection=person.protection, marked_by=person.marked_by_id)
    if not as_read.update(**columns):
        raise TooLate(_("Somebody changed the mark just now. Have a look at how it stands."))


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
