"""Reading cases: the queue, one case with what was done, and a reporter's own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from handtag.cases.models import Case, Note, Reader
from handtag.cases.rules import DUE_DAYS
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Words
from handtag.kernel.rights import STAFF, Right
from handtag.kernel.tongues import borne_out
from handtag.people.models import Person, RoleHeld
from handtag.people.queries import shown_as
from handtag.permits.models import Service
from handtag.permits.queries import service_words, visible_services

TITLES: Final[dict[str, Words]] = {
    "unsafe": _("Somebody did not feel safe"),
    "money": _("Money or a receipt does not add up"),
    "no_show": _("Somebody did not come"),
    "behaviour": _("How somebody behaved"),
    "other": _("Something else about an errand"),
    Case.Kind.ERRAND: _("Something about an errand"),
    Case.Kind.UNCONFIRMED: _("Nobody has said how it went"),
    Case.Kind.ACCESSIBILITY: _("A page that was hard to use"),
    "home_care": _("Handed on: for home care"),
    "social_services": _("Handed on: for the social services"),
    "health_care": _("Handed on: for health care"),
    "housing": _("Handed on: about where somebody lives"),
    "not_reached": _("Somebody we could not reach by phone"),
    "wrong_number": _("A phone number that is wrong"),
    Case.Kind.HANDED_ON: _("Handed on by the contact centre"),
    Case.Kind.TEXT: _("Somebody has texted us"),
    Case.Kind.OTHER: _("Something to look into"),
}
OUTCOME_WORDS: Final[dict[str, Words]] = {
    "settled": _("The two settled it between them"),
    "put_right": _("Put right by us"),
    "misunderstanding": _("A misunderstanding, cleared up"),
    "permit": _("Led to a decision about a permit"),
    "referred": _("Passed on: police, care or another part of the municipality"),
    "nothing_more": _("Nothing more to do"),
}
VERB_WORDS: Final[dict[str, Words]] = {
    Note.Verb.TOLD_MORE: _("told more"),
    Note.Verb.TAKEN: _("took it in hand"),
    Note.Verb.NOTED: _("noted"),
    Note.Verb.READER_ADDED: _("let one more read it"),
    Note.Verb.CLOSED: _("closed it"),
    Note.Verb.REOPENED: _("opened it again"),
    Note.Verb.FELL_BACK: _("Nobody took it in time: it is the coordinators' again"),
}
MOST: Final = 50
_AS_KEPT: Final = ("id", "words", "opened_at", "state", "closed_at", "answer")
_SIDES: Final = ("reported_by", "errand__asker", "errand__helper")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the queue: no names, for a queue is read over shoulders."""

    id: UUID
    title: Words
    state: str
    opened_at: datetime
    service: str
    area: str
    is_mine: bool
    is_protected: bool
    due_at: datetime | None = None

    @property
    def waited(self) -> timedelta:
        """How long it has waited."""
        return clock.now() - self.opened_at

    @property
    def is_late(self) -> bool:
        """Whether nobody has taken it in hand for days."""
        late = self.due_at <= clock.now() if self.due_at else self.waited > timedelta(days=DUE_DAYS)
        return self.state == Case.State.NEW and late


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of a case, with the way to their page where the reader may go there."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what was done."""

    at: datetime
    who: str
    what: Words
    text: str
    reader: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything a reader of a case sees."""

    id: UUID
    title: Words
    kind: str
    state: str
    words: str
    written_in: str
    opened_at: datetime
    closed_at: datetime | None
    service: str
    area: str
    starts_at: datetime | None
    ends_at: datetime | None
    errand_id: UUID | None
    reporter: Somebody | None
    asker: Somebody | None
    helper: Somebody | None
    handler: str
    is_mine: bool
    is_protected: bool
    can_be_answered: bool
    by_email_only: bool
    came_of: Words
    answer: str
    done: tuple[Done, ...]
    may_handle: bool
    due_at: datetime | None
    receiver: str
    is_receiver: bool

    @property
    def readers(self) -> list[str]:
        """Who was let read it besides those who handle cases."""
        return [line.reader for line in self.done if line.reader]

    @property
    def about(self) -> set[UUID]:
        """The people whose affairs one reads here."""
        return {one.id for one in (self.reporter, self.asker, self.helper) if one}


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported, as they see it themselves: received, in hand, answered."""

    id: UUID
    title: Words
    words: str
    written_in: str
    opened_at: datetime
    state: str
    closed_at: datetime | None
    answer: str


