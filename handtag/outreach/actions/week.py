"""Sends the week: one invitation for each pair of a date and a helper, or the reason why not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handtag.errands.actions import meeting
from handtag.errands.actions.seats import lock_occasions
from handtag.helpers.models import HelperProfile
from handtag.kernel.actor import Actor
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Right
from handtag.outreach.queries.week_placer import Placer, Taken
from handtag.permits.models import Permit, Side

Pairs = Sequence[tuple[UUID, UUID]]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A date for which the one proposed was not asked: something came in between."""

    service: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """What came of sending: how many were asked, who was not, and how many dates are no longer open."""

    asked: int
    unsent: tuple[Unsent, ...]
    closed: int


@transaction.atomic
def send_week(*, by: Actor, pairs: Pairs) -> Sending:
    """Ask each helper for their date; each is looked at anew, and who cannot come any more is not asked.

    Everything is held first, in the order of the house: permits, helpers, occasions. So of two coordinators
    who send the same week at once, the second finds what the first one sent.
    """
    by.must(Right.STEER_ASKS)
    _hold(by, pairs)
    placer = Placer(by)
    taken, filled = Taken(placer.board), Counter[UUID]()
    unsent, closed = list[Unsent](), 0
    for occasion_id, person_id in pairs:
        spots = placer.spots.get(occasion_id, [])
        if filled[occasion_id] == len(spots):
            closed += 1
            continue
        seat = placer.seats[spots[0]]
        if taken.fits(seat, [placer.row(person_id)]) and _asked(by, occasion_id, person_id):
            filled[occasion_id] += 1
        else:
            unsent.append(_unsent(placer, seat))
    return Sending(filled.total(), tuple(unsent), closed)


def _hold(by: Actor, pairs: Pairs) -> None:
    """Hold all that is looked at to the end of the transaction, each kind in one order."""
    people = {person_id for _, person_id in pairs}
    permits = Permit.objects.of(by.tenant).filter(person_id__in=people, side=Side.PERFORM).order_by("id")
    list(permits.select_for_update().values_list("id", flat=True))
    helpers = HelperProfile.objects.everywhere().filter(person_id__in=people).order_by("id")
    list(helpers.select_for_update().values_list("id", flat=True))
    lock_occasions(by.tenant, {occasion_id for occasion_id, _ in pairs})


def _asked(by: Actor, occasion_id: UUID, person_id: UUID) -> bool:
    """Whether they were asked; a refusal of one is no reason to ask nobody."""
    try:
        meeting.invite(by=by, occasion_id=occasion_id, person_id=person_id)
    except HandtagError:
        return False
    return True


def _unsent(placer: Placer, seat: int) -> Unsent:
    date = placer.rows.dates[seat]
    return Unsent(placer.services[date.service_id].words.name, date.start, date.end)
