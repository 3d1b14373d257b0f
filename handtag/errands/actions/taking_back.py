"""Taking an ask back, one date of it or all of it; undoing that; and what nobody took in time."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from handtag.errands.actions import meeting
from handtag.errands.actions.asking import announced_from
from handtag.errands.actions.settling import settle
from handtag.errands.messages import asking as messages
from handtag.errands.models import Ask, Draft, Errand, Occasion, Series
from handtag.errands.queries import asks
from handtag.errands.rules import times
from handtag.history import actions as history
from handtag.jobs.actions import each_row
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotFound, TooLate
from handtag.mandates.queries import must_hold as must_act
from handtag.permits.models import Side
from handtag.permits.queries import must_hold

_COMING = [Occasion.State.OPEN, Occasion.State.FILLED]
_AT_A_TIME = 200


@transaction.atomic
def withdraw_ask(*, by: Actor, ask_id: UUID, reason: str = "") -> Ask:
    """Take back an ask, by its asker or the municipality: what was agreed is cancelled, who comes is told."""
    must_act(by)
    ask = asks.own_or_steered(by, ask_id)
    if ask.state == Ask.State.WITHDRAWN:
        return ask
    now = clock.now()
    _take_back(by, _lock(ask, Q()), now)
    Ask.objects.of(by.tenant).filter(pk=ask.pk).update(
        state=Ask.State.WITHDRAWN, ended_at=now, announce_at=None
    )
    Draft.objects.of(by.tenant).filter(ask=ask).delete()
    history.record(
        by=by, verb="ask.withdrawn", kind="ask", object_id=ask.id, about=ask.asker_id, reason=reason
    )
    if not by.stands_for(ask.asker_id):
        messages.tell_asker_withdrawn(ask)
    return asks.own_or_steered(by, ask_id)


@transaction.atomic
def restore_ask(*, by: Actor, ask_id: UUID) -> Ask:
    """Undo a withdrawal within half an hour. Who had agreed was told, and is free: the ask goes out anew.

    The asker undoes any; who steers asks undoes what the municipality took back, and the asker is told.
    """
    must_act(by)
    ask = asks.own_or_steered(by, ask_id)
    is_own = asks.is_own(by, ask)
    if not is_own and not asks.staff_took_back(ask):
        raise NotFound("ask")
    if ask.state != Ask.State.WITHDRAWN:
        return ask
    found = asks.would_come_back(ask)
    if not found:
        raise TooLate(messages.words_undo_over())
    must_hold(person_id=ask.asker_id, service_id=ask.service_id, side=Side.ASK, lock=True)
    series = Series.objects.filter(ask=ask).first()
    if series is not None:
        _except(series, set(series.excepted) - {_day(occasion) for occasion in found})
    _came_back(ask, found)
    _go_out_again(ask)
    history.record(by=by, verb="ask.restored", kind="ask", object_id=ask.id, about=ask.asker_id)
    if not is_own:
        messages.tell_asker_restored(ask)
    return asks.own_or_steered(by, ask_id)


@transaction.atomic
def except_date(*, by: Actor, ask_id: UUID, occasion_id: UUID) -> Ask:
    """Take one date out of a series."""
    must_act(by)
    ask = asks.own_or_steered(by, ask_id)
    series = _series(ask)
    now = clock.now()
    chosen = _lock(ask, Q(pk=occasion_id, starts_at__gt=now))
    _take_back(by, chosen, now)
    day = _day(chosen[0])
    _except(series, {*series.excepted, day})
    history.record(by=by, verb="ask.excepted", kind="ask", object_id=ask.id, about=ask.asker_id, day=day)
    if settle(by=by, ask_id=ask.id) == Ask.State.WITHDRAWN:
        # It was the last date: to undo that is to undo the withdrawal, which looks for this moment.
        Ask.objects.of(by.tenant).filter(pk=ask.pk).update(ended_at=now)
    return asks.own_or_steered(by, ask_id)


@transaction.atomic
def include_date(*, by: Actor, ask_id: UUID, occasion_id: UUID) -> Ask:
    """Put a date that was taken out back into its series, as long as it has not begun."""
    must_act(by)
    ask = asks.own_or_steered(by, ask_id)
    series = _series(ask)
    chosen = Occasion.objects.of(by.tenant).filter(
        pk=occasion_id, ask=ask, state=Occasion.State.WITHDRAWN, starts_at__gt=clock.now()
    )
    occasion = chosen.first()
    if occasion is None or ask.state == Ask.State.WITHDRAWN or _day(occasion) not in series.excepted:
        raise TooLate(messages.words_undo_over())
    chosen.update(state=Occasion.State.OPEN, ended_at=None)
    day = _day(occasion)
    _except(series, set(series.excepted) - {day})
    _go_out_again(ask)
    history.record(by=by, verb="ask.included", kind="ask", object_id=ask.id, about=ask.asker_id, day=day)
    return asks.own_or_steered(by, ask_id)


def expire_due() -> int:
    """Close what nobody took in time, and tell the askers; returns how many occasions were closed."""
    now = clock.now()
    due = Occasion.objects.everywhere().filter(
        state=Occasion.State.OPEN, starts_at__lte=now, ends_at__lte=now + times.LAST_CALL
    )
    rows = due.order_by("starts_at", "pk").values_list("pk", "municipality_id", "ask_id")[:_AT_A_TIME]
    return each_row({row[0]: partial(_expire, *row) for row in rows})


@transaction.atomic
def _expire(occasion_id: UUID, municipality_id: UUID, ask_id: UUID) -> bool:
    """Close one; where some helpers come but not as many as wanted, it is filled with those."""
    by = system(municipality_id)
    still_open = Occasion.objects.of(municipality_id).filter(pk=occasion_id, state=Occasion.State.OPEN)
    empty = still_open.filter(filled=0).update(state=Occasion.State.EXPIRED, ended_at=clock.now())
    if not empty and not still_open.update(state=Occasion.State.FILLED):
        return False
    meeting.supersede(by=by, occasion_ids=[occasion_id])
    if settle(by=by, ask_id=ask_id) == Ask.State.EXPIRED:
        messages.tell_asker_expired(Ask.objects.of(municipality_id).get(pk=ask_id))
    return True


def _series(ask: Ask) -> Series:
    """The series of an ask; a single date is taken back by taking back the ask."""
    series = Series.objects.filter(ask=ask).first()
    if series is None:
        raise NotFound("series")
    return series


def _day(occasion: Occasion) -> str:
    """The date of an occasion on a Swedish calendar."""
    return clock.local(occasion.starts_at).date().isoformat()


def _except(series: Series, days: set[str]) -> None:
    series.excepted = sorted(days)
    series.save(update_fields=["excepted"])


def _lock(ask: Ask, which: Q) -> list[Occasion]:
    """The coming occasions, locked, without those where the help has begun; TooLate where none is left."""
    begun = Errand.objects.of(ask.municipality_id).filter(
        occasion__ask=ask, state__in=[Errand.State.STARTED, Errand.State.REPORTED]
    )
    coming = (
        Occasion.objects.of(ask.municipality_id)
        .filter(which, ask=ask, state__in=_COMING)
        .exclude(pk__in=list(begun.values_list("occasion_id", flat=True)))
    )
    chosen = list(coming.select_for_update().order_by("pk"))
    if not chosen:
        raise TooLate(messages.words_begun() if begun.exists() else messages.words_over())
    return chosen


def _take_back(by: Actor, chosen: Sequence[Occasion], now: object) -> None:
    """Close the occasions first, so that nobody can agree to them, then free those who had."""
    chosen_ids = [occasion.pk for occasion in chosen]
    Occasion.objects.of(by.tenant).filter(pk__in=chosen_ids).update(
        state=Occasion.State.WITHDRAWN, ended_at=now
    )
    meeting.cancel_errands_of(by=by, occasion_ids=chosen_ids)


def _came_back(ask: Ask, found: Sequence[Occasion]) -> None:
    gone = Occasion.objects.of(ask.municipality_id).filter(state=Occasion.State.WITHDRAWN)
    gone.filter(pk__in=[occasion.pk for occasion in found]).update(state=Occasion.State.OPEN, ended_at=None)


def _go_out_again(ask: Ask) -> None:
    """An ask with a new open occasion is open, and is announced again."""
    Ask.objects.of(ask.municipality_id).filter(pk=ask.pk).update(
        state=Ask.State.OPEN,
        ended_at=None,
        filled_at=None,
        announce_at=announced_from(ask.agreement, ask.asker.is_protected),
        listed_at=None,
    )