def reach(by: Actor) -> set[UUID]:
    """The services whose cases this actor may handle; to be asked once where several queries need it."""
    return visible_services(by, Right.HANDLE_CASES) if by.may(Right.HANDLE_CASES) else set()


def handled(by: Actor, service_ids: Collection[UUID] | None = None) -> QuerySet[Case]:
    """The cases this actor may handle: of the services within reach, none about themselves.

    What falls under the social services' frame is there for its committee alone; protected people's cases
    for officers alone.
    """
    by.must(Right.HANDLE_CASES)
    within = Q(errand=None) | Q(
        errand__occasion__ask__service_id__in=reach(by) if service_ids is None else service_ids
    )
    return _open_to(by, Case.objects.of(by.tenant)).filter(within)


def readable(by: Actor, service_ids: Collection[UUID] | None = None) -> QuerySet[Case]:
    """The cases this actor may open: those they handle, and those they are listed on as readers."""
    listed = Q(Exists(Reader.objects.filter(case=OuterRef("pk"), person_id=by.person)))
    cases = _open_to(by, Case.objects.of(by.tenant))
    if not by.may(Right.HANDLE_CASES):
        return cases.filter(listed) if by.is_staff else cases.none()
    return cases.filter(listed | Q(pk__in=handled(by, service_ids).values("pk")))


def waiting(by: Actor, service_ids: Collection[UUID] | None = None) -> list[CaseRow]:
    """The cases not closed, oldest first; those nobody has taken in hand before the others."""
    rows = handled(by, service_ids).exclude(state=Case.State.CLOSED)
    return [_row(by, case) for case in _with_errand(rows).order_by("-state", "opened_at", "id")[:MOST]]


def closed(by: Actor) -> list[CaseRow]:
    """The cases closed last."""
    rows = handled(by).filter(state=Case.State.CLOSED)
    return [_row(by, case) for case in _with_errand(rows).order_by("-closed_at", "id")[:MOST]]


def case(by: Actor, case_id: UUID, service_ids: Collection[UUID] | None = None) -> Case:
    """A case the actor may open; else NotFound, whether it is absent, hidden or another town's."""
    found = (
        _with_errand(readable(by, service_ids))
        .select_related("handled_by", "receiver")
        .filter(pk=case_id)
        .first()
    )
    if found is None:
        raise NotFound("case")
    return found


def is_protected(found: Case) -> bool:
    """Whether somebody of the case is protected; the case was read with its people."""
    return any(one.is_protected for one in _people(found))


def page(by: Actor, found: Case) -> CasePage:
    """The page of a case that was opened."""
    return CasePage(
        **_facts(found),
        **_sides(by, found),
        handler=shown_as(found.handled_by, to=by, close=True) if found.handled_by else "",
        is_mine=found.handled_by_id == by.person_id,
        is_protected=is_protected(found),
        done=_done(by, found),
        may_handle=by.may(Right.HANDLE_CASES),
        due_at=found.due_at,
        receiver=shown_as(found.receiver, to=by, close=True) if found.receiver else "",
        is_receiver=found.receiver_id == by.person_id,
    )


