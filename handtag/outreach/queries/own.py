"""How often we ask a helper, and what we reckon with: for their own eyes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.errands.models import Told
from handtag.errands.queries.saying import reason_words
from handtag.errands.rules.reasons import Reason
from handtag.helpers.models import HelperProfile, HelperService
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.matching import answers as estimating
from handtag.outreach.queries import answers
from handtag.outreach.queries.answers import Asked
from handtag.outreach.rules.widening import WEEKLY_BUDGET
from handtag.permits.queries import services

LATEST = 10


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One service: how often they were asked, how often they said yes, and what we reckon with."""

    name: str
    asked: int
    yes: int
    of_ten: int


@dataclass(frozen=True, slots=True)
class Question:
    """One time they were told of an ask, and why it was them."""

    at: datetime
    service: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HowWeAsk:
    """Everything that decides how often somebody is asked."""

    in_week: int
    budget: int
    most_in_week: int | None
    is_paused: bool
    reckoned: tuple[Reckoned, ...]
    latest: tuple[Question, ...]


def how_we_ask(by: Actor) -> HowWeAsk | None:
    """One's own figures; None for who is no helper."""
    by.must(Right.TAKE_PART)
    profile = HelperProfile.objects.of(by.tenant).filter(person_id=by.person, is_active=True).first()
    if profile is None:
        return None
    offered = {row.id: row.words.name for row in services(by.tenant, on=None)}
    chosen = HelperService.objects.filter(profile=profile).values_list("service_id", flat=True)
    figures = {each: _figures(by, each) for each in chosen if each in offered}
    return HowWeAsk(
        in_week=max((one.in_week for one, _share in figures.values()), default=0),
        budget=WEEKLY_BUDGET,
        most_in_week=profile.most_in_week,
        is_paused=profile.paused_until is not None and profile.paused_until > clock.now(),
        reckoned=tuple(
            Reckoned(offered[each], one.answers.asked, one.answers.yes, share)
            for each, (one, share) in figures.items()
        ),
        latest=_latest(by, offered),
    )


def _figures(by: Actor, service_id: UUID) -> tuple[Asked, int]:
    one = answers.asked(by.tenant, service_id, [by.person]).get(by.person, Asked())
    share = answers.share_of_town(by.tenant, service_id)
    return one, round(10 * float(estimating.own(one.answers.yes, one.answers.asked, share)))


def _latest(by: Actor, offered: dict[UUID, str]) -> tuple[Question, ...]:
    rows = Told.objects.of(by.tenant).filter(person_id=by.person, wave__gt=0).order_by("-told_at", "-id")
    return tuple(
        Question(at, offered[service_id], tuple(reason_words(Reason(*each)) for each in reasons))
        for at, reasons, service_id in rows.values_list("told_at", "reasons", "ask__service_id")[:LATEST]
        if service_id in offered
    )
