"""What ambassadors asked for others, by where they meet people and by area; never by ambassador."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.ambassadors.models import Ambassador
from handtag.ambassadors.queries import BRANCHES
from handtag.ambassadors.rules import Branch
from handtag.errands.models import Ask
from handtag.insight import rules
from handtag.insight.queries.figures import Period, since_when
from handtag.insight.rules import Pair, Sum
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right, Role
from handtag.kernel.small import LEAST
from handtag.people.models import Person, RoleHeld


@dataclass(frozen=True, slots=True)
class AskedForOthers:
    """Asks sent by ambassadors: by branch with how many were filled, and by area where that tells nothing."""

    asked: Sum
    branches: tuple[tuple[str, Pair], ...]
    areas: tuple[tuple[str, int | None], ...]

    def __bool__(self) -> bool:
        return bool(self.branches)


def asked_for_others(by: Actor, period: Period = Period.FOUR_WEEKS) -> AskedForOthers:
    """The asks of the period; a number shows where neither it nor what is left beside it is small."""
    by.must(Right.SEE_FIGURES)
    branch_of = _branches(by)
    rows = _rows(by, period)
    theirs = [(branch_of[filed_by], area, filled) for filed_by, area, filled in rows if filed_by in branch_of]
    counted = Counter(branch for branch, _area, _filled in theirs)
    filled = Counter(branch for branch, _area, is_filled in theirs if is_filled)
    asked = rules.whole(list(counted.values()))
    return AskedForOthers(
        asked=asked,
        branches=tuple(
            (str(BRANCHES[branch]), _cell(counted[branch], filled[branch], len(rows)))
            for branch in Branch
            if counted[branch]
        ),
        areas=_areas(asked, Counter(area for _b, area, _f in theirs), Counter(area for _p, area, _f in rows)),
    )


def _cell(asked: int, filled: int, of: int) -> Pair:
    return rules.cell(asked, filled) if rules.tells_nothing(asked, of) else Pair(None, None)


def _areas(asked: Sum, counted: Counter[str], of: Counter[str]) -> tuple[tuple[str, int | None], ...]:
    """By area; nothing at all where a number that is hidden could be worked out from the others."""
    names = sorted(counted)
    if not all(rules.tells_nothing(counted[name], of[name]) for name in names if counted[name] >= LEAST):
        return ()
    shown = rules.beside(asked, [counted[name] for name in names])
    return tuple(zip(names, shown, strict=True)) if shown else ()


def _branches(by: Actor) -> dict[UUID, Branch]:
    """Where each who has, or had, the role meets people."""
    held = RoleHeld.objects.of(by.tenant).filter(role=Role.AMBASSADOR)
    said = dict(Ambassador.objects.of(by.tenant).exclude(branch="").values_list("person_id", "branch"))
    people = held.values_list("person_id", flat=True)
    return {person: Branch(said.get(person, Branch.OTHER)) for person in people}


def _rows(by: Actor, period: Period) -> list[tuple[UUID | None, str, bool]]:
    asks = Ask.objects.of(by.tenant).filter(asker__protection=Person.Protection.NONE)
    since = since_when(period)
    if since is not None:
        asks = asks.filter(opened_at__gte=clock.at(since, datetime.min.time()))
    rows = asks.values_list("filed_by_id", "area__name", "filled_at")
    return [(filed_by, area or "", filled is not None) for filed_by, area, filled in rows]
