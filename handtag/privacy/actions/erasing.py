"""Erasing a person: asked for by them, done by who keeps the records, with what is kept and why."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.models import Errand
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people import actions as people
from handtag.privacy.models import ErasureRequest
from handtag.privacy.queries import tables
from handtag.privacy.queries.words import record_words
from handtag.privacy.rules.record import Erasing, Record
from handtag.privacy.rules.register import REGISTER

# Rows of the one are rested on by the other: passkeys and links go before their login.
_LAST = ("provider_session", "e_identity", "login_address", "passkey", "sign_in_link", "login")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: counts by record type, and what stays and why."""

    deleted: dict[str, int]
    blanked: dict[str, int]
    kept: dict[str, str]


@transaction.atomic
def ask_for_erasure(*, by: Actor) -> None:
    """Ask to be erased; asking twice is asking once."""
    by.must(Right.TAKE_PART)
    try:
        with transaction.atomic():
            ErasureRequest.objects.create(municipality_id=by.tenant, person_id=by.person)
    except IntegrityError:
        return
    history.record(by=by, verb="erasure.asked", kind="person", object_id=by.person, about=by.person)


@transaction.atomic
def erase(*, by: Actor, person_id: UUID) -> Erased:
    """Erase one person everywhere; refused while somebody counts on them. Twice changes nothing."""
    by.must(Right.KEEP_RECORDS)
    coming = Errand.objects.everywhere().filter(state__in=[Errand.State.AGREED, Errand.State.STARTED])
    if tables.about(_errands(), person_id).filter(pk__in=coming.values("pk")).exists():
        raise Problem(_("There are errands to come. Cancel them first, so that nobody waits in vain."))
    people.erase_person(by=by, person_id=person_id)
    erased = _sweep(person_id)
    ErasureRequest.objects.everywhere().filter(person_id=person_id, answered_at=None).update(
        answered_at=clock.now()
    )
    return erased


def _errands() -> Record:
    return next(record for record in REGISTER if record.type == "errand")


def _sweep(person_id: UUID) -> Erased:
    erased = Erased({}, {}, {})
    for record in sorted(
        REGISTER, key=lambda record: _LAST.index(record.type) if record.type in _LAST else -1
    ):
        rows = tables.about(record, person_id)
        if record.erasing == Erasing.DELETE:
            erased.deleted[record.type] = rows.delete()[0]
        elif record.erasing == Erasing.BLANK and record.type != "person":
            erased.blanked[record.type] = rows.update(**{name: _empty(name) for name in record.blank})
        if record.kept_because and rows.exists():
            erased.kept[record.type] = record_words(record).kept
    return erased


def _empty(name: str) -> object:
    return [] if name == "care_words" else ""
