"""Matchings in a bipartite graph: the largest one, and among the largest the cheapest, with prices that prove
it.

*Sources* (each must be matched) and *targets* (at most once); edges in CSR form: those of source s are
`col[ptr[s]:ptr[s + 1]]` at `cost[…]`. Reduced cost: `cost - u[source] - v[target]`, never negative, zero on
what is matched; `v <= 0`, and 0 for a target that is free. Each source's edges are put in order of cost only
as far as the search looks, which is a few of them: `ready[s]` is how far.

Sources: J. Hopcroft, R. Karp, SIAM J. Comput. 2 (1973); R. Jonker, A. Volgenant, Computing 38 (1987), whose
augmenting row reduction and shortest augmenting paths these are, on rows read lazily.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Short = NDArray[np.int32]

FAR: Final = 1 << 62
FIRST: Final = 16  # edges of a source put in order at once
MANY: Final = 20  # coarse bids help where more than one in so many sources is left without a target
BLOCK: Final = 4  # edges looked at before asking whether another way is shorter


class Net(NamedTuple):
    """The edges, seen from the sources; the order within a source changes as `ready` grows."""

    ptr: Ints
    col: Short
    cost: Ints
    ready: Ints


class Match(NamedTuple):
    """Who is matched with whom (-1: nobody) and the prices; one entry for each source, or each target."""

    mate: Short
    back: Short
    u: Ints
    v: Ints


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


# --- a largest matching -----------------------------------------------------------------------------------


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


# --- edges in order of cost, as far as they are needed ----------------------------------------------------


def _make_ready(net: Net, source: int, upto: int) -> None:
    """Put the edges of a source in order, from the cheapest, so that position `upto` is right too."""
    end = net.ptr[source + 1]
    while net.ready[source] <= upto and net.ready[source] < end:
        start = net.ready[source]
        more = max(FIRST, start - net.ptr[source])
        stop = end if end - start <= 2 * more else start + more
        if stop < end:
            _part(net.cost, net.col, start, end - 1, stop)
        _sort(net.cost, net.col, start, stop)
        net.ready[source] = stop


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


def _push(seek: Search, node: int, key: int) -> None:
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


def _pop(seek: Search) -> int:
    """The node with the least key, taken out."""
    first = seek.heap[0]
    seek.counts[0] -= 1
    size = seek.counts[0]
    seek.place[first] = -1
    if size == 0:
        return int(first)
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
    return int(first)


# --- the cheapest matching that leaves no source out -------------------------------------------------------


def cheapest(ptr: Ints, col: Short, cost: Ints, sources: Short, targets: int) -> Match:
    """Match every one of `sources` at the least cost; such a matching must exist. Reorders col and cost.

    Sources bid for targets; where many are left, because targets are scarce, coarse bids in falling steps
    first find prices near the right ones. Then each source left is matched by a shortest path, and each
    target that was priced by a coarse bid and is free lets its price go by another.
    """
    count = ptr.shape[0] - 1
    net = Net(ptr, col, cost, ptr[:-1].copy())
    match = Match(
        np.full(count, -1, np.int32),
        np.full(targets, -1, np.int32),
        np.zeros(count, np.int64),
        np.zeros(targets, np.int64),
    )
    waiting = sources.copy()
    size = _bid_thrice(net, match, waiting, sources.shape[0])
    coarse = size * MANY > sources.shape[0]
    if coarse:
        _bid_coarsely(net, match, sources, waiting)
        size = _loosen(net, match, sources, waiting)
        size = _bid_thrice(net, match, waiting, size)
    if size == 0 and not coarse:
        return match
    seek = _search(count, targets)
    for source in waiting[:size]:
        _augment(net, match, seek, source)
    if coarse:
        _release_all(net, match, seek)
    return match


def _search(count: int, targets: int) -> Search:
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


def _bid_thrice(net: Net, match: Match, waiting: Short, size: int) -> int:
    """Each source bids for its cheapest target down to its second choice, a few times; how many are left."""
    turns = 3
    while turns > 0 and size > 0:
        turns -= 1
        size = _bidding(net, match, waiting, size)
    return size


def _bid_coarsely(net: Net, match: Match, sources: Short, waiting: Short) -> None:
    """Auctions whose least step falls: who is outbid bids again, until nobody waits or patience is out."""
    dearest = 0
    for source in sources:
        for edge in range(net.ptr[source], net.ptr[source + 1]):
            dearest = max(dearest, net.cost[edge])
    step = max(dearest // 16, 1)
    for _phase in range(3):
        size, patience = _loosen(net, match, sources, waiting), 50 * sources.shape[0]
        while size > 0 and patience > 0:
            patience -= 1
            size -= 1
            source = waiting[size]
            least, second, target, _other = _two_best(net, match, source)
            match.v[target] -= (dearest if second == FAR else second - least) + step
            outbid = match.back[target]
            match.mate[source], match.back[target] = target, source
            if outbid >= 0:
                match.mate[outbid] = -1
                waiting[size] = outbid
                size += 1
        step = max(step // 5, 1)


def _loosen(net: Net, match: Match, sources: Short, waiting: Short) -> int:
    """Give each source the price that the targets allow it, and part the pairs that it does not hold
    together.
    """
    size = 0
    for source in sources:
        match.u[source] = _two_best(net, match, source)[0]
        target = match.mate[source]
        for edge in range(net.ptr[source], net.ptr[source + 1]):
            if target >= 0 and net.col[edge] == target:
                if net.cost[edge] - match.v[target] > match.u[source]:
                    match.back[target], match.mate[source] = -1, -1
                break
        if match.mate[source] < 0:
            waiting[size] = source
            size += 1
    return size


def _bidding(net: Net, match: Match, waiting: Short, size: int) -> int:
    """One round: a displaced source bids again at once while prices fall; ties wait for the next round."""
    k, kept, patience = 0, 0, 4 * size + 1000
    while k < size:
        source = waiting[k]
        k += 1
        least, second, first_at, second_at = _two_best(net, match, source)
        if second == FAR:  # one way only: what it is worth to the others shows in the paths
            waiting[kept] = source
            kept += 1
            continue
        target = first_at
        if least == second and match.back[target] >= 0:
            target = second_at
        match.v[first_at] -= second - least
        other = match.back[target]
        match.mate[source], match.back[target], match.u[source] = target, source, second
        if other >= 0:
            match.mate[other] = -1
            patience -= 1
            if least < second and patience > 0:
                k -= 1
                waiting[k] = other
            else:
                waiting[kept] = other
                kept += 1
    return kept


def _two_best(net: Net, match: Match, source: int) -> tuple[int, int, int, int]:
    """The two least values of cost - v of a source, and the targets where they stand."""
    least, second, first_at, second_at = FAR, FAR, -1, -1
    for edge in range(net.ptr[source], net.ptr[source + 1]):
        if edge >= net.ready[source]:
            _make_ready(net, source, edge)
        if net.cost[edge] >= second:  # v is never above 0: nothing further on is better
            break
        value = net.cost[edge] - match.v[net.col[edge]]
        if value < least:
            second, second_at = least, first_at
            least, first_at = value, net.col[edge]
        elif value < second:
            second, second_at = value, net.col[edge]
    return least, second, first_at, second_at


def _augment(net: Net, match: Match, seek: Search, root: int) -> None:
    """Match one more source by a shortest path; prices move so that they still prove the rest."""
    match.u[root] = _two_best(net, match, root)[0]
    seek.counts[:] = 0
    seek.counts[3] = -1
    bound = _read(net, match, seek, root, 0, FAR)
    targets = match.back.shape[0]
    while seek.counts[0] > 0 and seek.key[seek.heap[0]] < bound:
        node = _pop(seek)
        length = seek.key[node]
        if node >= targets:
            bound = _read_on(net, match, seek, node - targets, bound)
        else:
            seek.done[seek.counts[2]] = node
            seek.counts[2] += 1
            bound = _read(net, match, seek, match.back[node], length, bound)
    match.u[root] += bound
    for k in range(seek.counts[2]):
        target = seek.done[k]
        match.v[target] -= bound - seek.key[target]
        match.u[match.back[target]] += bound - seek.key[target]
    _turn_over(match, seek, root)
    _forget(seek)


def _forget(seek: Search) -> None:
    """Make ready for the next search."""
    for k in range(seek.counts[0]):
        seek.place[seek.heap[k]] = -1
    for k in range(seek.counts[1]):
        seek.key[seek.touched[k]] = FAR


def _read(net: Net, match: Match, seek: Search, source: int, length: int, bound: int) -> int:
    """Begin to read a source's edges, reached at this length; the length of the best way to a free target."""
    seek.at[source] = net.ptr[source]
    seek.base[source] = length - match.u[source]
    return _read_on(net, match, seek, source, bound)


