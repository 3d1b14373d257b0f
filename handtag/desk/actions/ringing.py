"""Whom to ring: news makes a call to be made, one agent takes it at a time, and what came of it is noted."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handtag.cases import actions as cases
from handtag.cases.models import Case
from handtag.cases.rules import NewCase
from handtag.desk import messages
from handtag.desk.actions.acting import voice
from handtag.desk.actions.calls import log
from handtag.desk.models import Call, RingBack
from handtag.desk.queries import ringing as queries
from handtag.desk.rules import ringing as rules
from handtag.errands.actions import errand as errands
from handtag.errands.models import Errand
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.notices import actions as notices
from handtag.notices.models import Notice
from handtag.notices.queries import to_phone, to_tell, ways
from handtag.notices.rules.channels import ON_ONES_OWN
from handtag.people import queries as people

_TROUBLES = {Call.Outcome.NO_ANSWER: "not_reached", Call.Outcome.WRONG_NUMBER: "wrong_number"}


def bring(notice: Notice) -> None:
    """News that a person tells: to whom the reader trusts by their own channels, else onto the call list."""
    if _passed_on(notice) or notice.municipality_id is None or notice.person_id is None:
        return
    if notice.kind == rules.HOW_IT_WENT and notice.about_id:
        follow_up(notice.municipality_id, notice.person_id, notice.about_id)
        return
    _want(notice.municipality_id, notice.person_id, RingBack.Why.NEWS, rules.due(notice.kind, clock.now()))


@transaction.atomic
def want_ring_back(*, by: Actor, person_id: UUID, words: str = "") -> RingBack:
    """The caller wants us to ring: before the end of the next day."""
    by.must(Right.ANSWER_CALLS)
    known = people.person(by, person_id)
    if not known.phone:
        raise Problem(_("We have no number to ring them on. Write one among their details first."))
    made = _want(
        by.tenant, known.id, RingBack.Why.ASKED, rules.due("", clock.now()), words=words.strip()[:300]
    )
    log(by=by, person_id=known.id, topic="ring_back")
    return made


@transaction.atomic
def wants_call(*, by: Actor, words: str = "") -> RingBack:
    """Somebody asks for themselves to be rung, before the end of the next day; twice is one call."""
    by.must(Right.TAKE_PART)
    made = _want(by.tenant, by.whose, RingBack.Why.ASKED, rules.due("", clock.now()), words=words)
    history.record(by=by, verb="call.wanted", kind="call", object_id=made.pk, about=by.whose)
    return made


@transaction.atomic
def take(*, by: Actor, ring_back_id: UUID) -> RingBack:
    """I ring this one: for half an hour it is nobody else's. Again by the same agent holds it longer."""
    row = queries.to_ring(by, ring_back_id)
    now = clock.now()
    free = Q(state=RingBack.State.WAITING) | Q(state=RingBack.State.TAKEN, taken_until__lte=now)
    mine = Q(state=RingBack.State.TAKEN, taken_by_id=by.person)
    taken = (
        RingBack.objects.of(by.tenant)
        .filter(free | mine, pk=row.pk)
        .update(state=RingBack.State.TAKEN, taken_by_id=by.person, taken_until=now + rules.HELD_FOR)
    )
    if not taken:
        raise TooLate(_("A colleague is ringing this one just now."))
    history.record(by=by, verb="call.taken", kind="call", object_id=row.pk, about=row.person_id)
    row.refresh_from_db()
    return row


@transaction.atomic
def take_letter(*, by: Actor, person_id: UUID) -> RingBack:
    """I ring whom no letter reaches in time: it is news to tell from now on, and this call is mine."""
    by.must(Right.ANSWER_CALLS)
    known = people.person(by, person_id)
    late = [row for row in to_phone(by) if row.person_id == known.id]
    notices.ring_instead(by=by, person_id=known.id)
    now = clock.now()
    due_at = rules.letter_due(late[0].until, late[0].written_at, now)
    return take(by=by, ring_back_id=_want(by.tenant, known.id, RingBack.Why.NEWS, due_at).pk)


@transaction.atomic
def put_back(*, by: Actor, ring_back_id: UUID) -> None:
    """Somebody else may ring this one."""
    row = _mine(by, ring_back_id)
    _settle(row, state=RingBack.State.WAITING, taken_by=None, taken_until=None)


