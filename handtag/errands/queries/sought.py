"""An open ask as it decides who may take it, and the dates of asks that still want somebody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from handtag.errands.models import Ask, AskGroup, Occasion
from handtag.errands.rules.hours import Weekly, weekly_of
from handtag.errands.rules.times import Window
from handtag.kernel import clock
from handtag.kernel.prepared import Prepared, a_moment, an_id
from handtag.people.models import Person


@dataclass(frozen=True, slots=True)
class Slot:
    """One occasion of an ask."""

    id: UUID
    window: Window

    @property
    def weekly(self) -> Weekly | None:
        """Where it lies in the week."""
        return weekly_of(self.window)


@dataclass(frozen=True, slots=True)
class Sought:
    """What of an ask decides who may take it. Only occasions to come, with room left."""

    id: UUID
    municipality_id: UUID
    asker_id: UUID
    service_id: UUID
    longitude: float
    latitude: float
    wider_by: int
    languages: tuple[str, ...]
    group_ids: tuple[UUID, ...]
    slots: tuple[Slot, ...]


def as_sought(municipality_id: UUID, ask_id: UUID, *, protected: bool = False) -> Sought | None:
    """The ask as eligibility sees it; None where it is not open, or protected and that was not asked for."""
    given = {"town": municipality_id, "ask": ask_id}
    ask = _OPEN_ASK.first(protected, **given)
    if ask is None:
        return None
    rows = _OPEN_DATES.ask(now=clock.now(), **given)
    slots = tuple(Slot(each, Window(start, end)) for each, start, end in rows)
    return Sought(
        id=ask.id,
        municipality_id=municipality_id,
        asker_id=ask.asker_id,
        service_id=ask.service_id,
        longitude=ask.longitude,
        latitude=ask.latitude,
        wider_by=ask.wider_by,
        languages=tuple(ask.languages),
        group_ids=tuple(group for (group,) in _GROUPS_OF_ASK.ask(ask=ask_id)),
        slots=slots,
    )


def _open_ask(protected: bool) -> QuerySet[Ask]:
    found = Ask.objects.of(an_id("town")).filter(id=an_id("ask"), state=Ask.State.OPEN)
    return found if protected else found.filter(asker__protection=Person.Protection.NONE)


def _open_dates() -> QuerySet[Occasion, Any]:
    rows = open_occasions(an_id("town"), a_moment("now")).filter(ask_id=an_id("ask"))
    return rows.order_by("starts_at", "id").values_list("id", "starts_at", "ends_at")


def _groups_of_ask() -> QuerySet[AskGroup, Any]:
    return AskGroup.objects.filter(ask_id=an_id("ask")).values_list("group_id")


def open_occasions(municipality_id: UUID, now: datetime | None = None) -> QuerySet[Occasion]:
    """Occasions that still want somebody."""
    return Occasion.objects.of(municipality_id).filter(
        state=Occasion.State.OPEN, filled__lt=F("wanted"), starts_at__gt=now or clock.now()
    )


_OPEN_ASK, _OPEN_DATES = Prepared(_open_ask), Prepared(_open_dates)
_GROUPS_OF_ASK = Prepared(_groups_of_ask)
