"""Shortest paths: one more source matched, or one free target's price brought to 0, with prices that stay a
proof.

R. Jonker, A. Volgenant, Computing 38 (1987), on rows read lazily; the second is the same seen from the
targets.
"""

from typing import Final

from handtag.matching.kernels.net import (
    BEGIN,
    BEYOND,
    END,
    FAR,
    Ints,
    Net,
    Pairs,
    Search,
    Short,
    Store,
    fetch_rest,
    forget,
    make_ready,
    pop,
    push,
    two_of_all,
)
from handtag.matching.kernels.turns import turned

BLOCK: Final = 4  # edges looked at before asking whether another way is shorter
NOWHERE: Final = FAR // 2  # longer than any way


def augment(net: Net, store: Store, match: Pairs, seek: Search, root: int) -> bool:
    """Pairs one more source by a shortest path; prices move so that they still prove the rest. False where
    there is no way to a free target: then all that was reached is in `seek.done`.
    """
    seek.counts[:] = 0
    seek.counts[3] = -1
    match.u[root] = two_of_all(net, store, match.v, root)[0]
    if match.u[root] == FAR:
        match.u[root] = 0
        return False
    bound = _read(net, match, seek, root, 0, NOWHERE)
    targets = match.back.shape[0]
    while seek.counts[0] > 0 and seek.key[seek.heap[0]] < bound:
        node = pop(seek)
        length = seek.key[node]
        if node >= targets:
            if seek.at[node - targets] == net.spans[node - targets, END]:
                fetch_rest(net, store, node - targets)
                seek.at[node - targets] = net.spans[node - targets, BEGIN]  # to look twice does no harm
            bound = _read_on(net, match, seek, node - targets, bound)
        else:
            seek.done[seek.counts[2]] = node
            seek.counts[2] += 1
            bound = _read(net, match, seek, match.back[node], length, bound)
    if seek.counts[3] < 0:
        forget(seek)
        return False
    match.u[root] += bound
    for k in range(seek.counts[2]):
        target = seek.done[k]
        match.v[target] -= bound - seek.key[target]
        match.u[match.back[target]] += bound - seek.key[target]
    _turn_over(match, seek, root)
    forget(seek)
    return True


def _read(net: Net, match: Pairs, seek: Search, source: int, length: int, bound: int) -> int:
    """Begin to read a source's edges, reached at this length; the length of the best way to a free target."""
    seek.at[source] = net.spans[source, BEGIN]
    seek.base[source] = length - match.u[source]
    return _read_on(net, match, seek, source, bound)


def _read_on(net: Net, match: Pairs, seek: Search, source: int, bound: int) -> int:
    """Read on while no other way is shorter; what is left of the source goes into the heap."""
    here, end, base = seek.at[source], net.spans[source, END], seek.base[source]
    rest = match.back.shape[0] + source
    while here < end:
        stop = min(here + BLOCK, end)
        make_ready(net, source, stop)
        for edge in range(here, stop):
            bound = _relax(match, seek, source, net.col[edge], base + net.cost[edge], bound)
        here = stop
        following = base + (net.spans[source, BEYOND] if here == end else net.cost[here])
        if following >= bound:
            break
        if here == end or (seek.counts[0] > 0 and seek.key[seek.heap[0]] < following):
            seek.at[source] = here
            push(seek, rest, following)
            break
    return bound


def _relax(match: Pairs, seek: Search, source: int, target: int, gross: int, bound: int) -> int:
    """A way to a target; gives back the length of the best way to a free one."""
    length: int = gross - match.v[target]
    if length >= bound or length >= seek.key[target]:
        return bound
    seek.came[target] = source
    if match.back[target] >= 0:
        push(seek, target, length)
        return bound
    if seek.key[target] == FAR:
        seek.touched[seek.counts[1]] = target
        seek.counts[1] += 1
    seek.key[target] = length
    seek.counts[3] = target
    return length


def _turn_over(match: Pairs, seek: Search, root: int) -> None:
    target = seek.counts[3]
    while True:
        source = seek.came[target]
        match.back[target] = source
        target, match.mate[source] = match.mate[source], target
        if source == root:
            return


def release_all(net: Net, match: Pairs, seek: Search) -> None:
    """Bring the price of each free target to 0, all sources being matched."""
    left = 0
    for target in range(match.back.shape[0]):
        left += match.back[target] < 0 and match.v[target] < 0
    if left == 0:
        return
    ptr, row, cost = turned(
        net.spans[:, BEGIN], net.spans[:, END], net.col, net.cost, match.mate >= 0, match.back.shape[0]
    )
    for target in range(match.back.shape[0]):
        if match.back[target] < 0 and match.v[target] < 0:
            _release(ptr, row, cost, match, seek, target)


def _release(ptr: Ints, row: Short, cost: Ints, match: Pairs, seek: Search, root: int) -> None:
    """Raise a free target's price to 0, or hand it on to whoever is first at 0 by a shortest path."""
    seek.counts[:] = 0
    bound, winner = -match.v[root], root
    push(seek, root, 0)
    while seek.counts[0] > 0 and seek.key[seek.heap[0]] < bound:
        target = pop(seek)
        seek.done[seek.counts[2]] = target
        seek.counts[2] += 1
        base = seek.key[target] - match.v[target]
        for edge in range(ptr[target], ptr[target + 1]):
            other = match.mate[row[edge]]
            length = base + cost[edge] - match.u[row[edge]]
            if other != target and length < bound and length < seek.key[other]:
                seek.came[other] = target
                push(seek, other, length)
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
    forget(seek)
