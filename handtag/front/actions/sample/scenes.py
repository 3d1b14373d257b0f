"""What is on just now for the cast, so that whoever enters as one of them finds something to do."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from handtag.desk import actions as desk
from handtag.desk.queries.reading import to_read
from handtag.desk.rules.calls import Reading, Way
from handtag.errands.actions import asking, drafting, errand, meeting, words
from handtag.errands.models import Ask, Errand, Occasion
from handtag.errands.queries.drafts import Where
from handtag.errands.rules.asks import Wish
from handtag.front.actions.sample.world import Town, World
from handtag.front.rules.cast import BJUV, HELSINGBORG
from handtag.helpers import actions as helpers
from handtag.helpers import rules as helping
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Via
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.outreach.actions import waves
from handtag.permits import actions as permits

Scene = Callable[["Stage"], None]


class Stage:
    """A town with its cast, and the days around now."""

    def __init__(self, world: World, code: str = HELSINGBORG) -> None:
        self.world = world
        self.town: Town = world.towns[code]
        self.today: date = clock.local(world.ends).date()

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A wall-clock time some days from today."""
        return clock.at(self.today + timedelta(days=days), time(hour, minute))

    def by(self, key: str, via: Via = Via.WEB) -> Actor:
        """One of the cast as a resident."""
        return self.town.resident(self.world.people[key], via)

    def place(self, name: str) -> UUID:
        """A place by its name."""
        return next(place.id for place in self.town.places if place.name == name)

    def wish(self, kind: str, days: int, hours: tuple[int, int], place: str, **more: object) -> Wish:
        """A wish for the day after so many days."""
        plain: dict[str, Any] = {
            "service_id": self.town.services[kind].id,
            "day": self.today + timedelta(days=days),
            "from_time": time(hours[0]),
            "to_time": time(hours[1]),
            "place_id": self.place(place),
            "address": "Exempelvägen 4",
            "accepted": True,
        }
        return Wish(**(plain | more))

    def occasions(self, ask: Ask) -> list[UUID]:
        """The occasions of an ask that are open."""
        rows = Occasion.objects.of(self.town.municipality.id).filter(ask=ask, state="open")
        return list(rows.order_by("starts_at").values_list("id", flat=True))

    def errand_of(self, ask: Ask) -> Errand:
        """The errand that came of an ask."""
        return Errand.objects.of(self.town.municipality.id).filter(occasion__ask=ask).latest("agreed_at")


def play(world: World) -> None:
    """Every scene; one that the product refuses at this hour or day is left out."""
    scenes = (_agreed, _done, _to_choose, _waiting, _weekly, _by_phone, _by_letter, _hidden, _care)
    for scene in (*scenes, _new_helper):
        attempt(scene, Stage(world))
    attempt(_under_way, Stage(world))
    attempt(_begun, Stage(world))
    attempt(_in_bjuv, Stage(world, BJUV))
    attempt(_at_the_desk, Stage(world))


def attempt(scene: Scene, stage: Stage) -> None:
    """Play a scene; what the product refuses at this hour is left out, and said."""
    try:
        scene(stage)
    except HandtagError as refusal:
        stage.world.say(f"left out: {scene.__name__} ({refusal})")


def _next_thursday(stage: Stage) -> int:
    return (3 - stage.today.weekday() - 1) % 7 + 1


def _agreed(stage: Stage) -> None:
    """Leila shops for Gun-Britt on Thursday."""
    with clock.travelling(stage.moment(-1, 9, 12)):
        wish = stage.wish(
            *("shopping", _next_thursday(stage), (14, 16), "Ödåkra"),
            need="En kasse från affären i Ödåkra",
            know="Hunden Sixten skäller men är snäll",
            door="Portkod 2580",
            outlay_ceiling=400,
            outlay_how="swish",
        )
        ask = asking.open_ask(by=stage.by("asker"), wish=wish)
        waves.advance_due()
    with clock.travelling(stage.moment(-1, 11, 40)):
        meeting.make_offers(by=stage.by("helper"), occasion_ids=stage.occasions(ask))
        agreed = stage.errand_of(ask)
    with clock.travelling(stage.moment(-1, 12, 5)):
        said = "Hej Leila! Mjölk, kaffe, två gula lökar, potatis och en purjo om de är fina."
        words.write_message(by=stage.by("asker"), errand_id=agreed.id, text=said)
    with clock.travelling(stage.moment(-1, 12, 20)):
        answer = "Hej! Det ordnar jag. Jag kommer vid tre ungefär."
        words.write_message(by=stage.by("helper"), errand_id=agreed.id, text=answer)


