"""A cheapest matching whose edges are fetched from the ground only where one of them might be wanted.

Each ask first has its few cheapest edges, and a bound: none of the others costs less. Bids and searches that
come to the bound fetch the rest of that ask. So at the end prices hold on edges that were never made: an ask
whose price is at most its bound, and helpers whose prices are at most 0, leave no edge cheaper than its
prices. Where a search finds no free helper, it has seen all edges of the asks that it reached: they compete
for too few, and with their helpers they are left to be solved from the other side.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handtag.matching.kernels.bids import bid_thrice
from handtag.matching.kernels.ground import Ground, Ints, Short, fetch, sample
from handtag.matching.kernels.net import (
    BEGIN,
    BEYOND,
    END,
    FAR,
    READY,
    Net,
    Pairs,
    Search,
    Store,
    pairs,
    search,
)
from handtag.matching.kernels.paths import augment

Flags = NDArray[np.bool_]

FEW: Final = 5  # edges an ask should have to begin with, and its bound rises; or falls, where it has ENOUGH
ENOUGH: Final = 9
MANY: Final = 20  # helpers are ample where no more than one in so many asks is left after the first bids


class Found(NamedTuple):
    """The edges fetched; the pairs, but for those parts that are left: asks that compete, helpers they
    compete for; and whether it came to an end.
    """

    net: Net
    match: Pairs
    scarce: Flags
    wanted: Flags
    whole: bool


def lazily(ground: Ground, room: tuple[Short, Ints], match: Pairs, seek: Search) -> Found:
    """Pair all asks that need not compete for too few helpers, at the least cost. Edges go into `room`."""
    count, targets = ground.asks.shape[0], ground.place.shape[0]
    store, waiting = Store(ground, np.zeros(2, np.int64)), np.arange(count).astype(np.int32)
    net = _first(store, room[0], room[1])
    scarce, wanted = np.zeros(count, np.bool_), np.zeros(targets, np.bool_)
    size = bid_thrice(net, store, match, waiting, count)
    if size * MANY > count or store.used[1] > 0:
        return Found(net, match, scarce, wanted, False)
    for source in waiting[:size]:
        if not augment(net, store, match, seek, source):
            _close(match, seek, source, scarce, wanted)
    match.v[wanted] = 0
    return Found(net, match, scarce, wanted, store.used[1] == 0)


def _first(store: Store, col: Short, cost: Ints) -> Net:
    """The few cheapest edges of each ask: those below a bound that follows how many there are around."""
    ground, size = store.ground, 0
    count = ground.asks.shape[0]
    spans = np.empty((count, 4), np.int64)
    dearest = int(ground.numbers[4] * max(ground.numbers[5], 1.0)) + 1000
    bound = dearest
    for ask in range(count):
        stop = fetch(ground, ask, bound, col, cost, size)
        if stop < 0:
            store.used[1], stop = 1, size
        spans[ask, BEGIN], spans[ask, READY], spans[ask, END], spans[ask, BEYOND] = size, size, stop, bound
        if stop - size < FEW:
            bound = min(bound + bound // 16 + 1, 4 * dearest)
        elif stop - size > ENOUGH:
            bound -= bound // 16
        size = stop
    store.used[0] = size
    return Net(spans, col, cost)


def _close(match: Pairs, seek: Search, root: int, scarce: Flags, wanted: Flags) -> None:
    """Set aside all asks that the search from a root has reached, and their helpers, to whom there is no way
    any more.
    """
    scarce[root] = True
    for k in range(seek.counts[2]):
        target = seek.done[k]
        scarce[match.back[target]], wanted[target], match.v[target] = True, True, -FAR


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    room = np.empty(9, np.int32), np.empty(9, np.int64)
    functions.lazily(sample().ground, room, pairs(1, 1), search(1, 1))
