"""Sixty days: people ask, helpers answer, errands go well or not, and both say how it was."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from handtag.errands.actions import asking, closing, errand, meeting, taking_back, words
from handtag.errands.models import Ask, Errand, Occasion, Offer, Told
from handtag.errands.queries import suggesting
from handtag.errands.queries.sought import as_sought
from handtag.errands.rules.asks import Wish
from handtag.front.actions.sample.world import Deed, Town, World
from handtag.front.rules.names import GREETINGS, KNOW, NEEDS, THANKS, WANTED
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.outreach.actions import waves
from handtag.permits import actions as permits

MIDNIGHT = time(0)
ASKS_A_DAY = 9
ANSWER_SHARE = 0.25
BETWEEN = timedelta(hours=4)  # a worker looks more often; here life is short
REST = timedelta(days=12)
# What becomes of an errand; the first ones take each in turn, so that the sample has all of them.
FATES = ("well", "helper_cancels", "asker_cancels", "helper_missed", "reported", "silence")
ODDS = (90, 4, 2, 1, 1, 2)
T = TypeVar("T")


def asks_by_day(world: World) -> None:
    """Spread the asks over the days, more of them as more people have come."""
    world.fates = iter((*FATES, *FATES))
    days = (world.ends - world.begins).days
    for day in range(1, days):
        many = round(ASKS_A_DAY * min(0.6, 0.35 + day / 30) * world.chance.uniform(0.7, 1.3))
        for _number in range(many):
            hour = timedelta(days=day, hours=world.chance.gauss(12, 3))
            code = "1283" if world.chance.random() < 0.88 else "1260"
            world.at(world.begins + hour, partial(ask, world, world.towns[code]))


def nightly(world: World) -> None:
    """What the worker does each day: expire, ask after, lapse."""
    days = (world.ends - world.begins).days
    for day in range(1, days + 1):
        world.at(world.begins + timedelta(days=day, hours=5), _close)


def _close() -> None:
    taking_back.expire_due()
    closing.close_due()
    permits.lapse_expired()


def ask(world: World, town: Town) -> None:
    """Somebody asks for something in the days to come."""
    if not town.askers:
        return
    chance = world.chance
    kind = chance.choices(list(WANTED), list(WANTED.values()))[0]
    service = town.services[kind]
    place = chance.choices(town.places, town.weights)[0]
    day = clock.today() + timedelta(days=chance.choice((1, 1, 2, 2, 3, 4, 6)))
    hour = chance.randint(9, 17)
    ceiling = chance.choice((200, 300, 400)) if service.outlay and chance.random() < 0.7 else None
    wish = Wish(
        service_id=service.id,
        day=day,
        from_time=time(hour, chance.choice((0, 30))),
        to_time=time(min(20, hour + chance.choice((1, 2))), 30),
        last_on=day + timedelta(weeks=chance.choice((3, 5, 7))) if chance.random() < 0.06 else None,
        wanted=2 if kind == "practical" and chance.random() < 0.3 else 1,
        need=chance.choice(NEEDS[kind]),
        know=chance.choice(KNOW),
        languages=chance.choice((("sv",),) * 12 + (("ar",), ("en",))),
        place_id=place.id,
        address=f"Exempelvägen {chance.randint(1, 99)}",
        outlay_ceiling=ceiling,
        outlay_how="swish" if ceiling else "",
        accepted=True,
    )
    asked = _quietly(partial(asking.open_ask, by=town.resident(chance.choice(town.askers)), wish=wish))
    if asked is None:
        return
    if chance.random() < 0.03:
        by = town.resident(asked.asker_id)
        world.at(
            clock.now() + timedelta(hours=3),
            _doing(taking_back.withdraw_ask, by=by, ask_id=asked.id),
        )
    if service.agreement == "coordinator":
        world.at(_by_day(clock.now() + timedelta(hours=4)), partial(coordinate, world, town, asked.id))
        return
    world.at(_by_day(clock.now() + timedelta(minutes=1)), partial(announce, world, town, asked.id))


def _by_day(moment: datetime) -> datetime:
    """The moment itself, or ten past eight where it falls in the night."""
    wall = clock.local(moment)
    if 8 <= wall.hour < 21:
        return moment
    day: date = wall.date() + timedelta(days=1) if wall.hour >= 21 else wall.date()
    return clock.at(day, time(8, 10))


def announce(world: World, town: Town, ask_id: UUID) -> None:
    """Those who fit best are told; some of them answer, in their own time. Then it is the next ones' turn."""
    now, waiting = clock.now(), Ask.objects.of(town.municipality.id).filter(pk=ask_id, state=Ask.State.OPEN)
    if not waiting.filter(announce_at__lte=now).exists():
        return
    waves.advance(by=system(town.municipality.id), ask_id=ask_id)
    for turn in filter(None, waiting.values_list("announce_at", flat=True)):
        world.at(_by_day(max(turn, now + BETWEEN)), partial(announce, world, town, ask_id))
    told = Told.objects.of(town.municipality.id).filter(ask_id=ask_id, told_at=now)
    for person_id in told.order_by("id").values_list("person_id", flat=True):
        if world.chance.random() < ANSWER_SHARE and not _is_resting(world, person_id):
            wait = timedelta(hours=world.chance.expovariate(1 / 3))
            world.at(_by_day(now + wait), partial(offer, world, town, ask_id, person_id))