def _read_on(net: Net, match: Match, seek: Search, source: int, bound: int) -> int:
    """Read on while no other way is shorter; what is left of the source goes into the heap."""
    here, end, base = seek.at[source], net.ptr[source + 1], seek.base[source]
    rest = match.back.shape[0] + source
    while here < end:
        stop = min(here + BLOCK, end)
        _make_ready(net, source, stop)
        for edge in range(here, stop):
            bound = _relax(match, seek, source, net.col[edge], base + net.cost[edge], bound)
        here = stop
        if here == end or base + net.cost[here] >= bound:
            break
        following = base + net.cost[here]
        if seek.counts[0] > 0 and seek.key[seek.heap[0]] < following:
            seek.at[source] = here
            _push(seek, rest, following)
            break
    return bound


def _relax(match: Match, seek: Search, source: int, target: int, gross: int, bound: int) -> int:
    """A way to a target; gives back the length of the best way to a free one."""
    length = gross - match.v[target]
    if length >= bound or length >= seek.key[target]:
        return bound
    seek.came[target] = source
    if match.back[target] >= 0:
        _push(seek, target, length)
        return bound
    if seek.key[target] == FAR:
        seek.touched[seek.counts[1]] = target
        seek.counts[1] += 1
    seek.key[target] = length
    seek.counts[3] = target
    return int(length)