class HandedOn(NamedTuple):
    """Something the contact centre has handed on, as its list shows it: nothing of what was said."""

    id: UUID
    title: Words
    person_id: UUID | None
    person: str
    receiver: str
    handler: str
    state: str
    due_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Nobody has taken it in time."""
        return self.state == Case.State.NEW and bool(self.due_at and self.due_at <= clock.now())


def handed_on(by: Actor) -> list[HandedOn]:
    """What was handed on by phone and is not closed: first what nobody has taken, the most urgent first."""
    by.must(Right.ANSWER_CALLS)
    waiting = Case.objects.of(by.tenant).filter(kind=Case.Kind.HANDED_ON).exclude(state=Case.State.CLOSED)
    rows = _open_to(by, waiting).select_related("reported_by", "receiver", "handled_by")
    return [
        HandedOn(
            id=row.id,
            title=_title(row),
            person_id=row.reported_by_id,
            person=shown_as(row.reported_by, to=by) if row.reported_by else "",
            receiver=shown_as(row.receiver, to=by, close=True) if row.receiver else "",
            handler=shown_as(row.handled_by, to=by, close=True) if row.handled_by else "",
            state=row.state,
            due_at=row.due_at,
        )
        for row in rows.order_by("-state", "due_at", "id")[:MOST]
    ]


def own_report(by: Actor, case_id: UUID) -> Report:
    """A case one has reported oneself: what was said, and what was answered."""
    found = Case.objects.of(by.tenant).filter(pk=case_id, reported_by_id=by.whose).first()
    if found is None:
        raise NotFound("report")
    same = {name: getattr(found, name) for name in _AS_KEPT}
    return Report(**same, title=_title(found), written_in=borne_out(found.words, found.language))


def possible_readers(by: Actor, about: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The staff of the municipality who could be let read a case, by name; nobody whom it is about."""
    held = RoleHeld.objects.of(by.tenant).filter(
        until=None, role__in=sorted(STAFF), person__erased_at=None, person__protection=Person.Protection.NONE
    )
    rows = held.exclude(person_id__in=list(about)).select_related("person").order_by("person__sought", "pk")
    return list({row.person_id: shown_as(row.person, to=by, close=True) for row in rows}.items())


def about(found: Case) -> set[UUID]:
    """The people a case is about; the case was read with its people."""
    return {one.id for one in _people(found)}


def _open_to(by: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Without cases about the actor, and for all but the officers without protected people's."""
    for side in _SIDES:
        theirs = Q(**{side: None}) | ~Q(**{side: by.person_id})
        if not by.may(Right.KEEP_PROTECTED):
            theirs &= Q(**{side: None}) | Q(**{f"{side}__protection": Person.Protection.NONE})
        cases = cases.filter(theirs)
    return cases


def _with_errand(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related(*_SIDES, "errand__occasion__ask__service", "errand__occasion__ask__area")


def _people(found: Case) -> list[Person]:
    errand = found.errand
    people = [found.reported_by, errand and errand.asker, errand and errand.helper]
    return [one for one in people if one]


def _title(found: Case) -> Words:
    return TITLES.get(found.concern) or TITLES[found.kind]


def _service(found: Case) -> Service | None:
    return found.errand.occasion.ask.service if found.errand else None


def _area(found: Case) -> str:
    area = found.errand.occasion.ask.area if found.errand else None
    return area.name if area else ""


def _row(by: Actor, found: Case) -> CaseRow:
    service = _service(found)
    return CaseRow(
        id=found.id,
        title=_title(found),
        state=found.state,
        opened_at=found.opened_at,
        service=service_words(service).name if service else "",
        area=_area(found),
        is_mine=found.handled_by_id == by.person_id,
        is_protected=is_protected(found),
        due_at=found.due_at,
    )


def _facts(found: Case) -> dict[str, Any]:
    service, errand = _service(found), found.errand
    return {
        "id": found.id,
        "title": _title(found),
        "kind": found.kind,
        "state": found.state,
        "words": found.words,
        "written_in": borne_out(found.words, found.language),
        "opened_at": found.opened_at,
        "closed_at": found.closed_at,
        "service": service_words(service).name if service else "",
        "area": _area(found),
        "starts_at": errand.starts_at if errand else None,
        "ends_at": errand.ends_at if errand else None,
        "errand_id": found.errand_id,
        "can_be_answered": bool(found.reported_by_id or found.answer_to),
        "by_email_only": not found.reported_by_id and bool(found.answer_to),
        "came_of": OUTCOME_WORDS.get(found.came_of, ""),
        "answer": found.answer,
    }


def _sides(by: Actor, found: Case) -> dict[str, Any]:
    errand = found.errand
    people = {
        "reporter": found.reported_by,
        "asker": errand.asker if errand else None,
        "helper": errand.helper if errand else None,
    }
    return {side: Somebody(one.id, shown_as(one, to=by)) if one else None for side, one in people.items()}


def _done(by: Actor, found: Case) -> tuple[Done, ...]:
    notes = Note.objects.filter(case=found).select_related("written_by", "reader").order_by("at", "id")
    return tuple(
        Done(
            at=note.at,
            who=shown_as(note.written_by, to=by, close=True) if note.written_by else "",
            what=VERB_WORDS[note.verb],
            text=note.text,
            reader=shown_as(note.reader, to=by, close=True) if note.reader else "",
        )
        for note in notes
    )
