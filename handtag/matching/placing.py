"""Places many asks at once from columns, without making the edges that nobody needs.

    found = place(asks, pool)

It is what `assignment.assign` finds on all edges of `edges.near`: as many filled, at the same cost, with
prices that prove it on all of them. Helpers are laid out on a grid; each ask first has its few cheapest edges
and a bound that none of its others undercuts, and the rest is fetched where a price or a search comes to the
bound (`kernels.lazily`). An ask whose price is at most its bound proves its unmade edges: the price of a
helper is never above 0. Where helpers are scarce nearly all edges count, and all are made at once.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from handtag.matching import compiled, edges
from handtag.matching.assignment import Assignment, BadGraph, Duals, assign, proven, solved
from handtag.matching.kernels import flow, ground, joining, lazily, net, turns
from handtag.matching.ranking import Pool

SPARE: Final = 48  # room for so many edges an ask; where more are wanted, all are made at once


def place(
    asks: edges.Asks, pool: Pool, *, per_km: float = edges.PER_KM, per_errand: float = edges.PER_ERRAND
) -> Assignment:
    """The same as `assign(*edges.near(asks, pool), len(pool))`, as many filled at the same cost and proven on
    the same edges, most of which are never made where helpers are ample.

    What a pool cannot tell (who is blocked or booked) it cannot leave out: use those two where there is such.
    Raises BadGraph. Same input, same output; of outcomes that cost the same it may be
    another than `assign`'s.
    """
    if not len(asks) or not len(pool):
        return assign(np.zeros(len(asks) + 1, np.int64), [], [], len(pool))
    _check_prices(asks, pool, per_km, per_errand)
    laid = edges.laid(asks, pool, per_km, per_errand)
    there = len(laid.rows)
    if _may_be_ample(there, len(asks)):
        room = np.empty(SPARE * len(asks), np.int32), np.empty(SPARE * len(asks), np.int64)
        run = compiled.functions(lazily, len(asks) + len(pool))
        found = run.lazily(laid.ground, room, net.pairs(len(asks), there), net.search(len(asks), there))
        if found.whole:
            return _home(_seen(found), asks, pool, laid)
    return _home(solved(*edges.joined(asks, pool, laid), there), asks, pool, laid)


def _may_be_ample(helpers: int, asks: int) -> bool:
    return helpers >= asks


def _seen(found: lazily.Found) -> Assignment:
    """The outcome of a lazy search, when those who compete for too few helpers are placed too."""
    match, spans, (col, cost) = found.match, found.net.spans, found.net[1:]
    if found.scarce.any():
        _place_scarce(found)
    other = compiled.functions(turns, len(col))
    spent = int(other.spent(spans[:, net.BEGIN], spans[:, net.END], col, cost, match.mate))
    return proven(match.mate, spent, Duals(match.u, match.v, ~found.scarce, found.wanted))


def _place_scarce(found: lazily.Found) -> None:
    """Pair those whom a lazy search has set aside, from the helpers' side, each of whom is taken."""
    asks, helpers = np.flatnonzero(found.scarce), np.flatnonzero(found.wanted).astype(np.int32)
    spans, (col, cost) = found.net.spans[asks], found.net[1:]
    count = spans[:, net.END] - spans[:, net.BEGIN]
    edge = np.repeat(spans[:, net.END] - np.cumsum(count), count) + np.arange(count.sum())
    helper, ask = np.searchsorted(helpers, col[edge]), np.repeat(np.arange(len(asks), dtype=np.int32), count)
    order = np.argsort(helper, kind="stable")
    ptr = np.searchsorted(helper[order], np.arange(len(helpers) + 1))
    every = np.arange(len(helpers), dtype=np.int32)
    run = compiled.functions(flow, len(edge))
    hard = run.cheapest(ptr, ask[order], cost[edge][order], every, len(asks))
    found.match.mate[asks] = -1
    found.match.mate[asks[hard.mate]] = helpers
    found.match.u[asks], found.match.v[helpers] = hard.v, hard.u


def _home(local: Assignment, asks: edges.Asks, pool: Pool, laid: ground.Laid) -> Assignment:
    """An outcome in the order in which asks and helpers came."""
    many, every = (len(asks), len(pool))
    out = joining.Out(
        np.empty(many, np.int64),
        np.empty(many, np.int64),
        np.full(every, 0, np.int64),
        np.empty(many, np.bool_),
        np.zeros(every, np.bool_),
    )
    compiled.functions(joining, many + every).told(laid, local.helper, tuple(local.duals), out)
    return replace(local, helper=out.helper, duals=Duals(*out[1:]))


def _check_prices(asks: edges.Asks, pool: Pool, per_km: float, per_errand: float) -> None:
    """BadGraph where an edge might cost less than nothing, or more than can be summed."""
    reach = ground.FARTHEST if pool.reach is None else float(pool.reach.max())
    wider = 0.0 if asks.wider is None else float(asks.wider.max())
    if not (per_km >= 0 and per_errand >= 0 and pool.load.min() >= 0):
        raise BadGraph("A km, an errand and a load must not be below 0, and must be numbers")
    dearest = per_km * max(reach + wider, 0.0) + per_errand * float(pool.load.max())
    if not dearest * (len(asks) + 1) < 2**61:
        raise BadGraph(f"An edge may cost {dearest:.0f}: sums of costs would not fit into 64 bits")
