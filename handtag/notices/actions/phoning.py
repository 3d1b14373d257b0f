"""Staff ring whom nothing reached: the page is opened with a trace, and what was told by phone is noted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import TooLate
from handtag.kernel.rights import Right
from handtag.notices.actions.previewing import example
from handtag.notices.messages import Letter
from handtag.notices.models import Notice
from handtag.notices.queries.outbox import missed_by
from handtag.people.actions import ReasonNeeded
from handtag.people.queries import Contact, contact_of, person, shown_as


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing that did not get through, in the words it was written in; `example` is for who rings.

    It says what such a text says in the language of who reads the page, where that is another.
    """

    subject: str
    body: str
    language: str
    at: datetime
    example: Letter | None


@dataclass(frozen=True, slots=True)
class ToRing:
    """Somebody to ring: how, and what to tell them."""

    person_id: UUID
    name: str
    is_protected: bool
    contact: Contact
    missed: tuple[Missed, ...]


@transaction.atomic
def open_missed(*, by: Actor, person_id: UUID, reason: str = "") -> ToRing:
    """What did not reach somebody, and their number; the reading is logged, with its reason if protected."""
    by.must(Right.SEE_PEOPLE)
    found = person(by, person_id)
    if found.is_protected and not reason.strip():
        raise ReasonNeeded(_("Write why you need to open this record. It is kept."), field="reason")
    history.looked(by=by, about=found.id, page="unreached", reason=reason.strip())
    rows = missed_by(by).filter(person_id=person_id).order_by("created_at")
    missed = tuple(_missed(row) for row in rows)
    contact = contact_of(found, to=by)
    return ToRing(found.id, shown_as(found, to=by), found.is_protected, contact, missed)


def _missed(row: Notice) -> Missed:
    own = get_language() or settings.LANGUAGE_CODE
    other = row.language.split("_")[0] != own.split("-")[0]
    said = example(row.municipality_id, row.kind, own) if other and row.municipality_id else None
    return Missed(row.subject, row.body, row.language, row.created_at, said)


@transaction.atomic
def note_phoned(*, by: Actor, person_id: UUID) -> None:
    """All that did not get through has been told by phone: it waits for nobody any more."""
    by.must(Right.SEE_PEOPLE)
    about = person(by, person_id).id
    rows = Notice.objects.of(by.tenant).filter(id__in=missed_by(by).filter(person_id=about).values("id"))
    if not rows.update(state=Notice.State.PHONED, sent_at=clock.now()):
        raise TooLate(_("Somebody has already told them."))
    history.record(by=by, verb="person.phoned", kind="person", object_id=about, about=about)
