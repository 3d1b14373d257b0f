"""Places many asks at once: as many filled as can be, and among those ways the cheapest, with a proof.

    found = assign(indptr, indices, costs, n_helpers)

Rows are asks, columns helpers; who may take what is an edge. First the largest matching is found; it splits
the graph in two (Dulmage–Mendelsohn): the asks that compete for too few helpers, solved from the helpers'
side, where each is taken; and the rest, where each ask is filled, solved from the asks' side. So every search
starts on the scarce side and is short, and no large penalty stands for an unfilled ask. `verify` checks the
outcome from the prices alone, with nothing of the code that found it.

Sources: A. Dulmage, N. Mendelsohn, Canadian J. Math. 10 (1958); D. Kőnig (1931) for the proof of size; the
two searches are named in `kernels.flow`.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from handtag.matching import compiled
from handtag.matching.kernels import flow, turns

Ints = NDArray[np.int64]
Short = NDArray[np.int32]
Flags = NDArray[np.bool_]


class BadGraph(ValueError):
    """The arrays describe no graph that can be matched; the message says where and why."""


class Duals(NamedTuple):
    """The proof. `asks` (m,) and `helpers` (n,): prices in units of cost, int64.

    `asks_cover` (m,) and `helpers_cover` (n,), bool: every edge has an end among them, and there are as many
    of them as asks filled, so that no more could be (Kőnig). Where all asks are filled, `asks_cover` is all
    True, `asks[i] + helpers[j] <= cost` on every edge, `helpers <= 0`, and the sum of both is the cost.
    """

    asks: Ints
    helpers: Ints
    asks_cover: Flags
    helpers_cover: Flags


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who takes what. helper: (m,) int64, the column of each ask's helper, -1 where none.

    cost: sum over the filled. filled: how many. gap: cost less the bound that the duals prove, in units of
    cost; 0 means that nothing filling as many asks is cheaper, and nothing fills more.
    """

    helper: Ints
    cost: int
    filled: int
    duals: Duals
    gap: int


def assign(indptr: ArrayLike, indices: ArrayLike, costs: ArrayLike, n_helpers: int) -> Assignment:
    """Fill most asks, then at the least cost.

    indptr: (m + 1,) integers, where each ask's edges begin and end. indices: (E,) integers, the helpers of
    those edges, 0…n_helpers-1, none twice for one ask. costs: (E,) integers >= 0; the longest path, at most
    (m + 1)·max(costs), must stay below 2⁶¹. Raises BadGraph. Same input, same output.

    Time grows with the edges that compete, not with all of them; memory is about 40 bytes an edge beside the
    input, and 50 a helper.
    """
    return solved(*_checked(indptr, indices, costs, n_helpers), n_helpers)


def solved(ptr: Ints, col: Short, cost: Ints, n_helpers: int) -> Assignment:
    """The same, of arrays that hold what they should."""
    run = compiled.functions(flow, len(col) + len(ptr))
    mate, back = np.full(len(ptr) - 1, -1, np.int32), np.full(n_helpers, -1, np.int32)
    scarce = run.largest(ptr, col, mate, back)
    if not scarce.any():
        found = run.cheapest(ptr, col.copy(), cost.copy(), np.arange(len(ptr) - 1, dtype=np.int32), n_helpers)
        helper, duals = found.mate, Duals(found.u, found.v, ~scarce, np.zeros(n_helpers, np.bool_))
    else:
        helper, duals = _two_parts(run, ptr, col, cost, mate, back, scarce)
    spent = int(compiled.functions(turns, len(col)).spent(ptr[:-1], ptr[1:], col, cost, helper))
    return proven(helper, spent, duals)


def proven(helper: Short, spent: int, duals: Duals) -> Assignment:
    """An outcome with what its prices prove."""
    gap = spent - int(duals.asks.sum()) - int(duals.helpers.sum())
    return Assignment(helper.astype(np.int64), spent, int((helper >= 0).sum()), duals, gap)


def _two_parts(
    run: Any, ptr: Ints, col: Short, cost: Ints, mate: Short, back: Short, scarce: Flags
) -> tuple[Short, Duals]:
    """The asks that compete for too few helpers, from the helpers' side; all other asks from theirs."""
    asks, helpers = len(mate), len(back)
    wanted = np.zeros(helpers, np.bool_)
    wanted[mate[scarce & (mate >= 0)]] = True
    other = compiled.functions(turns, len(col))
    rest = np.flatnonzero(~scarce).astype(np.int32)
    easy = run.cheapest(*other.without(ptr, col, cost, scarce, wanted), rest, helpers)
    taken = np.flatnonzero(wanted).astype(np.int32)
    hard = run.cheapest(*other.turned(ptr[:-1], ptr[1:], col, cost, scarce, helpers), taken, asks)
    helper = np.where(scarce, hard.back, easy.mate)
    return helper, Duals(easy.u + hard.v, easy.v + hard.u, ~scarce, wanted)


