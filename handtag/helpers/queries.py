"""Reading how somebody helps."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.helpers import rules
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService
from handtag.kernel import clock, spoken
from handtag.kernel.tongues import TONGUES


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody helps in one municipality; `is_ready` once they have answered all four questions."""

    id: UUID
    place_id: UUID | None
    place: str
    reach: int
    any_time: bool
    ticks: frozenset[rules.Tick]
    service_ids: frozenset[UUID]
    languages: tuple[str, ...]
    most_in_week: int | None
    is_ready: bool
    paused_until: datetime | None

    @property
    def is_paused(self) -> bool:
        """Whether they rest just now."""
        return self.paused_until is not None and self.paused_until > clock.now()

    @property
    def reach_km(self) -> int:
        """How far, in kilometres."""
        return self.reach // 1000

    @property
    def rests_till_told(self) -> bool:
        """Whether the pause has no end of its own."""
        return self.paused_until == rules.UNTIL_I_SAY


def profile(municipality_id: UUID, person_id: UUID) -> Profile | None:
    """How somebody helps here; None where they have not begun."""
    row = (
        HelperProfile.objects.of(municipality_id).filter(person_id=person_id).select_related("place").first()
    )
    if row is None:
        return None
    hours = Availability.objects.filter(profile=row).values_list("weekday", "from_minute", "to_minute")
    services = HelperService.objects.filter(profile=row).values_list("service_id", flat=True)
    languages = HelperLanguage.objects.filter(profile=row).values_list("language", flat=True)
    return Profile(
        id=row.id,
        place_id=row.place_id,
        place=row.place.name if row.place else "",
        reach=row.reach,
        any_time=row.any_time,
        ticks=rules.ticks(rules.Weekly(*each) for each in hours),
        service_ids=frozenset(services),
        languages=tuple(languages),
        most_in_week=row.most_in_week,
        is_ready=row.is_active,
        paused_until=row.paused_until,
    )


def next_move(municipality_id: UUID, person_id: UUID) -> datetime | None:
    """When the helper's point may move again; None where it may move now."""
    rows = HelperProfile.objects.of(municipality_id).filter(person_id=person_id, is_active=True)
    moves = rows.values_list("moves", flat=True).first() or []
    return rules.next_move([datetime.fromisoformat(move) for move in moves], clock.now())


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """A profile as it is read: the hours of the week as lines, languages by name."""

    hours: tuple[str, ...]
    languages: tuple[str, ...]


def words_of(profile: Profile) -> ProfileWords:
    """The hours as people say them, and the names of the languages."""
    rows = rules.windows(profile.ticks)
    hours = tuple(
        f"{spoken.weekdays(row.weekday)} {row.from_minute // 60}–{row.to_minute // 60}" for row in rows
    )
    return ProfileWords(hours, tuple(str(TONGUES.get(code, code)) for code in profile.languages))
