"""The two towns and their partnership, their staff, and the people who sign up."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings

from handtag.front.actions.sample.world import Town, World
from handtag.front.rules.cast import CAST, FAMILY, HELSINGBORG, Member
from handtag.front.rules.names import FAMILY as FAMILY_NAMES
from handtag.front.rules.names import GIVEN, OFFERED, TONGUES
from handtag.geo import municipalities as listed
from handtag.groups import queries as groups
from handtag.helpers import actions as helpers
from handtag.helpers import rules as helping
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Role
from handtag.login import actions as login
from handtag.municipalities import actions as municipalities
from handtag.municipalities import queries as towns
from handtag.municipalities.models import Municipality
from handtag.people import actions as people
from handtag.permits import actions as permits
from handtag.permits import queries as permit_queries

PHONES = {"1283": "042-400 04 00", "1260": "042-400 04 50"}
HOURS = "måndag till fredag kl. 8–17"
ACCENTS = {"1283": "#0e4d57", "1260": "#5b2a52"}
HELPERS = 0.34


def found(world: World, codes: tuple[str, ...]) -> None:
    """Make the towns, their partnership, and their settings."""
    by = system(None, Via.COMMAND)
    partnership = municipalities.found_partnership(
        by=by, name="Familjen Helsingborg", slug="familjen-helsingborg", codes=FAMILY
    )
    for code in codes:
        made = municipalities.add(by=by, code=code, sample=True)
        here = replace(by, municipality_id=made.id)
        municipalities.join(by=here, partnership=partnership)
        municipalities.set_up(
            by=here,
            words=municipalities.SetUp(
                phone=PHONES[code],
                hours=HOURS,
                email="handtag@example.org",
                accent=ACCENTS[code],
                font="atkinson",
                languages=tuple(code for code, _name in settings.LANGUAGES),
                welcome="",
            ),
        )
        for committee in towns.committees(made.id):
            municipalities.set_committee_decision(
                by=here, committee_id=committee.id, on=clock.today(), reference="Exempel 1"
            )
        world.towns[code] = _town(made)


def _town(made: Municipality) -> Town:
    known = {place.name: place.people for place in listed.places(made.code)}
    places = towns.places(made.id)
    return Town(
        municipality=made,
        places=places,
        weights=[min(6_000, max(300, known.get(place.name, 300))) for place in places],
        services={row.kind: row for row in permit_queries.services(made.id)},
        groups=[group.id for group in groups.open_groups(made.id)],
    )


def settle_cast(world: World) -> None:
    """Everybody of the cast, with login, roles and, in due time, their mark."""
    for member in CAST:
        _settle(world, member)
    for member in CAST:
        if member.protected:
            town = world.towns[member.town]
            people.mark_protected(
                by=town.officer(Role.PROTECTED_IDENTITY_OFFICER),
                person_id=world.people[member.key],
                kind="secrecy_mark",
                reason="Exempel",
                chosen_name="Vera",
            )


def _settle(world: World, member: Member) -> None:
    town = world.towns[member.town]
    by = system(town.municipality.id, Via.COMMAND)
    place = next(place for place in town.places if place.name == member.place)
    email = f"{member.key.replace('_', '.')}@example.org" if member.has_login else ""
    person = people.register(
        by=by,
        new=people.NewPerson(
            given_name=member.given_name,
            family_name=member.family_name,
            email=email,
            phone=member.phone,
            age="adult",
            language=member.reads,
            speaks=member.speaks,
            address="Exempelvägen 4",
            place_id=place.id,
        ),
    )
    world.people[member.key] = person.id
    if member.has_login:
        login.make_user(
            by=by, person_id=person.id, email=email, username=member.key, password=password_of(member.key)
        )
    for role in member.roles:
        people.give_role(by=by, person_id=person.id, role=role.value)
        town.staff.setdefault(role, person.id)
    for code, role in member.also_in:
        there = system(world.towns[code].municipality.id, Via.COMMAND)
        people.become_resident(by=there, person_id=person.id)
        people.give_role(by=there, person_id=person.id, role=role.value)


def password_of(key: str) -> str:
    """The password of one of the cast: public, for scripts, in the sample alone."""
    return f"handtag-{key}"


def equip_cast(world: World) -> None:
    """Those of the cast who help get ready; `new_helper` only just now."""
    for member in CAST:
        if not member.helps_with:
            continue
        town, who = world.towns[member.town], world.people[member.key]
        place = next(place for place in town.places if place.name == member.place)
        wish = helping.Wish(
            service_ids=tuple(town.services[kind].id for kind in member.helps_with),
            place_id=place.id,
            reach=10_000,
            group_ids=tuple(town.groups),
            languages=member.speaks,
        )
        helpers.save_profile(by=town.resident(who), wish=wish)
        check(world, town, who, member.helps_with, surely=True)


def sign_up(world: World, town: Town, number: int) -> None:
    """One of the crowd signs up, some of them to help."""
    chance = world.chance
    by = system(town.municipality.id, Via.WEB)
    place = chance.choices(town.places, town.weights)[0]
    speaks = chance.choice(TONGUES)
    person = people.register(
        by=by,
        new=people.NewPerson(
            given_name=chance.choice(GIVEN),
            family_name=chance.choice(FAMILY_NAMES),
            email=f"person{number}@example.org",
            age="adult",
            language="sv" if chance.random() < 0.95 else "en",
            speaks=speaks,
            address=f"Exempelvägen {chance.randint(1, 99)}",
            place_id=place.id,
        ),
    )
    if chance.random() > HELPERS:
        town.askers.append(person.id)
        return
    get_ready(world, town, person.id, place.id, speaks)


def get_ready(world: World, town: Town, who: UUID, place_id: UUID, speaks: tuple[str, ...]) -> None:
    """Somebody says how they help; within days the municipality sees what is demanded of them."""
    chance = world.chance
    kinds = tuple(kind for kind, share in OFFERED.items() if chance.random() < share) or ("shopping",)
    any_time = chance.random() < 0.5
    ticks = [
        helping.Tick(weekday, part)
        for weekday in range(7)
        for part in helping.PARTS
        if not any_time and chance.random() < 0.35
    ]
    wish = helping.Wish(
        service_ids=tuple(town.services[kind].id for kind in kinds),
        place_id=place_id,
        reach=chance.choice((2_000, 5_000, 5_000, 10_000)),
        group_ids=tuple(chance.sample(town.groups, k=min(2, len(town.groups)))),
        any_time=any_time or not ticks,
        ticks=frozenset(ticks),
        languages=speaks,
        most_in_week=chance.choice((None, None, 1, 2, 3)),
    )
    helpers.save_profile(by=town.resident(who), wish=wish)
    if chance.random() < 0.93:
        days = chance.choice((0, 1, 1, 2, 3, 6))
        world.at(clock.now() + timedelta(days=days, hours=1), partial(check, world, town, who, kinds))


def check(world: World, town: Town, who: UUID, kinds: tuple[str, ...], *, surely: bool = False) -> None:
    """A caseworker sees what is demanded, and decides where the rule leaves it to a person."""
    by = town.officer(Role.CASEWORKER)
    permits.record_check(by=by, person_id=who, kind="identity", adult=True)
    thorough = [kind for kind in kinds if kind in ("care_companion", "company", "homework")]
    if not thorough or (not surely and world.chance.random() < 0.15):
        return
    permits.record_check(by=by, person_id=who, kind="interview")
    if "care_companion" in thorough:
        permits.record_check(by=by, person_id=who, kind="reference")
    if "homework" in thorough and world.chance.random() < 0.7:
        permits.record_check(by=by, person_id=who, kind="training", name="children")
        permits.record_check(
            by=by, person_id=who, kind="record_extract", service_id=town.services["homework"].id
        )
    for kind in thorough:
        _decide(by, town, who, kind)


def _decide(by: Actor, town: Town, who: UUID, kind: str) -> None:
    stands = permit_queries.standing(who, town.services[kind], "perform")
    if stands.state == "applied" and not stands.missing and stands.permit_id is not None:
        try:
            permits.decide(by=by, permit_id=stands.permit_id, verb="granted")
        except Problem:
            # One rule asks for more than the sample's caseworker has seen: it stays in the queue.
            return


def people_by_day(world: World, total: int) -> None:
    """Spread the crowd over the days: many at the start, then a steady trickle."""
    days = (world.ends - world.begins).days
    for number in range(total):
        early = world.chance.random() < 0.6
        day = world.chance.uniform(0.1, 5) if early else world.chance.uniform(5, days)
        code = HELSINGBORG if world.chance.random() < 0.86 else "1260"
        world.at(world.begins + timedelta(days=day), partial(sign_up, world, world.towns[code], number))