def _done(stage: Stage) -> None:
    """Marek has changed a lamp; how it was is still to be said."""
    with clock.travelling(stage.moment(-4, 10)):
        wish = stage.wish("practical", -1, (10, 11), "Ödåkra", need="Byta en lampa i hallen")
        ask = asking.open_ask(by=stage.by("asker"), wish=wish)
    with clock.travelling(stage.moment(-3, 12)):
        meeting.make_offers(by=stage.by("second_helper"), occasion_ids=stage.occasions(ask))
    done = stage.errand_of(ask)
    with clock.travelling(stage.moment(-1, 10, 5)):
        errand.start(by=stage.by("second_helper"), errand_id=done.id)
    with clock.travelling(stage.moment(-1, 10, 50)):
        errand.complete(by=stage.by("second_helper"), errand_id=done.id)


def _to_choose(stage: Stage) -> None:
    """Yusuf has offers to choose among."""
    with clock.travelling(stage.moment(-1, 9)):
        wish = stage.wish(
            *("care_companion", 2, (9, 11), "Kattarp"),
            need="Sällskap till vårdcentralen och hem igen",
            languages=("ar",),
        )
        ask = asking.open_ask(by=stage.by("second_asker"), wish=wish)
        waves.advance_due()
    with clock.travelling(stage.moment(-1, 13)):
        meeting.make_offers(by=stage.by("helper"), occasion_ids=stage.occasions(ask))


def _waiting(stage: Stage) -> None:
    """Gun-Britt waits for somebody who goes to the library."""
    with clock.travelling(stage.moment(-1, 15)):
        wish = stage.wish("library", 3, (13, 15), "Ödåkra", need="Lämna och hämta ett par böcker")
        asking.open_ask(by=stage.by("asker"), wish=wish)
        waves.advance_due()


def _weekly(stage: Stage) -> None:
    """Each week for six weeks, over whatever the clock does."""
    with clock.travelling(stage.moment(-1, 16)):
        last = stage.today + timedelta(days=4, weeks=5)
        wish = stage.wish(
            "dog_walk", 4, (16, 17), "Kattarp", need="En halvtimme med en lugn hund", last_on=last
        )
        asking.open_ask(by=stage.by("second_asker"), wish=wish)


def _by_phone(stage: Stage) -> None:
    """Aino, who is 84 and has a landline, has rung Petra, would like company, and wants to be rung back."""
    agent, caller = stage.town.officer(Role.CONTACT_CENTRE_AGENT), stage.world.people["caller"]
    with clock.travelling(stage.moment(-2, 10)):
        wish = stage.wish(
            "company", 2, (14, 15), "Mörarp", need="En fika och en pratstund", languages=("fi",)
        )
        read = to_read(agent, wish, person_id=caller)
        reading, way = Reading(read.digest), Way("ring")
        desk.file_ask(by=agent, person_id=caller, wish=wish, reading=reading, way=way)
        waves.advance_due()


def _by_letter(stage: Stage) -> None:
    """Rut hears badly on the telephone: that Marek comes on Thursday of next week reaches her by letter."""
    agent = stage.town.officer(Role.CONTACT_CENTRE_AGENT)
    with clock.travelling(stage.moment(-2, 11)):
        new = desk.NewCaller(
            given_name="Rut",
            family_name="Lind",
            phone="042-400 04 12",
            age="adult",
            address="Exempelvägen 6",
            postcode="250 00",
            post_town="Helsingborg",
            place_id=stage.place("Kattarp"),
        )
        rut = desk.register_caller(by=agent, new=new).id
        need = "Mjölk, bröd och en påse apelsiner"
        wish = stage.wish("shopping", _next_thursday(stage) + 7, (10, 12), "Kattarp", need=need)
        read = to_read(agent, wish, person_id=rut)
        ask = desk.file_ask(
            by=agent, person_id=rut, wish=wish, reading=Reading(read.digest), way=Way("letter")
        )
        waves.advance_due()
    with clock.travelling(stage.moment(-1, 16)):
        meeting.make_offers(by=stage.by("second_helper"), occasion_ids=stage.occasions(ask))


