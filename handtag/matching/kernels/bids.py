"""Sources bid for targets: quickly to prices near the right ones, for most sources to the right target.

Exact bids are the augmenting row reduction of R. Jonker and A. Volgenant, Computing 38 (1987); coarse ones,
in falling steps, are the auction of D. Bertsekas, Annals of OR 14 (1988).
"""

from handtag.matching.kernels.net import BEGIN, END, FAR, MORE, Net, Pairs, Short, Store, fetch_rest, two_best


def bid_thrice(net: Net, store: Store, match: Pairs, waiting: Short, size: int) -> int:
    """Each source bids for its cheapest target down to its second choice, a few times; how many are left."""
    turns = 3
    while turns > 0 and size > 0:
        turns -= 1
        size = _bidding(net, store, match, waiting, size)
    return size


def _bidding(net: Net, store: Store, match: Pairs, waiting: Short, size: int) -> int:
    """One round: a displaced source bids again at once while prices fall; ties wait for the next round."""
    k, kept, patience = 0, 0, 4 * size + 1000
    while k < size:
        source = waiting[k]
        k += 1
        least, second, first_at, second_at = two_best(net, match.v, source)
        if first_at == MORE:
            fetch_rest(net, store, source)
            k -= 1
            continue
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


def bid_coarsely(net: Net, match: Pairs, sources: Short, waiting: Short) -> None:
    """Auctions whose least step falls: who is outbid bids again, until nobody waits or patience is out."""
    dearest = 0
    for source in sources:
        for edge in range(net.spans[source, BEGIN], net.spans[source, END]):
            dearest = max(dearest, net.cost[edge])
    step = max(dearest // 16, 1)
    for _phase in range(3):
        size, patience = loosen(net, match, sources, waiting), 50 * sources.shape[0]
        while size > 0 and patience > 0:
            patience -= 1
            size -= 1
            source = waiting[size]
            least, second, target, _other = two_best(net, match.v, source)
            match.v[target] -= (dearest if second == FAR else second - least) + step
            outbid = match.back[target]
            match.mate[source], match.back[target] = target, source
            if outbid >= 0:
                match.mate[outbid] = -1
                waiting[size] = outbid
                size += 1
        step = max(step // 5, 1)


def loosen(net: Net, match: Pairs, sources: Short, waiting: Short) -> int:
    """Give each source the price that the targets allow it, and part the pairs that it does not hold
    together.
    """
    size = 0
    for source in sources:
        match.u[source] = two_best(net, match.v, source)[0]
        target = match.mate[source]
        for edge in range(net.spans[source, BEGIN], net.spans[source, END]):
            if target >= 0 and net.col[edge] == target:
                if net.cost[edge] - match.v[target] > match.u[source]:
                    match.back[target], match.mate[source] = -1, -1
                break
        if match.mate[source] < 0:
            waiting[size] = source
            size += 1
    return size
