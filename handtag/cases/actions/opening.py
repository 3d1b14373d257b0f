"""A case begins: somebody reports an errand, nobody says how one went, or a page could not be used."""

from uuid import UUID

from django.db import transaction
from django.utils import translation

from handtag.cases import messages
from handtag.cases.models import Case, Note
from handtag.cases.rules import MOST_WORDS, NewCase
from handtag.errands.models import Errand
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.municipalities.rules.words import Feedback
from handtag.notices.actions import Heard, stop_texts
from handtag.notices.rules.heard import Word

# Who has texted gets the answer as a text; who is on the phone has heard it.
QUIET = frozenset({Case.Kind.TEXT, Case.Kind.HANDED_ON})


@transaction.atomic
def open_case(*, by: Actor, new: NewCase) -> Case:
    """Open a case and tell who reported it that it was received. Whoever calls has seen to the right.

    The same person saying more about the same errand, or by text, adds to their case until it is closed.
    """
    earlier = _earlier(by, new)
    if earlier is not None:
        return _told_more(by, earlier, new)
    made = Case.objects.create(
        municipality_id=by.tenant,
        committee_id=_committee_of(by, new.errand_id),
        kind=new.kind,
        concern=new.concern,
        errand_id=new.errand_id,
        reported_by_id=new.reported_by,
        receiver_id=new.receiver_id,
        due_at=new.due_at,
        answer_to=new.answer_to,
        language=new.language,
        words=new.words.strip()[:MOST_WORDS],
        opened_at=clock.now(),
    )
    history.record(
        by=by, verb="case.opened", kind="case", object_id=made.id, about=new.reported_by, concern=new.concern
    )
    if made.kind not in QUIET:
        messages.tell_received(made)
    return made


def from_report(by: Actor, errand: Errand, concern: str, words: str) -> None:
    """One of the two says that something feels wrong."""
    open_case(
        by=by,
        new=NewCase(
            kind=Case.Kind.ERRAND,
            concern=concern,
            words=words,
            errand_id=errand.id,
            reported_by=by.whose,
            language=translation.get_language() or "sv",
        ),
    )


def from_silence(by: Actor, errand: Errand) -> None:
    """Three days have passed and nobody has said how it went."""
    open_case(by=by, new=NewCase(kind=Case.Kind.UNCONFIRMED, errand_id=errand.id))


def from_feedback(by: Actor, feedback: Feedback) -> None:
    """Somebody, logged in or not, could not use a page."""
    answer_to = feedback.answer_to.strip()
    open_case(
        by=by,
        new=NewCase(
            kind=Case.Kind.ACCESSIBILITY,
            words=feedback.words,
            reported_by=None if answer_to else by.person_id,
            answer_to=answer_to,
            language=translation.get_language() or "sv",
        ),
    )


def from_text(by: Actor, heard: Heard) -> str:
    """Somebody texts what no other room understands: a person reads it. More of it goes to the same case."""
    if heard.word == Word.START:
        return messages.texts_again()
    if heard.word == Word.STOP:
        stop_texts(by=by)
    new = NewCase(
        kind=Case.Kind.TEXT,
        words=heard.text,
        reported_by=by.person,
        language=translation.get_language() or "sv",
    )
    open_case(by=by, new=new)
    return messages.answer_to_text(heard.word)


def forget_person(by: Actor, person_id: UUID) -> None:
    """What somebody wrote goes when they are erased; that there was a case, and what came of it, stays."""
    theirs = Case.objects.everywhere().filter(reported_by_id=person_id)
    Note.objects.filter(case__in=theirs.values("pk"), written_by_id=person_id).update(text="")
    theirs.update(words="", answer="", answer_to="")


def _earlier(by: Actor, new: NewCase) -> Case | None:
    if new.errand_id is None and new.kind != Case.Kind.TEXT:
        return None
    same = Case.objects.of(by.tenant).filter(kind=new.kind, reported_by_id=new.reported_by)
    if new.errand_id is not None:
        same = same.filter(errand_id=new.errand_id)
    return same.exclude(state=Case.State.CLOSED).select_for_update().first()


def _told_more(by: Actor, case: Case, new: NewCase) -> Case:
    if new.words.strip():
        Note.objects.create(
            case=case,
            verb=Note.Verb.TOLD_MORE,
            written_by_id=new.reported_by,
            at=clock.now(),
            text=new.words.strip()[:MOST_WORDS],
        )
        history.record(by=by, verb="case.told_more", kind="case", object_id=case.id, about=new.reported_by)
    return case


def _committee_of(by: Actor, errand_id: UUID | None) -> UUID | None:
    """The committee that answers for the errand's service."""
    if errand_id is None:
        return None
    errands = Errand.objects.of(by.tenant).filter(pk=errand_id)
    return errands.values_list("occasion__ask__service__committee_id", flat=True).get()
