"""Matchings in a bipartite graph: the largest one, and among the largest the cheapest, with prices that prove
it.

*Sources* (each must be matched) and *targets* (at most once); edges in CSR form: those of source s are
`col[ptr[s]:ptr[s + 1]]` at `cost[…]`. Reduced cost: `cost - u[source] - v[target]`, never negative, zero on
what is matched; `v <= 0`, and 0 for a target that is free. Each source's edges are put in order of cost only
as far as the search looks, which is a few of them: `ready[s]` is how far.

Sources: J. Hopcroft, R. Karp, SIAM J. Comput. 2 (1973); R. Jonker, A. Volgenant, Computing 38 (1987), whose
augmenting row reduction and shortest augmenting paths these are, on rows read lazily.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from handtag.matching.kernels.bids import bid_coarsely, bid_thrice, loosen
from handtag.matching.kernels.ground import nothing
from handtag.matching.kernels.net import (
    BEGIN,
    BEYOND,
    END,
    FAR,
    READY,
    Ints,
    Net,
    Pairs,
    Short,
    Store,
    pairs,
    search,
)
from handtag.matching.kernels.paths import augment, release_all

MANY: Final = 20  # coarse bids help where more than one in so many sources is left without a target


def largest(ptr: Ints, col: Short, mate: Short, back: Short) -> NDArray[np.bool_]:
    """Make mate and back a largest matching; gives back which sources an unmatched one reaches by
    alternating.
    """
    count = mate.shape[0]
    level, queue, at = np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.int64)
    stack = np.empty(count, np.int32)
    _greedy(ptr, col, mate, back)
    while _levels(ptr, col, mate, back, level, queue):
        at[:] = ptr[:-1]
        for source in range(count):
            if mate[source] < 0:
                _deepen(ptr, col, mate, back, level, at, stack, source)
    return level >= 0


def _greedy(ptr: Ints, col: Short, mate: Short, back: Short) -> None:
    for source in range(mate.shape[0]):
        for edge in range(ptr[source], ptr[source + 1]):
            if back[col[edge]] < 0:
                mate[source], back[col[edge]] = col[edge], source
                break


def _levels(ptr: Ints, col: Short, mate: Short, back: Short, level: Short, queue: Short) -> bool:
    """Layers of alternating paths from all unmatched sources; whether a free target is at the end of one."""
    size = 0
    for source in range(mate.shape[0]):
        level[source] = -1
        if mate[source] < 0:
            level[source] = 0
            queue[size] = source
            size += 1
    first, found, deepest = 0, False, mate.shape[0] + 1
    while first < size and level[queue[first]] < deepest:
        source = queue[first]
        first += 1
        for edge in range(ptr[source], ptr[source + 1]):
            other = back[col[edge]]
            if other < 0:
                found, deepest = True, level[source] + 1
            elif level[other] < 0:
                level[other] = level[source] + 1
                queue[size] = other
                size += 1
    return found


def _deepen(
    ptr: Ints, col: Short, mate: Short, back: Short, level: Short, at: Ints, stack: Short, root: int
) -> None:
    """Follow the layers from one unmatched source to a free target, if there is one, and turn the path
    over.
    """
    depth = 0
    stack[0] = root
    while depth >= 0:
        source = stack[depth]
        if at[source] >= ptr[source + 1]:
            level[source] = -2
            depth -= 1
            continue
        target = col[at[source]]
        at[source] += 1
        other = back[target]
        if other < 0:
            for step in range(depth, -1, -1):
                one = stack[step]
                target, mate[one] = mate[one], target
                back[mate[one]] = one
            return
        if level[other] == level[source] + 1:
            depth += 1
            stack[depth] = other


def cheapest(ptr: Ints, col: Short, cost: Ints, sources: Short, targets: int) -> Pairs:
    """Pairs every one of `sources` at the least cost; such a matching must exist. Reorders col and cost.

    Sources bid for targets; where many are left, because targets are scarce, coarse bids in falling steps
    first find prices near the right ones. Then each source left is matched by a shortest path, and each
    target that was priced by a coarse bid and is free lets its price go by another.
    """
    count = ptr.shape[0] - 1
    net, store = Net(_spans(ptr), col, cost), Store(nothing(), np.zeros(2, np.int64))
    match = pairs(count, targets)
    waiting = sources.copy()
    size = bid_thrice(net, store, match, waiting, sources.shape[0])
    coarse = size * MANY > sources.shape[0]
    if coarse:
        bid_coarsely(net, match, sources, waiting)
        size = loosen(net, match, sources, waiting)
        size = bid_thrice(net, store, match, waiting, size)
    if size == 0 and not coarse:
        return match
    seek = search(count, targets)
    for source in waiting[:size]:
        augment(net, store, match, seek, source)
    if coarse:
        release_all(net, match, seek)
    return match


def _spans(ptr: Ints) -> Ints:
    """All edges are there, none of them in order."""
    spans = np.empty((ptr.shape[0] - 1, 4), np.int64)
    spans[:, BEGIN], spans[:, END], spans[:, READY], spans[:, BEYOND] = ptr[:-1], ptr[1:], ptr[:-1], FAR
    return spans


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    ptr, col = np.array([0, 2, 4], np.int64), np.array([0, 1, 0, 1], np.int32)
    functions.largest(ptr, col, np.full(2, -1, np.int32), np.full(2, -1, np.int32))
    functions.cheapest(ptr, col, np.array([1, 2, 1, 3], np.int64), np.arange(2, dtype=np.int32), 2)