def _is_resting(world: World, person_id: UUID) -> bool:
    """The cast keep their last days free for the scenes."""
    return person_id in world.people.values() and clock.now() > world.ends - REST


def offer(world: World, town: Town, ask_id: UUID, person_id: UUID) -> None:
    """A helper offers to come; where the asker chooses, they choose before long."""
    open_ones = Occasion.objects.of(town.municipality.id).filter(ask_id=ask_id, state="open")
    ids = list(open_ones.order_by("starts_at").values_list("id", flat=True))
    if not ids:
        return
    made = _quietly(partial(meeting.make_offers, by=town.resident(person_id), occasion_ids=ids))
    if made:
        world.at(_by_day(clock.now() + timedelta(hours=3)), partial(choose, world, town, ask_id))
    follow(world, town, ask_id)


def choose(world: World, town: Town, ask_id: UUID) -> None:
    """The asker says yes to whoever offered first."""
    offers = Offer.objects.of(town.municipality.id).filter(occasion__ask_id=ask_id, state="made")
    for offer_id, asker_id in offers.order_by("made_at", "id").values_list("id", "occasion__ask__asker_id"):
        _quietly(partial(meeting.accept_offer, by=town.resident(asker_id), offer_id=offer_id))
    follow(world, town, ask_id)


def coordinate(world: World, town: Town, ask_id: UUID) -> None:
    """The coordinator asks whoever fits best, who mostly says yes."""
    sought = as_sought(town.municipality.id, ask_id)
    best = suggesting.suggestions(sought, 1) if sought and sought.slots else []
    open_ones = Occasion.objects.of(town.municipality.id).filter(ask_id=ask_id, state="open")
    for occasion_id in open_ones.order_by("starts_at").values_list("id", flat=True):
        for each in best:
            by = town.officer(Role.COORDINATOR)
            invitation = _quietly(
                partial(meeting.invite, by=by, occasion_id=occasion_id, person_id=each.person_id)
            )
            if invitation is not None and world.chance.random() < 0.7:
                answer = partial(
                    meeting.answer_invitation,
                    by=town.resident(each.person_id),
                    invitation_id=invitation.id,
                    yes=True,
                )
                world.at(
                    _by_day(clock.now() + timedelta(hours=2)), partial(_answered, world, town, ask_id, answer)
                )


def _answered(world: World, town: Town, ask_id: UUID, answer: Callable[[], object]) -> None:
    _quietly(answer)
    follow(world, town, ask_id)


def follow(world: World, town: Town, ask_id: UUID) -> None:
    """Let each new errand of an ask take its course."""
    errands = Errand.objects.of(town.municipality.id).filter(occasion__ask_id=ask_id)
    for row in errands.order_by("id"):
        if row.id not in world.errands_seen:
            world.errands_seen.add(row.id)
            _course(world, town, row)


def _course(world: World, town: Town, row: Errand) -> None:
    chance = world.chance
    fate = next(world.fates, None) or chance.choices(FATES, ODDS)[0]
    helper, asker = town.resident(row.helper_id), town.resident(row.asker_id)
    if chance.random() < 0.4:
        for by in (helper, asker):
            world.at(
                clock.now() + timedelta(minutes=chance.randint(5, 90)),
                _doing(words.write_message, by=by, errand_id=row.id, text=chance.choice(GREETINGS)),
            )
    before = clock.now() + (row.starts_at - clock.now()) * chance.uniform(0.2, 0.9)
    if fate == "helper_cancels":
        world.at(before, _doing(errand.cancel, by=helper, errand_id=row.id))
        world.at(_by_day(before + timedelta(minutes=2)), partial(announce, world, town, row.occasion.ask_id))
    elif fate == "asker_cancels":
        world.at(before, _doing(errand.cancel, by=asker, errand_id=row.id))
    elif fate == "helper_missed":
        world.at(row.ends_at, _doing(errand.miss, by=asker, errand_id=row.id, missed_by="helper"))
    elif fate != "silence":
        _go_well(world, town, row, reported=fate == "reported")


def _go_well(world: World, town: Town, row: Errand, *, reported: bool) -> None:
    chance = world.chance
    helper, asker = town.resident(row.helper_id), town.resident(row.asker_id)
    started = row.starts_at + timedelta(minutes=chance.randint(0, 15))
    world.at(started, _doing(errand.start, by=helper, errand_id=row.id))
    if reported:
        said = "Kvittot stämmer inte med det jag fick."
        world.at(row.ends_at, _doing(errand.report, by=asker, errand_id=row.id, concern="money", words=said))
        return
    done = max(started + timedelta(minutes=10), row.ends_at - timedelta(minutes=chance.randint(0, 30)))
    world.at(done, _doing(errand.complete, by=helper, errand_id=row.id))
    for by, share in ((asker, 0.75), (helper, 0.6)):
        if chance.random() < share:
            how = chance.choices(("good", "fair", "bad"), (88, 10, 2))[0]
            said = chance.choice(THANKS) if how == "good" else ""
            after = done + timedelta(hours=chance.uniform(0.2, 30))
            world.at(after, _doing(words.give_feedback, by=by, errand_id=row.id, how=how, thanks=said))


def _doing(deed: Callable[..., Any], **named: Any) -> Deed:
    def do() -> None:
        _quietly(lambda: deed(**named))

    return do


def _quietly(deed: Callable[[], T]) -> T | None:
    """Life does not always go as planned: what the product refuses does not happen."""
    try:
        return deed()
    except HandtagError:
        return None
