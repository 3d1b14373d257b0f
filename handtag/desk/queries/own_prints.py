"""What stands on prints about one person: what they have asked for and who comes; a helper's card."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from handtag.errands.models import Ask, Occasion
from handtag.errands.queries.status import Date, Status, status
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right, Role
from handtag.municipalities.models import Municipality
from handtag.municipalities.queries import by_id
from handtag.papers.documents import Card, Fact, Letter
from handtag.people import queries as people
from handtag.people.models import Person
from handtag.permits.queries import services, verification, visible_services

LIVE: Final = (Ask.State.OPEN, Ask.State.FILLED)
MOST_DATES: Final = 12
MOST_ASKS: Final = 10


@dataclass(frozen=True, slots=True)
class AskTitle:
    """An ask that can be printed."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class PersonPrints:
    """What can be printed for one person."""

    person_id: UUID
    name: str
    language: str
    asks: tuple[AskTitle, ...]
    has_card: bool


def seen(by: Actor, person_id: UUID) -> Person:
    """Somebody for whom staff may print; of a protected person nothing is printed here, for anybody."""
    by.must(Right.SEE_PEOPLE)
    found = people.person(by, person_id)
    if found.is_protected or found.erased_at is not None:
        raise NotFound("person")
    return found


def person_prints(by: Actor, person_id: UUID) -> PersonPrints:
    """What can be printed for somebody: asks within the reader's services, and the helper's card."""
    person = seen(by, person_id)
    rows = list(_reached(by, person).order_by("-opened_at").values_list("id", "service_id")[:MOST_ASKS])
    return PersonPrints(
        person_id=person.id,
        name=people.shown_as(person, to=by),
        language=person.language,
        asks=_titles(by, rows),
        has_card=bool(verification(person_id, by.tenant).code),
    )


def _titles(by: Actor, rows: list[tuple[UUID, UUID]]) -> tuple[AskTitle, ...]:
    """What each ask is about, and when: its next date, else its last."""
    dates = Occasion.objects.of(by.tenant).filter(ask_id__in=[ask for ask, _service in rows])
    dates = dates.exclude(state=Occasion.State.WITHDRAWN).order_by("starts_at")
    when: dict[UUID, tuple[datetime, datetime]] = {}
    for ask, starts_at, ends_at in dates.values_list("ask_id", "starts_at", "ends_at"):
        if ask not in when or when[ask][1] <= clock.now():
            when[ask] = starts_at, ends_at
    called = {each.id: each.words.name for each in services(by.tenant, on=None)}
    return tuple(
        AskTitle(ask, f"{called[service]}, {spoken.dated(when[ask][0])}")
        for ask, service in rows
        if ask in when
    )


def must_reach(by: Actor, person_id: UUID, ask_id: UUID) -> None:
    """NotFound unless this is a live ask of theirs that the reader may see."""
    if not _reached(by, seen(by, person_id)).filter(id=ask_id).exists():
        raise NotFound("ask")


def town(by: Actor) -> Municipality:
    """The municipality in whose name it is printed."""
    found = by_id(by.tenant)
    if found is None:
        raise NotFound("municipality")
    return found


def _reached(by: Actor, person: Person) -> QuerySet[Ask]:
    services = visible_services(by, Right.SEE_PEOPLE)
    return Ask.objects.of(by.tenant).filter(asker=person, state__in=LIVE, service_id__in=services)


def as_them(by: Actor, person_id: UUID) -> Actor:
    """The person as a resident: what is printed for them is what they may see themselves."""
    return Actor(person_id, by.tenant, (Hat(Role.RESIDENT),))


def who_comes(by: Actor, ask_id: UUID) -> tuple[UUID, ...]:
    """Those whose names stand on the paper."""
    found = status(by, ask_id)
    return tuple({each.person_id for date in found.dates for each in date.coming if each.is_ahead})


def ask_paper(by: Actor, ask_id: UUID, town: Municipality, in_language: str) -> Letter:
    """What was asked for, when, and who comes with which code: for the one who asked, in large print."""
    with translation.override(in_language):
        found = status(by, ask_id)
        agreed = found.is_agreed
        closing = [_("Who comes says the code before you open.")] if agreed else []
        if town.phone:
            closing.append(_("Would you rather talk? Ring us on %(phone)s.") % {"phone": town.phone})
        return Letter(
            sender=tuple(filter(None, (town.name, "Handtag", town.phone, town.hours))),
            recipient=(),
            dated=capfirst(spoken.full_date(clock.today())),
            heading=_("Somebody is coming to help you") if agreed else _("Your question has been sent"),
            paragraphs=() if agreed else (_("Nobody has said yes yet"),),
            facts=(Fact(_("Help with"), _need(found)), *_dates(found)),
            closing=tuple(closing),
            language=in_language,
            large=True,
            made_on=clock.today(),
        )


def card(by: Actor, person_id: UUID, town: Municipality, in_language: str) -> Card:
    """The helper's card; NotFound for who may help with nothing today."""
    code = verification(person_id, town.id).code
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    if not code or person is None:
        raise NotFound("helper")
    way = f"{settings.BASE_URL}{reverse('verify_helper', args=[town.slug, code])}"
    with translation.override(in_language):
        # What a stranger at the door may know: the first name, or the one they chose.
        name = people.shown_as(person, to=Actor(None, town.id))
        facts = [Fact(_("Your helper code"), code)]
        if town.phone:
            facts.append(Fact(_("Ring us"), town.phone))
        return Card(
            sender=f"Handtag, {town.name}",
            name=name,
            facts=tuple(facts),
            say=(
                _("“I am %(name)s, and I come from Handtag.”") % {"name": name},
                _("Ring the bell, take a step back and say the code. Do not go in unless you are asked to."),
                _("Ring us if something does not feel right."),
            ),
            leads_to=way,
            code_says=way,
        )


def _need(found: Status) -> str:
    return ": ".join(filter(None, (found.service.words.name, found.ask.need)))


def _dates(found: Status) -> list[Fact]:
    ahead = [date for date in found.dates if not date.is_past and date.state in ("open", "filled")]
    return [fact for date in ahead[:MOST_DATES] for fact in _date(date)]


def _date(date: Date) -> list[Fact]:
    when = f"{capfirst(spoken.dated(date.starts_at))} {spoken.hours(date.starts_at, date.ends_at)}"
    facts = [Fact(_("When"), when)]
    for each in date.coming:
        if each.is_ahead:
            facts.append(Fact(_("Name"), each.name))
            if each.code:
                facts.append(Fact(_("Code at the door"), " ".join(each.code)))
    return facts
