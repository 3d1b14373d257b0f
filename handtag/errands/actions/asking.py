"""Asking for help: opening an ask, and changing it while nobody has agreed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from handtag.errands.actions import meeting
from handtag.errands.actions.placing import Spot, spot_of
from handtag.errands.messages import asking as messages
from handtag.errands.models import Ask, AskGroup, AskPlace, Occasion, Series
from handtag.errands.queries import asks
from handtag.errands.rules import asks as rules
from handtag.errands.rules import care_words, times
from handtag.errands.rules.asks import Wish
from handtag.groups.queries import for_person
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem, Problems, TooLate
from handtag.kernel.rights import Right
from handtag.kernel.tongues import written_in
from handtag.mandates import queries as mandates
from handtag.notices.queries import is_rung
from handtag.permits import actions as permits
from handtag.permits.queries import ServiceRow, must_hold, service, standing

__all__ = ["Wish", "change_ask", "open_ask", "refuse", "secure_permit", "tell_more"]


@transaction.atomic
def open_ask(*, by: Actor, wish: Wish) -> Ask:
    """Ask for help. Raises Problems where the wish has faults, NoPermit where asking is not yet allowed."""
    by.must(Right.TAKE_PART)
    mandates.must_hold(by)
    offered = _checked(by, wish)
    secure_permit(by=by, service_id=offered.id)
    must_hold(person_id=by.whose, service_id=offered.id, side="ask", lock=True)
    spot = spot_of(by, wish)
    now = clock.now()
    ask = Ask.objects.create(
        municipality_id=by.tenant,
        asker_id=by.whose,
        filed_by_id=by.person_id if by.behalf_of else None,
        opened_at=now,
        responsibility_accepted_at=now,
        **_columns(wish, offered, spot),
    )
    AskPlace.objects.create(ask=ask, **spot.exact)
    _write_groups(by, ask, wish.group_ids)
    _write_times(ask, wish)
    _record(by, ask, "ask.opened", wish, offered)
    if spot.is_hidden:
        messages.tell_officers(ask)
    if by.behalf_of is not None and not by.office:
        messages.tell_asked_for(ask)
    if by.office and not is_rung(by.whose):  # who is told by phone has just heard it
        messages.tell_taken_down(ask)
    return ask


def secure_permit(*, by: Actor, service_id: UUID) -> None:
    """Apply to ask for a service where that is not yet done; granted at once where the rule says so.

    Who was refused or has lost the permit applies again on the page of the service, not by asking.
    """
    stands = standing(by.whose, service(by.tenant, service_id), "ask")
    if stands.untouched and not stands.in_force:
        permits.apply(by=by, service_id=service_id, side="ask", person_id=by.whose)


@transaction.atomic
def change_ask(*, by: Actor, ask_id: UUID, wish: Wish) -> Ask:
    """Change an ask that nobody has agreed to. Another time, place or service makes new occasions of it."""
    mandates.must_hold(by)
    ask = asks.own(by, ask_id)
    offered = _checked(by, wish)
    if offered.id != ask.service_id:
        secure_permit(by=by, service_id=offered.id)
    must_hold(person_id=by.whose, service_id=offered.id, side="ask", lock=True)
    spot = spot_of(by, wish)
    live = _unagreed(ask)
    anew = _is_another(ask, wish, spot, live)
    if anew:
        _replace(by, live)
    columns = _columns(wish, offered, spot)
    if (columns["need"], columns["know"]) == (ask.need, ask.know):
        del columns["written_in"]
    Ask.objects.of(by.tenant).filter(pk=ask.pk).update(**columns)
    AskPlace.objects.filter(ask=ask).update(**spot.exact)
    AskGroup.objects.filter(ask=ask).delete()
    _write_groups(by, ask, wish.group_ids)
    if anew:
        Series.objects.filter(ask=ask).delete()
        _write_times(ask, wish)
    _record(by, ask, "ask.changed", wish, offered)
    return asks.own(by, ask_id)


@transaction.atomic
def tell_more(*, by: Actor, ask_id: UUID, need: str, know: str) -> Ask:
    """Say more of what is needed and good to know, at any time before it is over; who comes is told."""
    mandates.must_hold(by)
    ask = asks.own(by, ask_id)
    if ask.state not in (Ask.State.OPEN, Ask.State.FILLED):
        raise TooLate(messages.words_over())
    troubles = [
        rules.Trouble(field, "too_many_letters", rules.LENGTHS[field])
        for field, text in (("need", need), ("know", know))
        if len(text) > rules.LENGTHS[field]
    ]
    refuse(troubles)
    found = [hit.word for hit in care_words.found(need, know)]
    Ask.objects.of(by.tenant).filter(pk=ask.pk).update(
        need=need, know=know, written_in=written_in(need, know), care_words=found
    )
    history.record(by=by, verb="ask.told_more", kind="ask", object_id=ask.id, about=ask.asker_id)
    messages.tell_helpers_more(ask)
    return asks.own(by, ask_id)


def refuse(troubles: Sequence[rules.Trouble]) -> None:
    """Raise what was found, in words; nothing where there is nothing."""
    if troubles:
        raise Problems([Problem(messages.words(each), field=each.field) for each in troubles])


def _checked(by: Actor, wish: Wish) -> ServiceRow:
    """The service, once nothing is wrong with the wish."""
    refuse(rules.problems(wish, clock.now()))
    offered = service(by.tenant, wish.service_id)
    if not by.covers(offered.id):
        refuse([rules.Trouble("service", "choose")])
    if not offered.is_on:
        refuse([rules.Trouble("service", "service_off")])
    if wish.outlay_ceiling and not offered.outlay:
        refuse([rules.Trouble("outlay_how", "no_outlay_here")])
    return offered


def _columns(wish: Wish, offered: ServiceRow, spot: Spot) -> dict[str, object]:
    """What both opening and changing write."""
    return {
        "service_id": offered.id,
        "agreement": offered.agreement,
        "responsibility": offered.binding_words,
        "area_id": spot.area_id,
        "longitude": spot.snapped.lon,
        "latitude": spot.snapped.lat,
        "for_whom": wish.for_whom,
        "for_name": wish.for_name.strip(),
        "need": wish.need.strip(),
        "know": wish.know.strip(),
        "written_in": written_in(wish.need, wish.know),
        "languages": list(wish.languages),
        "outlay_ceiling": wish.outlay_ceiling,
        "outlay_how": wish.outlay_how,
        "care_words": [hit.word for hit in care_words.found(wish.need, wish.know)],
        "announce_at": announced_from(offered.agreement, spot.is_hidden),
        "listed_at": None,
    }


def announced_from(agreement: str, is_hidden: bool) -> object:
    """When helpers may be told: at once; never where a coordinator or an officer brings the two together."""
    return None if is_hidden or agreement == "coordinator" else clock.now()


def _write_times(ask: Ask, wish: Wish) -> None:
    if wish.last_on is not None:
        Series.objects.create(
            ask=ask,
            first_on=wish.day,
            last_on=wish.last_on,
            from_time=wish.from_time,
            to_time=wish.to_time,
            excepted=sorted(day.isoformat() for day in wish.excepted),
        )
    Occasion.objects.bulk_create(
        Occasion(
            municipality_id=ask.municipality_id,
            ask=ask,
            starts_at=each.start,
            ends_at=each.end,
            wanted=wish.wanted,
        )
        for each in wish.windows
    )


def _write_groups(by: Actor, ask: Ask, group_ids: Sequence[UUID]) -> None:
    known = {group.id for group in for_person(by)} if group_ids else set()
    if not known.issuperset(group_ids):
        refuse([rules.Trouble("groups", "choose")])
    AskGroup.objects.bulk_create(AskGroup(ask=ask, group_id=group_id) for group_id in group_ids)


def _unagreed(ask: Ask) -> list[Occasion]:
    """The coming occasions, locked; TooLate where somebody has agreed to one, or none is left to change."""
    coming = (
        Occasion.objects.of(ask.municipality_id)
        .filter(ask=ask, state__in=[Occasion.State.OPEN, Occasion.State.FILLED])
        .select_for_update()
        .order_by("pk")
    )
    live = sorted(coming, key=lambda occasion: occasion.starts_at)
    if any(occasion.filled for occasion in live):
        raise TooLate(messages.words_agreed())
    if not live:
        raise TooLate(messages.words_over())
    return live


def _is_another(ask: Ask, wish: Wish, spot: Spot, live: Sequence[Occasion]) -> bool:
    """Whether a helper who said yes to the ask as it was might say no to it as it is."""
    before = [(times.Window(each.starts_at, each.ends_at), each.wanted) for each in live]
    return (
        ask.service_id != wish.service_id
        or before != [(window, wish.wanted) for window in wish.windows]
        or (ask.where.longitude, ask.where.latitude) != (spot.point.lon, spot.point.lat)
    )


def _replace(by: Actor, live: Sequence[Occasion]) -> None:
    """Withdraw what was: an offer sent to the old time finds nothing there any more."""
    replaced = [occasion.pk for occasion in live]
    Occasion.objects.of(by.tenant).filter(pk__in=replaced).update(
        state=Occasion.State.WITHDRAWN, ended_at=clock.now()
    )
    meeting.supersede(by=by, occasion_ids=replaced)


def _record(by: Actor, ask: Ask, verb: str, wish: Wish, offered: ServiceRow) -> None:
    history.record(
        by=by,
        verb=verb,
        kind="ask",
        object_id=ask.id,
        about=ask.asker_id,
        service=offered.kind,
        occasions=len(wish.days),
        wanted=wish.wanted,
        care_words=[hit.word for hit in care_words.found(wish.need, wish.know)],
    )
