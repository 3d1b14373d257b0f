"""What placing the week stands on, read at once: the dates to fill, the helpers, and what is in the way."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from handtag.errands.models import Ask, AskGroup, Errand, Invitation, Offer, Told
from handtag.errands.queries.sought import open_occasions
from handtag.groups.models import Membership
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.outreach.rules.week import AHEAD
from handtag.people.models import Block, Person
from handtag.people.queries import Called, called
from handtag.permits.models import Permit, Side

LOAD_OVER = timedelta(days=28)
WAITS = (Invitation.State.SENT, Offer.State.MADE)


class Date(NamedTuple):
    """One occasion of the coming week that still wants somebody; `asked` have been asked or have offered."""

    id: UUID
    ask_id: UUID
    service_id: UUID
    area: str | None
    start: datetime
    end: datetime
    wanted: int
    longitude: float
    latitude: float
    wider_by: int
    languages: list[str]
    asked: int
    asker: Called

    @property
    def left(self) -> int:
        """For how many places nobody has been asked."""
        return max(0, self.wanted - self.asked)


class Helper(NamedTuple):
    """Somebody who may perform some of the services; `services` are those that they want and hold."""

    profile_id: UUID
    longitude: float
    latitude: float
    reach: int
    any_time: bool
    most_in_week: int | None
    person: Called
    services: frozenset[UUID]


class Hours(NamedTuple):
    """A weekly window of a profile's."""

    profile_id: UUID
    weekday: int
    from_minute: int
    to_minute: int


class Stands(NamedTuple):
    """Something a helper has promised, or was asked or offered: `kind` errand, invitation or offer.

    Or that they said no to an ask (`kind` no; then `about_id` is the ask's).
    """

    person_id: UUID
    about_id: UUID
    start: datetime
    end: datetime
    kind: str
    state: str
    municipality_id: UUID


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that one week stands on."""

    dates: list[Date]
    helpers: list[Helper]
    hours: list[Hours]
    languages: dict[UUID, set[str]]
    groups: dict[UUID, set[UUID]]  # of an ask: who of its groups' members; absent where all may see it
    blocks: list[tuple[UUID, UUID]]
    stands: list[Stands]


def rows(by: Actor, service_ids: Collection[UUID]) -> Rows:
    """The week from now on. Nobody protected is among them, on either side, whoever looks."""
    dates = _dates(by, service_ids)
    wanted = {date.service_id for date in dates}
    helpers = _helpers(by.tenant, wanted) if wanted else []
    told = _said_of(by.tenant, {date.ask_id for date in dates}) if helpers else _Said()
    return Rows(
        dates=dates,
        helpers=helpers,
        hours=told.hours,
        languages=told.languages,
        groups=told.groups(),
        blocks=told.pairs["block"],
        stands=_stands(by.tenant) if helpers else [],
    )


def _dates(by: Actor, service_ids: Collection[UUID]) -> list[Date]:
    now = clock.now()
    found = open_occasions(by.tenant, now).filter(
        starts_at__lt=now + AHEAD,
        ask__state=Ask.State.OPEN,
        ask__service_id__in=service_ids,
        ask__service__is_on=True,
        ask__asker__protection=Person.Protection.NONE,
        ask__asker__erased_at=None,
    )
    asked = Count("invitations", filter=Q(invitations__state=Invitation.State.SENT), distinct=True)
    offered = Count("offers", filter=Q(offers__state=Offer.State.MADE), distinct=True)
    named = called("ask__asker")
    columns = found.annotate(places=F("wanted") - F("filled"), waiting=asked + offered).values_list(
        *("id", "ask_id", "ask__service_id", "ask__area__name", "starts_at", "ends_at", "places"),
        *("ask__longitude", "ask__latitude", "ask__wider_by", "ask__languages", "waiting", *named),
    )
    return [Date._make((*row[:12], Called(*row[12:]))) for row in columns.order_by("starts_at", "id")]


def _helpers(municipality_id: UUID, service_ids: Collection[UUID]) -> list[Helper]:
    """As `eligible.helpers` has them, of all these services in one question (a test holds the two alike)."""
    in_force = Q(valid_until=None) | Q(valid_until__gte=clock.today())
    permit = Permit.objects.of(municipality_id).filter(
        in_force,
        person=OuterRef("profile__person_id"),
        service=OuterRef("service_id"),
        side=Side.PERFORM,
        state=Permit.State.GRANTED,
    )
    found = (
        HelperService.objects.filter(
            profile__municipality_id=municipality_id,
            profile__is_active=True,
            profile__person__protection=Person.Protection.NONE,
            profile__person__erased_at=None,
            service_id__in=service_ids,
        )
        .filter(Q(profile__paused_until=None) | Q(profile__paused_until__lte=clock.now()))
        .filter(Exists(permit))
    )
    columns = ("longitude", "latitude", "reach", "any_time", "most_in_week")
    rows = found.order_by("profile__person_id").values_list(
        "service_id", "profile_id", *(f"profile__{each}" for each in columns), *called("profile__person")
    )
    services: dict[UUID, set[UUID]] = defaultdict(set)
    by_profile = {}
    for service_id, *row in rows:
        services[row[0]].add(service_id)
        by_profile[row[0]] = row
    return [
        Helper._make((*row[:6], Called(*row[6:]), frozenset(services[profile_id])))
        for profile_id, row in by_profile.items()
    ]


@dataclass(slots=True)
class _Said:
    """What was said, kind by kind: `pairs` of block, shown (ask, group) and member (group, person)."""

    hours: list[Hours] = field(default_factory=list)
    languages: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    pairs: dict[str, list[tuple[UUID, UUID]]] = field(default_factory=lambda: defaultdict(list))

    def groups(self) -> dict[UUID, set[UUID]]:
        """Of each ask that is shown in groups, who is a member of one."""
        members: dict[UUID, set[UUID]] = defaultdict(set)
        for group_id, person_id in self.pairs["member"]:
            members[group_id].add(person_id)
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for ask_id, group_id in self.pairs["shown"]:
            found[ask_id] |= members[group_id]
        return found


def _said_of(municipality_id: UUID, ask_ids: Collection[UUID]) -> _Said:
    """Helpers' hours and languages, who shall not meet, who sees what in groups: all in one question."""
    mine: dict[str, Any] = {"profile__municipality_id": municipality_id, "profile__is_active": True}
    hours = Availability.objects.filter(**mine)
    spoken = HelperLanguage.objects.filter(**mine)
    blocks = Block.objects.of(municipality_id)
    shown = AskGroup.objects.filter(ask_id__in=ask_ids)
    members = Membership.objects.of(municipality_id).filter(
        group_id__in=shown.values("group_id"), state=Membership.State.MEMBER, group__closed_at=None
    )
    every = _lines(hours, "hours", "profile_id", _said(""), "weekday", "from_minute", "to_minute").union(
        _lines(spoken, "speaks", "profile_id", F("language")),
        _lines(blocks, "block", "person_id", _text("other_id")),
        _lines(shown, "shown", "ask_id", _text("group_id")),
        _lines(members, "member", "group_id", _text("person_id")),
        all=True,
    )
    found = _Said()
    for kind, one, *numbers, word in every:
        if kind == "hours":
            found.hours.append(Hours(one, *numbers))
        elif kind == "speaks":
            found.languages[one].add(word)
        else:
            found.pairs[kind].append((one, UUID(word)))
    return found