def _checked(
    indptr: ArrayLike, indices: ArrayLike, costs: ArrayLike, n_helpers: int
) -> tuple[Ints, Short, Ints]:
    """The arrays as they are used, or BadGraph."""
    ptr, col, cost = (
        _integers(name, each) for name, each in (("indptr", indptr), ("indices", indices), ("costs", costs))
    )
    if n_helpers < 0 or n_helpers >= 2**31:
        raise BadGraph(f"n_helpers is {n_helpers}; it must be 0 or more, and below 2³¹")
    if len(ptr) == 0 or ptr[0] != 0 or ptr[-1] != len(col):
        raise BadGraph("indptr must begin with 0 and end with the number of edges, len(indices)")
    if len(col) != len(cost):
        raise BadGraph(f"There are {len(col)} indices and {len(cost)} costs; each edge has one of both")
    falls = np.flatnonzero(np.diff(ptr) < 0)
    if len(falls):
        raise BadGraph(f"indptr falls after ask {falls[0]}: from {ptr[falls[0]]} to {ptr[falls[0] + 1]}")
    _check_edges(ptr, col, cost, n_helpers)
    return ptr, col.astype(np.int32), cost


def _integers(name: str, values: ArrayLike) -> Ints:
    array = np.asarray(values)
    if array.ndim != 1:
        raise BadGraph(f"{name} must have one dimension, and has {array.ndim}")
    if array.size and array.dtype.kind not in "iu":
        raise BadGraph(f"{name} must be integers, and is {array.dtype}")
    return np.ascontiguousarray(array, dtype=np.int64)


def _check_edges(ptr: Ints, col: Ints, cost: Ints, n_helpers: int) -> None:
    if not len(col):
        return
    for edge, what in (
        (int(col.argmin()), "below 0"),
        (int(col.argmax()), f"not below n_helpers = {n_helpers}"),
    ):
        if not 0 <= col[edge] < n_helpers:
            raise BadGraph(f"indices[{edge}] is {col[edge]}, {what}")
    if cost.min() < 0:
        raise BadGraph(f"costs[{cost.argmin()}] is {cost.min()}; costs must not be negative")
    if int(cost.max()) * (len(ptr) + 1) >= 2**61:
        raise BadGraph(f"costs[{cost.argmax()}] is {cost.max()}: sums of costs would not fit into 64 bits")
    twice = compiled.functions(turns, len(col)).first_twin(ptr, col, n_helpers)
    if twice >= 0:
        ask = int(np.searchsorted(ptr, twice, side="right")) - 1
        raise BadGraph(f"Ask {ask} has helper {col[twice]} twice, again at indices[{twice}]")


def verify(found: Assignment, indptr: ArrayLike, indices: ArrayLike, costs: ArrayLike, n_helpers: int) -> int:
    """Check an outcome from the input and its prices alone; gives back the gap, 0 for a proven optimum.

    Raises AssertionError, saying which condition fails: an edge chosen that is none, a helper taken twice, a
    cover that covers not every edge or is not as small as the matching, a price that no edge allows.
    """
    ptr, col, cost = (np.asarray(each, dtype=np.int64) for each in (indptr, indices, costs))
    asks, helpers, asks_cover, helpers_cover = found.duals
    row = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    used = found.helper[row] == col
    taken = found.helper[found.helper >= 0]
    free = np.ones(n_helpers, np.bool_)
    free[taken] = False
    conditions = {
        "each filled ask has its helper by one edge": used.sum() == len(taken) == found.filled,
        "no helper is taken twice": len(np.unique(taken)) == len(taken),
        "every edge is covered": bool((asks_cover[row] | helpers_cover[col]).all()),
        "the cover is as small as the matching is large": asks_cover.sum() + helpers_cover.sum()
        == len(taken),
        "no edge is cheaper than its prices": bool(
            (asks[row] + helpers[col] <= cost)[asks_cover[row] != helpers_cover[col]].all()
        ),
        "an ask outside the cover has no price above 0": bool((asks[~asks_cover] <= 0).all()),
        "a helper outside the cover has no price above 0": bool((helpers[~helpers_cover] <= 0).all()),
        "an ask that is left has no price": bool((asks[found.helper < 0] == 0).all()),
        "a helper who is left has no price": bool((helpers[free] == 0).all()),
    }
    for said, holds in conditions.items():
        if not holds:
            raise AssertionError(f"It does not hold that {said}")
    return int(cost[used].sum()) - int(asks.sum()) - int(helpers.sum())