def _turn_over(match: Match, seek: Search, root: int) -> None:
    target = seek.counts[3]
    while True:
        source = seek.came[target]
        match.back[target] = source
        target, match.mate[source] = match.mate[source], target
        if source == root:
            return


# --- prices of targets that are free ----------------------------------------------------------------------


def _release_all(net: Net, match: Match, seek: Search) -> None:
    """Bring the price of each free target to 0, all sources being matched."""
    left = 0
    for target in range(match.back.shape[0]):
        left += match.back[target] < 0 and match.v[target] < 0
    if left == 0:
        return
    ptr, row, cost = turned(net.ptr, net.col, net.cost, match.mate >= 0, match.back.shape[0])
    for target in range(match.back.shape[0]):
        if match.back[target] < 0 and match.v[target] < 0:
            _release(ptr, row, cost, match, seek, target)


def _release(ptr: Ints, row: Short, cost: Ints, match: Match, seek: Search, root: int) -> None:
    """Raise a free target's price to 0, or hand it on to whoever is first at 0 by a shortest path."""
    seek.counts[:] = 0
    bound, winner = -match.v[root], root
    _push(seek, root, 0)
    while seek.counts[0] > 0 and seek.key[seek.heap[0]] < bound:
        target = _pop(seek)
        seek.done[seek.counts[2]] = target
        seek.counts[2] += 1
        base = seek.key[target] - match.v[target]
        for edge in range(ptr[target], ptr[target + 1]):
            other = match.mate[row[edge]]
            length = base + cost[edge] - match.u[row[edge]]
            if other != target and length < bound and length < seek.key[other]:
                seek.came[other] = target
                _push(seek, other, length)
                if length - match.v[other] < bound:
                    bound, winner = length - match.v[other], other
    for k in range(seek.counts[2]):
        target = seek.done[k]
        match.v[target] += bound - seek.key[target]
        if match.back[target] >= 0:
            match.u[match.back[target]] -= bound - seek.key[target]
    source, match.back[winner] = match.back[winner], -1
    while winner != root:
        winner = seek.came[winner]
        match.mate[source] = winner
        source, match.back[winner] = match.back[winner], source
    _forget(seek)


# --- other arrangements of the same edges -----------------------------------------------------------------


def turned(
    ptr: Ints, col: Short, cost: Ints, kept: NDArray[np.bool_], targets: int
) -> tuple[Ints, Short, Ints]:
    """The edges of the kept sources, in the order of their targets."""
    begin = np.zeros(targets + 1, np.int64)
    for source in range(ptr.shape[0] - 1):
        if kept[source]:
            for edge in range(ptr[source], ptr[source + 1]):
                begin[col[edge] + 1] += 1
    for target in range(targets):
        begin[target + 1] += begin[target]
    at, row, price = begin[:-1].copy(), np.empty(begin[targets], np.int32), np.empty(begin[targets], np.int64)
    for source in range(ptr.shape[0] - 1):
        if kept[source]:
            for edge in range(ptr[source], ptr[source + 1]):
                target = col[edge]
                row[at[target]], price[at[target]] = source, cost[edge]
                at[target] += 1
    return begin, row, price


def without(
    ptr: Ints, col: Short, cost: Ints, sources: NDArray[np.bool_], targets: NDArray[np.bool_]
) -> tuple[Ints, Short, Ints]:
    """The edges with neither end among those named."""
    begin, other, price, size = np.zeros_like(ptr), np.empty_like(col), np.empty_like(cost), 0
    for source in range(ptr.shape[0] - 1):
        if not sources[source]:
            for edge in range(ptr[source], ptr[source + 1]):
                if not targets[col[edge]]:
                    other[size], price[size] = col[edge], cost[edge]
                    size += 1
        begin[source + 1] = size
    return begin, other[:size], price[:size]


def spent(ptr: Ints, col: Short, cost: Ints, mate: Short) -> int:
    """The sum of the costs of the edges chosen."""
    total = 0
    for source in range(mate.shape[0]):
        for edge in range(ptr[source], ptr[source + 1]):
            if col[edge] == mate[source]:
                total += cost[edge]
    return total


def first_twin(ptr: Ints, col: Ints, targets: int) -> int:
    """The first edge whose source has the same target already, or -1."""
    seen = np.full(targets, -1, np.int32)
    for source in range(ptr.shape[0] - 1):
        for edge in range(ptr[source], ptr[source + 1]):
            if seen[col[edge]] == source:
                return edge
            seen[col[edge]] = source
    return -1


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    ptr, col = np.array([0, 2, 4], np.int64), np.array([0, 1, 0, 1], np.int32)
    mate, back = np.full(2, -1, np.int32), np.full(2, -1, np.int32)
    functions.first_twin(ptr, col.astype(np.int64), 2)
    functions.largest(ptr, col, mate, back)
    cost = np.array([1, 2, 1, 3], np.int64)
    functions.spent(ptr, col, cost, mate)
    functions.turned(ptr, col, cost, mate >= 0, 2)
    functions.without(ptr, col, cost, mate < 0, back < 0)
    functions.cheapest(ptr, col, cost, np.arange(2, dtype=np.int32), 2)