def _stands(municipality_id: UUID) -> list[Stands]:
    """What the helpers of this town have promised, in any town, or were asked: four kinds in one question."""
    now = clock.now()
    whom = HelperProfile.objects.of(municipality_id).filter(is_active=True).values("person_id")
    since = now - AHEAD  # the calendar week may have begun by then
    errands: QuerySet[Any, Any] = Errand.objects.everywhere().filter(
        helper_id__in=whom, ends_at__gte=now - LOAD_OVER
    )
    asked = Invitation.objects.everywhere().filter(
        person_id__in=whom,
        occasion__ends_at__gte=since,
        state__in=(Invitation.State.SENT, Invitation.State.DECLINED, Invitation.State.ACCEPTED),
    )
    offers = Offer.objects.everywhere().filter(person_id__in=whom, occasion__ends_at__gte=since)
    no = Told.objects.of(municipality_id).filter(ask__state=Ask.State.OPEN, declined_at__isnull=False)
    at = ("occasion__starts_at", "occasion__ends_at")
    told = no.values_list(
        *("person_id", "ask_id", "told_at", "told_at", _said("no"), _said(""), "municipality_id")
    )
    every = errands.values_list(
        *("helper_id", "occasion_id", "starts_at", "ends_at", _said("errand"), "state", "municipality_id")
    ).union(
        asked.values_list("person_id", "occasion_id", *at, _said("invitation"), "state", "municipality_id"),
        offers.values_list("person_id", "occasion_id", *at, _said("offer"), "state", "municipality_id"),
        told,
        all=True,
    )
    return [Stands(*row) for row in every]


def _lines(found: QuerySet[Any, Any], kind: str, one: str, word: Any, *numbers: str) -> QuerySet[Any, Any]:
    """Rows of one shape, whatever they are of: their kind, an id, three numbers, a word."""
    three: list[Any] = [F(each) + 0 for each in numbers] or [Value(-1)] * 3
    shape = {"kind_": _said(kind), **{f"number_{place}": each for place, each in enumerate(three)}}
    rows: QuerySet[Any, Any] = found.annotate(**shape, word_=word)
    return rows.values_list("kind_", one, *list(shape)[1:], "word_")


def _said(word: str) -> Value:
    return Value(word, output_field=CharField())


def _text(column: str) -> Cast:
    return Cast(column, CharField())
