"""Who could take which ask: all pairs that are near enough and meet every demand, with what each costs."""

from typing import Any, Final, NamedTuple

import numpy as np

from handtag.matching.kernels.ground import Flags, Ground, Ints, Laid, Short, fetch, sample

ALL: Final = 1 << 62  # dearer than any


class Out(NamedTuple):
    """As in `assignment.Assignment` and its duals."""

    helper: Ints
    asks: Ints
    helpers: Ints
    asks_cover: Flags
    helpers_cover: Flags


def joined(ground: Ground, col: Short, cost: Ints) -> tuple[Ints, Short, Ints]:
    """All edges in CSR form, of asks and to helpers as they lie on the ground: pointers, helpers, costs.
    There must be as much room in col and cost as `at_most` says.
    """
    count = ground.asks.shape[0]
    ptr = np.zeros(count + 1, np.int64)
    for ask in range(count):
        ptr[ask + 1] = fetch(ground, ask, ALL, col, cost, ptr[ask])
    return ptr, col[: ptr[count]], cost[: ptr[count]]


def sent_home(laid: Laid, ptr: Ints, col: Short, cost: Ints) -> tuple[Ints, Short, Ints]:
    """The same edges, of asks and to helpers in the order in which they came."""
    home = np.zeros_like(ptr)
    for k in range(laid.turn.shape[0]):
        home[laid.turn[k] + 1] = ptr[k + 1] - ptr[k]
    for ask in range(laid.turn.shape[0]):
        home[ask + 1] += home[ask]
    other, price = np.empty_like(col), np.empty_like(cost)
    for k in range(laid.turn.shape[0]):
        start = home[laid.turn[k]] - ptr[k]
        for edge in range(ptr[k], ptr[k + 1]):
            other[start + edge], price[start + edge] = laid.rows[col[edge]], cost[edge]
    return home, other, price


def told(laid: Laid, helper: Ints, duals: tuple[Ints, Ints, Flags, Flags], out: Out) -> None:
    """Write an outcome in the order in which asks and helpers came. Helpers of `out` begin with nothing; only
    who is taken has a price or covers.
    """
    for k in range(laid.turn.shape[0]):
        ask = laid.turn[k]
        out.helper[ask], out.asks[ask], out.asks_cover[ask] = -1, duals[0][k], duals[2][k]
        if helper[k] >= 0:
            row = laid.rows[helper[k]]
            out.helper[ask], out.helpers[row] = row, duals[1][helper[k]]
            out.helpers_cover[row] = duals[3][helper[k]]


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    laid, none, flag = sample(), np.full(1, -1, np.int64), np.zeros(1, np.bool_)
    functions.sent_home(laid, *functions.joined(laid.ground, np.empty(1, np.int32), np.empty(1, np.int64)))
    out = Out(none.copy(), none.copy(), none.copy(), flag.copy(), flag.copy())
    functions.told(laid, none, (none, none, flag, flag), out)