def _at_the_desk(stage: Stage) -> None:
    """Whom Petra has to ring today, what she has handed on, and who asked about a man at the door."""
    agent, people = stage.town.officer(Role.CONTACT_CENTRE_AGENT), stage.world.people
    with clock.travelling(stage.moment(-1, 15, 20)):
        desk.want_ring_back(by=agent, person_id=people["caller"], words="Undrar hur det går med fikat")
        desk.want_ring_back(by=agent, person_id=people["asker"], words="Vill prata om torsdagen")
        desk.hand_on(
            by=agent,
            person_id=people["caller"],
            concern="home_care",
            words="Har blivit osäker på benen och undrar om hjälp med duschen.",
            days=2,
            receiver_id=stage.town.staff[Role.AMBASSADOR],
        )
        desk.verify(by=agent, words="Leila Nasser")


def _hidden(stage: Stage) -> None:
    """An ask that only the officer sees."""
    with clock.travelling(stage.moment(-1, 11)):
        wish = stage.wish("shopping", 3, (10, 12), "Rydebäck", need="En kasse till en mötesplats")
        asking.open_ask(by=stage.by("protected"), wish=wish)


def _care(stage: Stage) -> None:
    """An ask that sounds like care; the coordinator sees that it does."""
    with clock.travelling(stage.moment(-1, 14)):
        wish = stage.wish("errand", 3, (9, 11), "Mörarp", need="Hämta medicin och hjälpa mig att ta den")
        asking.open_ask(by=stage.by("caller", Via.PHONE), wish=wish)


def _new_helper(stage: Stage) -> None:
    """Nadja has shown who she is; for homework more remains."""
    with clock.travelling(stage.moment(-2, 14)):
        wish = helping.Wish(
            service_ids=(stage.town.services["shopping"].id, stage.town.services["homework"].id),
            place_id=stage.place("Påarp"),
            reach=5_000,
            group_ids=tuple(stage.town.groups),
        )
        helpers.save_profile(by=stage.by("new_helper"), wish=wish)
    with clock.travelling(stage.moment(-2, 15, 40)):
        permits.record_check(
            by=stage.town.officer(Role.CASEWORKER),
            person_id=stage.world.people["new_helper"],
            kind="identity",
            adult=True,
        )


def _under_way(stage: Stage) -> None:
    """Somebody is being helped at this very moment: by day with the shopping, else with the dog."""
    hour = min(clock.local(stage.world.ends).hour, 22)
    by_day = ("shopping", "Veckans mat, två kassar")
    service, need = by_day if 7 <= hour <= 18 else ("dog_walk", "En sista runda med hunden")
    until = time(hour + 2) if hour < 22 else time(23, 59)
    with clock.travelling(stage.moment(-1, 10)):
        wish = stage.wish(service, 0, (hour, hour), "Kattarp", need=need, to_time=until)
        ask = asking.open_ask(by=stage.by("second_asker"), wish=wish)
    with clock.travelling(stage.moment(-1, 11)):
        meeting.make_offers(by=stage.by("second_helper"), occasion_ids=stage.occasions(ask))
    errand.start(by=stage.by("second_helper"), errand_id=stage.errand_of(ask).id)


def _begun(stage: Stage) -> None:
    """Somebody has begun to ask and not sent it yet."""
    by = stage.by("second_asker")
    where = Where(stage.town.municipality.id)
    drafting.keep(by=by, where=where, step="whom", answers={"for_whom": "self"})


def _in_bjuv(stage: Stage) -> None:
    """Kerstin in Bjuv waits for somebody to shop."""
    with clock.travelling(stage.moment(-1, 10)):
        wish = stage.wish("shopping", 2, (10, 12), "Bjuv", need="Mjölk, bröd och lite frukt")
        asking.open_ask(by=stage.by("neighbour_asker"), wish=wish)
        waves.advance_due()
