"""Whether somebody at a door is from us: by name, by the number on the card, or by the address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from handtag.errands.models import Errand
from handtag.errands.rules.lifecycle import BOOKED
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.queries import shown_as
from handtag.permits.queries.verifying import Shown, search, verification

AROUND: Final = timedelta(hours=2)  # helpers come early, and stay a while
SHORTEST: Final = 4
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Helper:
    """A helper whom we can vouch for, and when they are expected somewhere about now."""

    person_id: UUID
    name: str
    services: tuple[str, ...]
    code: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no. Several of one name is no yet: the number on the card tells them apart."""

    helpers: tuple[Helper, ...]
    by_address: bool = False

    @property
    def is_yes(self) -> bool:
        """Whether we vouch for exactly one, or somebody is expected at the address."""
        return len(self.helpers) == 1 or (self.by_address and bool(self.helpers))

    @property
    def is_several(self) -> bool:
        """Whether more must be asked first."""
        return len(self.helpers) > 1 and not self.by_address


def answer(by: Actor, words: str) -> Answer:
    """Absent, paused, without permit and protected all answer no, and nothing tells them apart."""
    by.must(Right.VERIFY_HELPERS)
    wanted = words.strip()
    if any(sign.isdecimal() for sign in wanted) and (expected := _expected_at(by, wanted)):
        return Answer(expected, by_address=True)
    found = search(by, wanted) if wanted else []
    now = _about_now(by).filter(helper_id__in=[each.verification.person_id for each in found])
    hours = {who: (start, end) for who, start, end in now.values_list("helper_id", "starts_at", "ends_at")}
    return Answer(
        tuple(_helper(each, *hours.get(each.verification.person_id, (None, None))) for each in found)
    )


def _helper(found: Shown, start: datetime | None = None, end: datetime | None = None) -> Helper:
    said = found.verification
    return Helper(said.person_id, found.name, said.services, said.code, start, end)


def _about_now(by: Actor) -> QuerySet[Errand]:
    """What goes on about now, where neither side is protected: theirs are arranged by the officers."""
    now = clock.now()
    going_on = Errand.objects.of(by.tenant).filter(
        state__in=sorted(BOOKED), starts_at__lte=now + AROUND, ends_at__gte=now - AROUND
    )
    if not by.may(Right.KEEP_PROTECTED):
        going_on = going_on.filter(helper__protection="none", asker__protection="none")
    return going_on.order_by("starts_at", "id")


def _expected_at(by: Actor, address: str) -> tuple[Helper, ...]:
    """Those who are expected at an address about now."""
    if len(address) < SHORTEST:
        return ()
    said = " ".join(address.split())
    exact = Q(occasion__ask__where__words__iexact=said) | Q(
        occasion__ask__where__words__istartswith=f"{said},"
    )
    rows = _about_now(by).filter(exact).select_related("helper")[:MOST]
    found = []
    for row in rows:
        known = verification(row.helper_id, by.tenant)
        if known.valid:
            found.append(_helper(Shown(shown_as(row.helper, to=by), known), row.starts_at, row.ends_at))
    return tuple(found)
