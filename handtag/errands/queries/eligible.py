"""Who may take what: one SQL filter with two faces, helpers for an ask and occasions for a helper."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from math import inf
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from handtag.errands.models import Ask, AskGroup, Errand, Invitation, Occasion, Offer, Told
from handtag.errands.queries.looking import Helper, near
from handtag.errands.queries.sought import Slot, Sought, open_occasions
from handtag.errands.rules.hours import Weekly
from handtag.errands.rules.lifecycle import BOOKED
from handtag.errands.rules.times import Window
from handtag.geo.points import Box, Point, box
from handtag.groups.models import Membership
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService, Posting
from handtag.helpers.queries import squares_around
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.prepared import Prepared, a_day, an_id
from handtag.people.models import Block, Person
from handtag.permits.models import Permit, Service, Side

FURTHEST: Final = 60_000  # metres: no helper's reach is longer
WIDER_IN_SQUARES: Final = 2_000  # metres: an ask widened further is looked for in a box
TAKEN_FREELY: Final = ("first", "asker")  # how an ask may be agreed for helpers to find it themselves
NOBODY: Final = Q(pk__in=())
ASKED_IN_PARTICULAR: Final = (Invitation.State.SENT, Invitation.State.DECLINED, Invitation.State.ACCEPTED)


def helpers(
    ask: Sought,
    *,
    telling: bool = True,
    among: Any = None,
    now: datetime | None = None,
    today: date | None = None,
) -> QuerySet[HelperProfile]:
    """The helpers who may take an ask, but for the round edge of their reach, which `within` settles.

    Found by the posting lists, in all squares that hold somebody whose reach, as widened, may hold the ask;
    or looked for `among` some alone, a condition on profiles. For telling, their own hours must hold the
    window and they must not have been told, invited or have answered; a coordinator who invites sees those
    outside their hours too. Each is asked alone: all of them joined cost more to plan than to answer.
    """
    now, today = now or clock.now(), today or clock.today()
    blocks = Block.objects.of(ask.municipality_id)
    found: QuerySet[HelperProfile] = (
        HelperProfile.objects.of(ask.municipality_id)
        .filter(_posted(ask) if among is None else _wanting(ask, among))
        .filter(is_active=True, person__protection=Person.Protection.NONE, person__erased_at=None)
        .filter(Q(paused_until=None) | Q(paused_until__lte=now))
        .filter(Exists(Service.objects.of(ask.municipality_id).filter(id=ask.service_id, is_on=True)))
        .filter(holds(_permits(ask.municipality_id, OuterRef("person_id"), ask.service_id, today)))
        .filter(_free_at(ask, in_hours=telling))
        .exclude(person_id=ask.asker_id)
        .exclude(person_id__in=blocks.filter(person_id=ask.asker_id).values("other_id"))
        .exclude(person_id__in=blocks.filter(other_id=ask.asker_id).values("person_id"))
    )
    found = _speaking(_in_groups(found, ask), ask)
    return _not_yet_asked(found, ask) if telling else found


def holds(rows: QuerySet[Any], *, some: bool = True) -> Q:
    """That there is such a row, or none: asked of each helper by itself, where Exists would become a join."""
    return Q(IsNull(Subquery(rows.annotate(one=Value(1)).values("one")[:1]), not some))


def squares_of(ask: Sought, within: float = inf, beyond: float = -1.0) -> list[int] | None:
    """The squares to look in, or those of them from so far to so far away; None for an ask widened far."""
    if within == inf and ask.wider_by > WIDER_IN_SQUARES:
        return None
    here = Point(ask.longitude, ask.latitude)
    return squares_around(here, wider_by=ask.wider_by, within=within, beyond=beyond)


def _posted(ask: Sought) -> Q:
    """Where to look: in squares; far around, where they would be thousands, in a box."""
    squares = squares_of(ask)
    if squares is not None:
        posted = Posting.objects.filter(service_id=ask.service_id, square__in=squares)
        return Q(person_id__in=posted.values("person_id"))
    near = box(Point(ask.longitude, ask.latitude), FURTHEST + ask.wider_by)
    inside = Q(longitude__range=(near.west, near.east), latitude__range=(near.south, near.north))
    return _wanting(ask, inside)


def _wanting(ask: Sought, among: Any) -> Q:
    """Of these, who want the service."""
    wants = HelperService.objects.filter(profile=OuterRef("pk"), service_id=ask.service_id)
    return Q(among) & holds(wants)


def asks(helper: Helper, where: Box | None = None, *, ended: bool = False) -> QuerySet[Ask]:
    """The open asks a helper may take, in the box in which they look: their own reach where none is named.

    With `ended`, those too that were open once: whoever comes too late is told so.

    The box is a first sieve; its round edge is settled by who ranks. Asks that a coordinator places are in
    nobody's list.
    """
    where = where or near(helper)
    groups = AskGroup.objects.filter(ask=OuterRef("pk"))
    declined = Told.objects.of(helper.municipality_id).filter(
        ask=OuterRef("pk"), person_id=helper.person_id, declined_at__isnull=False
    )
    return (
        Ask.objects.of(helper.municipality_id)
        .filter(
            reduce(or_, (Q(service_id=each) for each in helper.service_ids), NOBODY),
            latitude__range=(where.south, where.north),
            longitude__range=(where.west, where.east),
            state__in=Ask.State.values if ended else (Ask.State.OPEN,),
            asker__protection=Person.Protection.NONE,
            agreement__in=TAKEN_FREELY,
        )
        .exclude(asker_id=helper.person_id)
        .filter(~Exists(groups) | Exists(shared_groups(helper.municipality_id, helper.person_id)))
        .filter(_not_blocked(helper.municipality_id, helper.person_id, OuterRef("asker_id")))
        .filter(~Exists(declined))
        .annotate(spoken=Cast("languages", TextField()))
        .filter(_understood(helper.languages))
    )


def occasions(helper: Helper, where: Box | None = None, now: datetime | None = None) -> QuerySet[Occasion]:
    """The occasions a helper may take: of those asks, to come, with room, not booked, not offered yet."""
    offered = Offer.objects.of(helper.municipality_id).filter(
        occasion=OuterRef("pk"), person_id=helper.person_id, state=Offer.State.MADE
    )
    return (
        open_occasions(helper.municipality_id, now)
        .filter(ask__in=asks(helper, where).values("pk"))
        .filter(~Exists(booked(helper.person_id)), ~Exists(offered))
    )


def booked(person_id: UUID | OuterRef) -> QuerySet[Errand]:
    """The errands a helper has at the time of the occasion outside, in this town or any other."""
    start, end = OuterRef("starts_at"), OuterRef("ends_at")
    person = OuterRef(person_id) if isinstance(person_id, OuterRef) else person_id
    return Errand.objects.everywhere().filter(
        helper_id=person, state__in=BOOKED, starts_at__lt=end, ends_at__gt=start
    )


def helper(municipality_id: UUID, person_id: UUID) -> Helper | None:
    """The helper as eligibility sees them; None without an active profile, or for a protected person."""
    profile = _PROFILE.first(town=municipality_id, person=person_id)
    if profile is None:
        return None
    profile_id, longitude, latitude, reach, any_time = profile
    services = _SERVICES.ask(town=municipality_id, person=person_id, profile=profile_id, today=clock.today())
    spoken, hours = _SPOKEN.ask(profile=profile_id), _HOURS.ask(profile=profile_id)
    return Helper(
        person_id=person_id,
        municipality_id=municipality_id,
        longitude=longitude,
        latitude=latitude,
        reach=reach,
        any_time=any_time,
        hours=tuple(Weekly(*row) for row in hours),
        languages=frozenset(language for (language,) in spoken),
        service_ids=frozenset(each for each, wants, holds, _ in services if wants and holds),
        lacking_ids=frozenset(each for each, wants, holds, _ in services if wants and not holds),
        asked_ids=frozenset(each for each, *_, asked in services if asked),
    )


def _profile() -> QuerySet[HelperProfile, Any]:
    mine = HelperProfile.objects.of(an_id("town")).filter(
        person_id=an_id("person"), is_active=True, person__protection=Person.Protection.NONE
    )
    return mine.values_list("id", "longitude", "latitude", "reach", "any_time")


def _services() -> QuerySet[Service, Any]:
    """Of each service that is on: whether they want it, hold its permit, and whether anybody asks for it."""
    town = an_id("town")
    asked = Ask.objects.of(town).filter(
        service=OuterRef("pk"), state=Ask.State.OPEN, asker__protection=Person.Protection.NONE
    )
    wanted = HelperService.objects.filter(profile_id=an_id("profile"), service=OuterRef("pk"))
    return (
        Service.objects.of(town)
        .filter(is_on=True)
        .annotate(
            wants=Exists(wanted),
            holds=Exists(_permits(town, an_id("person"), OuterRef("pk"), a_day("today"))),
            asked=Exists(asked),
        )
        .order_by("position", "kind")
        .values_list("id", "wants", "holds", "asked")
    )


def _spoken() -> QuerySet[HelperLanguage, Any]:
    return HelperLanguage.objects.filter(profile_id=an_id("profile")).values_list("language")


def _hours() -> QuerySet[Availability, Any]:
    hours = Availability.objects.filter(profile_id=an_id("profile")).order_by("weekday", "from_minute")
    return hours.values_list("weekday", "from_minute", "to_minute")


_PROFILE, _SERVICES, _SPOKEN, _HOURS = map(Prepared, (_profile, _services, _spoken, _hours))


def shared_groups(municipality_id: UUID, person_id: UUID) -> QuerySet[AskGroup]:
    """The groups the ask outside is shown in that this person is a member of."""
    mine = Membership.objects.of(municipality_id).filter(
        group=OuterRef("group_id"),
        person_id=person_id,
        state=Membership.State.MEMBER,
        group__closed_at=None,
    )
    return AskGroup.objects.filter(Exists(mine), ask=OuterRef("pk"))


def may_take(by: Actor, ask_id: UUID) -> bool:
    """Whether this helper may find the ask by themselves, be it open still or not, near or far."""
    mine = helper(by.tenant, by.hands)
    return mine is not None and asks(mine, near(mine, FURTHEST), ended=True).filter(id=ask_id).exists()


def are_blocked(municipality_id: UUID, one: UUID, other: UUID) -> bool:
    """Whether these two shall not meet, whichever of them said so."""
    pairs = Q(person_id=one, other_id=other) | Q(person_id=other, other_id=one)
    return Block.objects.of(municipality_id).filter(pairs).exists()


def is_protected(person_id: UUID) -> bool:
    """Whether an officer has marked this person."""
    return Person.objects.filter(id=person_id).exclude(protection=Person.Protection.NONE).exists()


def _permits(
    municipality_id: UUID, person: UUID | OuterRef, service: UUID | OuterRef, today: date
) -> QuerySet[Permit]:
    in_time = Q(valid_until=None) | Q(valid_until__gte=today)
    return Permit.objects.of(municipality_id).filter(
        in_time, person_id=person, service_id=service, side=Side.PERFORM, state=Permit.State.GRANTED
    )


def _not_blocked(municipality_id: UUID, one: UUID, other: OuterRef) -> Q:
    blocks = Block.objects.of(municipality_id)
    return ~Q(Exists(blocks.filter(person_id=one, other_id=other))) & ~Q(
        Exists(blocks.filter(other_id=one, person_id=other))
    )


def _free_at(ask: Sought, *, in_hours: bool) -> Q:
    """Free at one of the occasions at least; those at the same hour of the week are looked at together."""
    found = NOBODY
    for hours, slots in _by_hours(ask.slots).items():
        free = _not_booked(slots[0].window) if len(slots) == 1 else _free_once(ask, slots)
        found |= free & _open_then(hours) if in_hours else free
    return found


def _by_hours(slots: Iterable[Slot]) -> dict[Weekly | None, list[Slot]]:
    grouped: dict[Weekly | None, list[Slot]] = defaultdict(list)
    for slot in slots:
        grouped[slot.weekly].append(slot)
    return grouped


def _not_booked(window: Window) -> Q:
    taken = Errand.objects.everywhere().filter(
        helper_id=OuterRef("person_id"),
        state__in=BOOKED,
        starts_at__lt=window.end,
        ends_at__gt=window.start,
    )
    return holds(taken, some=False)


def _free_once(ask: Sought, slots: Iterable[Slot]) -> Q:
    dates = Occasion.objects.of(ask.municipality_id).filter(id__in=[slot.id for slot in slots])
    return holds(dates.filter(~Exists(booked(OuterRef("person_id")))))


def _open_then(hours: Weekly | None) -> Q:
    if hours is None:
        return Q(any_time=True)
    windows = Availability.objects.filter(
        profile=OuterRef("pk"),
        weekday=hours.weekday,
        from_minute__lte=hours.from_minute,
        to_minute__gte=hours.to_minute,
    )
    return Q(any_time=True) | holds(windows)


def _in_groups(found: QuerySet[HelperProfile], ask: Sought) -> QuerySet[HelperProfile]:
    if not ask.group_ids:
        return found
    members = Membership.objects.of(ask.municipality_id).filter(
        group_id__in=ask.group_ids,
        person_id=OuterRef("person_id"),
        state=Membership.State.MEMBER,
        group__closed_at=None,
    )
    return found.filter(Exists(members))


def _speaking(found: QuerySet[HelperProfile], ask: Sought) -> QuerySet[HelperProfile]:
    if not ask.languages:
        return found
    speaks = HelperLanguage.objects.filter(profile=OuterRef("pk"), language__in=ask.languages)
    return found.filter(holds(speaks))


def _understood(languages: frozenset[str]) -> Q:
    """The ask names no language, or one of these; its list is looked through as text on either database."""
    found = Q(spoken="[]")
    for language in sorted(languages):
        found |= Q(spoken__contains=f'"{language}"')
    return found


def _not_yet_asked(found: QuerySet[HelperProfile], ask: Sought) -> QuerySet[HelperProfile]:
    told = Told.objects.of(ask.municipality_id).filter(ask_id=ask.id)
    offered = Offer.objects.of(ask.municipality_id).filter(occasion__ask_id=ask.id)
    invited = Invitation.objects.of(ask.municipality_id).filter(
        occasion__ask_id=ask.id, state__in=ASKED_IN_PARTICULAR
    )
    people = (rows.values_list("person_id", flat=True) for rows in (told, offered, invited))
    return reduce(lambda left, asked: left.exclude(person_id__in=asked), people, found)
