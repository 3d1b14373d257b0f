"""Handling a case: reading it, taking it in hand, noting, letting others read, closing and opening again."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.cases import messages, queries
from handtag.cases.models import Case, Note, Reader
from handtag.cases.rules import MOST_WORDS, OUTCOMES, Closing, from_states
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.people.actions import ReasonNeeded


@transaction.atomic
def open_page(
    *, by: Actor, case_id: UUID, reason: str = "", service_ids: Collection[UUID] | None = None
) -> queries.CasePage:
    """The page of a case, the reading logged for everybody it is about; of protected people with a reason."""
    found = queries.case(by, case_id, service_ids)
    is_protected = queries.is_protected(found)
    if is_protected:
        by.must_be_fresh()
    if is_protected and not reason.strip():
        raise ReasonNeeded(_("Write why you need to open this record. It is kept."), field="reason")
    page = queries.page(by, found)
    for person_id in sorted(page.about):
        history.looked(by=by, about=person_id, page="case", reason=reason.strip())
    return page


@transaction.atomic
def take_in_hand(*, by: Actor, case_id: UUID) -> Case:
    """Say: I see to this one. Taking over from a colleague is the same deed; twice changes nothing."""
    case = _handled(by, case_id)
    if case.handled_by_id == by.person and case.state == Case.State.IN_HAND:
        return case
    move(by, case, "take", state=Case.State.IN_HAND, handled_by_id=by.person)
    return wrote(by, case, Note.Verb.TAKEN, "case.taken_in_hand")


@transaction.atomic
def note(*, by: Actor, case_id: UUID, text: str) -> Note:
    """Write down what was done or found out; readers of the case may write too. Rows are only added."""
    case = queries.case(by, case_id)
    words = text.strip()
    if not words:
        raise Problem(_("Write what was done or found out."), field="text")
    if len(words) > MOST_WORDS:
        raise Problem(_("That is longer than %(most)s characters.") % {"most": MOST_WORDS}, field="text")
    made = Note.objects.create(case=case, written_by_id=by.person, at=clock.now(), text=words)
    history.record(by=by, verb="case.noted", kind="case", object_id=case.id, about=case.reported_by_id)
    return made


@transaction.atomic
def add_reader(*, by: Actor, case_id: UUID, person_id: UUID) -> Case:
    """Let one more of the staff read the case; twice changes nothing."""
    case = _handled(by, case_id)
    if person_id not in dict(queries.possible_readers(by, queries.about(case))):
        raise NotFound("person")
    try:
        with transaction.atomic():
            Reader.objects.create(case=case, person_id=person_id)
    except IntegrityError:
        return case
    return wrote(by, case, Note.Verb.READER_ADDED, "case.reader_added", reader=person_id)


@transaction.atomic
def close(*, by: Actor, case_id: UUID, closing: Closing) -> Case:
    """End a case: what came of it, and an answer to who reported it."""
    case = _handled(by, case_id)
    if closing.came_of not in OUTCOMES:
        raise Problem(_("Choose what came of it."), field="came_of")
    if (case.reported_by_id or case.answer_to) and not closing.answer.strip():
        raise Problem(_("Write an answer: somebody is waiting for it."), field="answer")
    move(
        by,
        case,
        "close",
        state=Case.State.CLOSED,
        closed_at=clock.now(),
        came_of=closing.came_of,
        answer=closing.answer.strip()[:MOST_WORDS],
    )
    case = wrote(
        by, case, Note.Verb.CLOSED, "case.closed", text=closing.note.strip(), came_of=closing.came_of
    )
    messages.tell_answered(case)
    return case


@transaction.atomic
def reopen(*, by: Actor, case_id: UUID) -> Case:
    """Take up a closed case again; what was answered stays in the notes of it."""
    case = _handled(by, case_id)
    before = case.answer
    move(
        by,
        case,
        "reopen",
        state=Case.State.IN_HAND,
        closed_at=None,
        came_of="",
        answer="",
        handled_by_id=by.person,
    )
    return wrote(by, case, Note.Verb.REOPENED, "case.reopened", text=before)


def _handled(by: Actor, case_id: UUID) -> Case:
    found = queries.handled(by).filter(pk=case_id).first()
    if found is None:
        raise NotFound("case")
    return found


def move(by: Actor, case: Case, verb: str, **columns: object) -> None:
    """Change a case if it still is in a state where that can be done: compare and swap."""
    movable = Case.objects.of(by.tenant).filter(pk=case.pk, state__in=from_states(verb))
    if not movable.update(**columns):
        raise TooLate(_("A colleague was first. Have a look at how it stands now."))


def wrote(
    by: Actor,
    case: Case,
    verb: Note.Verb,
    deed: str,
    *,
    text: str = "",
    reader: UUID | None = None,
    **facts: str,
) -> Case:
    """Note what was done, in the case and in the book."""
    Note.objects.create(
        case=case,
        verb=verb,
        written_by_id=by.person,
        reader_id=reader,
        at=clock.now(),
        text=text[:MOST_WORDS],
    )
    history.record(
        by=by, verb=deed, kind="case", object_id=case.id, about=reader or case.reported_by_id, **facts
    )
    case.refresh_from_db()
    return case
