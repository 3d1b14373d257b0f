"""An ambassador's own: whom they ask for with what is on for each, and what came of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from handtag.ambassadors.models import Ambassador
from handtag.ambassadors.queries.course import course_comes_first
from handtag.ambassadors.rules import COUNTED_OVER, Branch
from handtag.errands.models import Ask, Errand, Occasion, Offer
from handtag.errands.rules.lifecycle import BOOKED
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.mandates import queries as mandates
from handtag.mandates.queries import Row, Wording
from handtag.mandates.rules import LATEST
from handtag.people.models import Person
from handtag.people.queries import contact_of
from handtag.permits.queries import services

BRANCHES: Final[dict[str, Promise]] = {
    Branch.HOME_CARE: pgettext_lazy("place of work", "Home care"),
    Branch.LIBRARY: pgettext_lazy("place of work", "Library"),
    Branch.SCHOOL: pgettext_lazy("place of work", "School"),
    Branch.OTHER: pgettext_lazy("place of work", "Elsewhere"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One ask that is on."""

    service: str
    icon: str
    starts_at: datetime
    ends_at: datetime
    is_agreed: bool
    has_offers: bool
    is_told: bool


@dataclass(frozen=True, slots=True)
class Helped:
    """Somebody one asks for."""

    mandate: Row
    language: str
    phone: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the asks that one has sent for others, in a year."""

    asked: int
    taken: int
    done: int


@dataclass(frozen=True, slots=True)
class Own:
    """An ambassador's first page."""

    helped: tuple[Helped, ...]
    outcome: Outcome
    branch: str
    course_first: bool
    course_done: bool

    @property
    def branch_words(self) -> str:
        """Where one meets people."""
        return str(BRANCHES[self.branch]) if self.branch else ""


def own(by: Actor) -> Own:
    """The people one may ask for and nobody else's, those whose mandate soon runs out first."""
    by.must(Right.ASK_FOR_OTHERS)
    rows = [row for row in mandates.mine(by).for_others if row.is_live]
    known = Person.objects.in_bulk([row.helped_id for row in rows])
    lines = _lines(by, rows)
    me = Ambassador.objects.of(by.tenant).filter(person_id=by.person).first()
    return Own(
        helped=tuple(_helped(by, row, known[row.helped_id], lines[row.helped_id]) for row in rows),
        outcome=_outcome(by),
        branch=me.branch if me else "",
        course_first=course_comes_first(by),
        course_done=bool(me and me.course_done_at),
    )


def wordings() -> list[Wording]:
    """What is said yes to, in each language but Swedish."""
    found = [mandates.wording(LATEST, code) for code, _name in settings.LANGUAGES]
    return [each for each in found if each is not None]


def _helped(by: Actor, row: Row, person: Person, lines: Collection[Line]) -> Helped:
    phone = contact_of(person, by, close=True).phone_shown
    return Helped(row, person.language, phone, tuple(lines))


def _lines(by: Actor, rows: Collection[Row]) -> dict[UUID, list[Line]]:
    """The asks that are on for each of them, as far as one may look after them."""
    named = {row.id: row for row in services(by.tenant, on=None)}
    scope = {row.helped_id: row.service_ids for row in rows if row.is_in_force}
    occasions = Occasion.objects.of(by.tenant).filter(ask=OuterRef("pk"), state__in=["open", "filled"])
    coming = occasions.filter(ends_at__gt=clock.now()).order_by("starts_at")
    errands = Errand.objects.of(by.tenant).filter(occasion__ask=OuterRef("pk"), state__in=sorted(BOOKED))
    offers = Offer.objects.of(by.tenant).filter(occasion__ask=OuterRef("pk"), state=Offer.State.MADE)
    asks = (
        Ask.objects.of(by.tenant)
        .filter(asker_id__in=scope, state__in=[Ask.State.OPEN, Ask.State.FILLED])
        .annotate(
            start=Subquery(coming.values("starts_at")[:1]),
            end=Subquery(coming.values("ends_at")[:1]),
            agreed=Exists(errands),
            offered=Exists(offers),
        )
        .exclude(start=None)
        .order_by("start", "id")
        .values_list("asker_id", "service_id", "start", "end", "agreed", "offered", "waves")
    )
    found: dict[UUID, list[Line]] = defaultdict(list)
    for asker_id, service_id, start, end, agreed, offered, waves in asks:
        if not scope[asker_id] or service_id in scope[asker_id]:
            service = named[service_id]
            line = Line(service.words.name, service.icon, start, end, agreed, offered, waves > 0)
            found[asker_id].append(line)
    return found


def _outcome(by: Actor) -> Outcome:
    mine = Ask.objects.of(by.tenant).filter(filed_by_id=by.person, opened_at__gte=clock.now() - COUNTED_OVER)
    counted = mine.aggregate(
        asked=Count("id", distinct=True),
        taken=Count("id", distinct=True, filter=Q(filled_at__isnull=False)),
        done=Count(
            "occasions__errands", distinct=True, filter=Q(occasions__errands__state=Errand.State.COMPLETED)
        ),
    )
    return Outcome(**counted)