@transaction.atomic
def note_outcome(
    *, by: Actor, ring_back_id: UUID, outcome: str, told: Collection[UUID] = (), note: str = ""
) -> RingBack:
    """What came of ringing: reached, no answer (again later; the third time a coordinator takes over), or a
    number that is wrong. News that came while they spoke stays on the list.
    """
    row = _mine(by, ring_back_id)
    if outcome == Call.Outcome.REACHED:
        notices.told_by_phone(by=by, person_id=row.person_id, notice_ids=told)
        _reached(row)
    elif outcome in _TROUBLES:
        _not_reached(by, row, outcome)
    else:
        raise Problem(_("Choose what came of it."), field="outcome")
    log(by=by, person_id=row.person_id, topic=row.why, outcome=outcome, is_ours=True, note=note.strip())
    history.record(
        by=by, verb="call.made", kind="call", object_id=row.pk, about=row.person_id, outcome=outcome
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def say_how_it_went(*, by: Actor, ring_back_id: UUID, how: str, words: str = "") -> RingBack:
    """The follow-up call: the caller says how it was, and it is filed as if they had written it."""
    row = _mine(by, ring_back_id)
    if row.errand_id is None:
        raise NotFound("errand")
    caller = voice(by=by, person_id=row.person_id)
    if Errand.objects.of(by.tenant).get(pk=row.errand_id).state == Errand.State.UNCONFIRMED:
        errands.complete(by=caller, errand_id=row.errand_id)
    errands.give_feedback(by=caller, errand_id=row.errand_id, how=how, for_municipality=words)
    waiting = [each.id for each in to_tell(by.tenant, row.person_id) if each.about_id == row.errand_id]
    return note_outcome(by=by, ring_back_id=row.pk, outcome=Call.Outcome.REACHED, told=waiting)


def _want(municipality_id: UUID, person_id: UUID, why: str, due_at: datetime, *, words: str = "") -> RingBack:
    """One call to be made for one reason, however much there is to tell; the most urgent decides."""
    rows = RingBack.objects.of(municipality_id)
    same = rows.filter(person_id=person_id, why=why, state__in=RingBack.LIVE)
    now = clock.now()
    row = same.select_for_update().first()
    if row is None:
        try:
            with transaction.atomic():
                return rows.create(
                    municipality_id=municipality_id,
                    person_id=person_id,
                    why=why,
                    due_at=due_at,
                    from_at=clock.not_at_night(now),
                    words=words,
                    made_at=now,
                )
        except IntegrityError:
            row = same.select_for_update().get()
    rows.filter(pk=row.pk, due_at__gt=due_at).update(due_at=due_at)
    if words:
        rows.filter(pk=row.pk).update(words=words)
    return row


def follow_up(municipality_id: UUID, person_id: UUID, errand_id: UUID) -> bool:
    """Ask how one errand went, once."""
    now = clock.now()
    row = RingBack(
        municipality_id=municipality_id,
        person_id=person_id,
        why=RingBack.Why.FOLLOW_UP,
        errand_id=errand_id,
        from_at=clock.not_at_night(now),
        due_at=rules.due("", now),
        made_at=now,
    )
    made = RingBack.objects.of(municipality_id).filter(errand_id=errand_id, why=RingBack.Why.FOLLOW_UP)
    if made.exists():
        return False
    RingBack.objects.bulk_create([row], ignore_conflicts=True)
    return True


def _passed_on(notice: Notice) -> bool:
    """A mandate holder is told by their own channels, unless they too are told by a call."""
    if notice.municipality_id is None or notice.person_id is None or notice.kind in ON_ONES_OWN:
        return False
    row = queries.confidant_of(notice.municipality_id, notice.person_id)
    if row is None or row.told is None or queries.holder_of(row) is None:
        return False
    if next((way.channel for way in ways(row.told)), "phone") == "phone":
        return False
    notices.tell(
        municipality_id=notice.municipality_id,
        person_id=row.told.id,
        kind=notice.kind,
        write=lambda: messages.passed_on(notice.subject, notice.body),
        about_id=notice.about_id,
    )
    Notice.objects.of(notice.municipality_id).filter(pk=notice.pk).update(
        state=Notice.State.SENT, sent_at=clock.now()
    )
    return True


def _mine(by: Actor, ring_back_id: UUID) -> RingBack:
    """A call that this agent holds, its row locked; nobody notes anything in another's."""
    row = queries.to_ring(by, ring_back_id)
    held = RingBack.objects.of(by.tenant).select_for_update().filter(pk=row.pk)
    mine = held.filter(state=RingBack.State.TAKEN, taken_by_id=by.person).first()
    if mine is None:
        raise TooLate(_("A colleague has this one now, or it is done."))
    return mine


def _settle(row: RingBack, **columns: object) -> None:
    RingBack.objects.of(row.municipality_id).filter(pk=row.pk).update(**columns)


def _reached(row: RingBack) -> None:
    more = row.why == RingBack.Why.NEWS and to_tell(row.municipality_id, row.person_id)
    if more:
        _settle(row, state=RingBack.State.WAITING, taken_by=None, taken_until=None, tries=0)
    else:
        _settle(row, state=RingBack.State.REACHED, ended_at=clock.now(), tries=F("tries") + 1)


def _not_reached(by: Actor, row: RingBack, outcome: str) -> None:
    """Again later; after the third time, or with a wrong number, a coordinator sees to it."""
    tries = row.tries + 1
    if outcome == Call.Outcome.NO_ANSWER and tries < rules.MOST_TRIES:
        later = rules.again(clock.now())
        _settle(
            row,
            state=RingBack.State.WAITING,
            tries=tries,
            from_at=later,
            due_at=max(row.due_at, later),
            taken_by=None,
            taken_until=None,
        )
        return
    _settle(row, state=RingBack.State.GIVEN_UP, tries=tries, ended_at=clock.now())
    cases.open_case(
        by=by,
        new=NewCase(
            kind=Case.Kind.HANDED_ON, concern=_TROUBLES[Call.Outcome(outcome)], reported_by=row.person_id
        ),
    )
