"""Who could take which ask: all pairs that are near enough and meet every demand, with what each pair costs."""

from typing import Any, Final

import numpy as np

from handtag.matching.kernels.ground import Asks, Columns, Ground, Ints, Laid, Short, at_most, fetch, lay

ALL: Final = 1 << 62  # dearer than any


def near(columns: Columns, asks: Asks, per_km: float, per_errand: float) -> tuple[Ints, Short, Ints]:
    """All edges in CSR form, those of an ask in the order of the squares: pointers, helpers, costs."""
    laid = lay(columns, asks, per_km, per_errand)
    ptr, col, cost = joined(laid.ground)
    return _sent_home(laid, ptr, col, cost)


def joined(ground: Ground) -> tuple[Ints, Short, Ints]:
    """The same, of asks and to helpers as they lie on the ground."""
    count, most = ground.asks.shape[0], at_most(ground)
    ptr, col, cost = np.zeros(count + 1, np.int64), np.empty(most, np.int32), np.empty(most, np.int64)
    for ask in range(count):
        ptr[ask + 1] = fetch(ground, ask, ALL, col, cost, ptr[ask])
    return ptr, col[: ptr[count]], cost[: ptr[count]]


def _sent_home(laid: Laid, ptr: Ints, col: Short, cost: Ints) -> tuple[Ints, Short, Ints]:
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


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    none, floats = np.empty(0, np.uint64), np.ones(1)
    columns = Columns(
        floats, floats, floats, floats, np.empty(0, np.bool_), none, none, np.empty((0, 3), np.uint64)
    )
    asks = Asks(np.ones((1, 3)), np.zeros((1, 5), np.uint64))
    functions.near(columns, asks, 150.0, 120.0)
    functions.joined(functions.lay(columns, asks, 150.0, 120.0).ground)
