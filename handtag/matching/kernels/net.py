"""The graph as the searches for a cheapest matching see it: rows read lazily, and a heap that knows its
nodes.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handtag.matching.kernels.ground import Ground, fetch

Ints = NDArray[np.int64]
Short = NDArray[np.int32]

FAR: Final = 1 << 62
BEGIN: Final = 0
END: Final = 1
READY: Final = 2
BEYOND: Final = 3
MORE: Final = -2
FIRST: Final = 16  # edges of a source put in order at once


class Net(NamedTuple):
    """The edges, seen from the sources. spans (m, 4), of each source: where its edges BEGIN and END; up to
    where they are READY, that is in order; and BEYOND, what no edge that is still to be fetched costs less
    than (FAR: all are there).
    """

    spans: Ints
    col: Short
    cost: Ints


class Store(NamedTuple):
    """Where edges are fetched from. used: how much of col and cost is, and whether they were too small."""

    ground: Ground
    used: Ints


class Pairs(NamedTuple):
    """Who is matched with whom (-1: nobody) and the prices; one entry for each source, or each target."""

    mate: Short
    back: Short
    u: Ints
    v: Ints


def pairs(count: int, targets: int) -> Pairs:
    """Nobody is matched and nobody has a price."""
    mate, back = np.full(count, -1, np.int32), np.full(targets, -1, np.int32)
    return Pairs(mate, back, np.full(count, 0, np.int64), np.full(targets, 0, np.int64))


class Search(NamedTuple):
    """A search for a shortest path. Nodes 0…T-1 are targets, T+s is the rest of the edges of source s.

    key: length of the shortest way found so far. heap, place: a binary heap of nodes and where each stands.
    came: the source from which a target was reached. at, base: how far source s is read, and its length less
    u. lists: nodes touched and targets done; counts: size of heap, touched, done; and the best free target.
    """

    key: Ints
    heap: Short
    place: Short
    came: Short
    at: Ints
    base: Ints
    touched: Short
    done: Short
    counts: Ints


def search(count: int, targets: int) -> Search:
    nodes = count + targets
    return Search(
        np.full(nodes, FAR, np.int64),
        np.empty(nodes, np.int32),
        np.full(nodes, -1, np.int32),
        np.empty(targets, np.int32),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(nodes, np.int32),
        np.empty(targets, np.int32),
        np.zeros(4, np.int64),
    )


# --- edges fetched when one of them might be wanted -------------------------------------------------------


def fetch_rest(net: Net, store: Store, source: int) -> None:
    """Fetch all edges of a source, to where there is room."""
    start = store.used[0]
    stop = fetch(store.ground, source, FAR, net.col, net.cost, start)
    if stop < 0:
        store.used[1] = 1
    else:
        net.spans[source, BEGIN], net.spans[source, END], net.spans[source, READY] = start, stop, start
        store.used[0] = stop
    net.spans[source, BEYOND] = FAR


# --- edges in order of cost, as far as they are needed ----------------------------------------------------


def make_ready(net: Net, source: int, upto: int) -> None:
    """Put the edges of a source in order, from the cheapest, so that position `upto` is right too."""
    end = net.spans[source, END]
    while net.spans[source, READY] <= upto and net.spans[source, READY] < end:
        start = net.spans[source, READY]
        more = max(FIRST, start - net.spans[source, BEGIN])
        stop = end if end - start <= 2 * more else start + more
        if stop < end:
            _part(net.cost, net.col, start, end - 1, stop)
        _sort(net.cost, net.col, start, stop)
        net.spans[source, READY] = stop


def _part(cost: Ints, col: Short, low: int, high: int, place: int) -> None:
    """Swap entries low…high until those before `place` are no dearer than those from it on (Hoare)."""
    while low < high:
        pivot = cost[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while cost[i] < pivot:
                i += 1
            while cost[j] > pivot:
                j -= 1
            if i <= j:
                cost[i], cost[j] = cost[j], cost[i]
                col[i], col[j] = col[j], col[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            return


def _sort(cost: Ints, col: Short, start: int, stop: int) -> None:
    """Sort entries start…stop-1 by cost (Shell's sort: short stretches, in place)."""
    gap = 1
    while gap < (stop - start) // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for here in range(start + gap, stop):
            price, target, i = cost[here], col[here], here
            while i >= start + gap and cost[i - gap] > price:
                cost[i], col[i] = cost[i - gap], col[i - gap]
                i -= gap
            cost[i], col[i] = price, target
        gap //= 3


# --- a heap that knows where each node stands -------------------------------------------------------------


def push(seek: Search, node: int, key: int) -> None:
    """Put a node into the heap, or move it up, at a key below the one it has."""
    if seek.key[node] == FAR:
        seek.touched[seek.counts[1]] = node
        seek.counts[1] += 1
    seek.key[node] = key
    i = seek.place[node]
    if i < 0:
        i = seek.counts[0]
        seek.counts[0] += 1
    while i > 0:
        above = seek.heap[(i - 1) >> 1]
        if seek.key[above] <= key:
            break
        seek.heap[i] = above
        seek.place[above] = i
        i = (i - 1) >> 1
    seek.heap[i] = node
    seek.place[node] = i


def pop(seek: Search) -> int:
    """The node with the least key, taken out."""
    first: int = seek.heap[0]
    seek.counts[0] -= 1
    size = seek.counts[0]
    seek.place[first] = -1
    if size == 0:
        return first
    node, i = seek.heap[size], 0
    key = seek.key[node]
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and seek.key[seek.heap[child + 1]] < seek.key[seek.heap[child]]:
            child += 1
        if seek.key[seek.heap[child]] >= key:
            break
        seek.heap[i] = seek.heap[child]
        seek.place[seek.heap[i]] = i
        i = child
    seek.heap[i] = node
    seek.place[node] = i
    return first


def forget(seek: Search) -> None:
    """Make ready for the next search."""
    for k in range(seek.counts[0]):
        seek.place[seek.heap[k]] = -1
    for k in range(seek.counts[1]):
        seek.key[seek.touched[k]] = FAR


def two_best(net: Net, v: Ints, source: int) -> tuple[int, int, int, int]:
    """The two least values of cost - v of a source, and the targets where they stand (-1: nowhere); or MORE
    as the first of these, where edges must be fetched before it is known.
    """
    least, second, first_at, second_at = FAR, FAR, -1, -1
    ready = net.spans[source, READY]
    for edge in range(net.spans[source, BEGIN], net.spans[source, END]):
        if edge >= ready:
            make_ready(net, source, edge)
            ready = net.spans[source, READY]
        if net.cost[edge] >= second:  # v is never above 0: nothing further on is better
            return least, second, first_at, second_at
        value = net.cost[edge] - v[net.col[edge]]
        if value < least:
            second, second_at = least, first_at
            least, first_at = value, net.col[edge]
        elif value < second:
            second, second_at = value, net.col[edge]
    if net.spans[source, BEYOND] < second:
        return FAR, FAR, MORE, -1
    return least, second, first_at, second_at


def two_of_all(net: Net, store: Store, v: Ints, source: int) -> tuple[int, int, int, int]:
    """The same, when what is needed has been fetched."""
    found = two_best(net, v, source)
    if found[2] == MORE:
        fetch_rest(net, store, source)
        found = two_best(net, v, source)
    return found
