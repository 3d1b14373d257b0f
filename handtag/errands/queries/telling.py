"""Who may be told of an ask: from near to far, as far as there are enough of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from handtag.errands.queries import eligible, fetching
from handtag.errands.queries.fetching import Candidate
from handtag.errands.queries.lately import Moments
from handtag.errands.queries.nearby import everybody, glance
from handtag.errands.queries.sought import Sought
from handtag.errands.rules import steering

FIRST: Final = 1_000.0  # metres: how far is looked at first, and then twice as far
MOST_RINGS: Final = 8_000.0  # beyond, all that are left are looked at at once
FEW: Final = 400  # posted for a service: all of them are looked at at once

Enough = Callable[[Sequence[Candidate]], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """Who could be told of an ask now; and the next step further away that would reach more, in metres."""

    near: tuple[Candidate, ...]
    next_wider: int | None


def field(ask: Sought, is_enough: Enough) -> Field:
    """Who could be told; and only where nobody is left, how much further away somebody is."""
    near = nearest(ask, is_enough)
    return Field(near, None if near else _next_wider(ask))


def nearest(ask: Sought, is_enough: Enough) -> tuple[Candidate, ...]:
    """All who may be told within some distance, the nearest first: so far that they are enough, or all; and
    whoever has helped this asker before, however far away.
    """
    at, met = Moments.of(ask), fetching.met(ask)
    if few := everybody(ask, FEW):
        return _in_order(fetching.candidates(ask, at, met, {*few, *met}, telling=True))
    found = fetching.candidates(ask, at, met, list(met), telling=True)
    seen, reached = -1.0, FIRST
    while True:
        squares = eligible.squares_of(ask, reached, seen)
        if squares is None:
            found = fetching.candidates(ask, at, met, telling=True)
        else:
            posted = glance(ask, squares, at, telling=True).people
            fresh = [each for each in posted if each not in met]
            found += fetching.candidates(ask, at, met, fresh, telling=True)
        if reached == inf or is_enough(found):
            return _in_order(found)
        seen, reached = reached, 2 * reached if 2 * reached <= MOST_RINGS else inf


def _in_order(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found, key=lambda each: (each.km, each.person_id)))


def _next_wider(ask: Sought) -> int | None:
    """The next step further away, in metres, that would reach somebody."""
    steps = steering.next_steps(ask.wider_by)
    if not steps:
        return None
    wide = replace(ask, wider_by=steps[-1])
    few = everybody(ask, FEW) or None
    found = fetching.candidates(wide, Moments.of(ask), Counter(), few, telling=True)
    beyond = [each.km * 1000 - each.reach for each in found]
    return next((each for each in steps if any(ask.wider_by < over <= each for over in beyond)), None)
