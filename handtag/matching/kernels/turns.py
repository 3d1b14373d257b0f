"""The same edges otherwise arranged, and what can be read off them in one pass."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from handtag.matching.kernels.net import Ints, Short


def turned(
    start: Ints, stop: Ints, col: Short, cost: Ints, kept: NDArray[np.bool_], targets: int
) -> tuple[Ints, Short, Ints]:
    """The edges of the kept sources, each from start to stop, in the order of their targets."""
    begin = np.zeros(targets + 1, np.int64)
    for source in range(start.shape[0]):
        if kept[source]:
            for edge in range(start[source], stop[source]):
                begin[col[edge] + 1] += 1
    for target in range(targets):
        begin[target + 1] += begin[target]
    at, row, price = begin[:-1].copy(), np.empty(begin[targets], np.int32), np.empty(begin[targets], np.int64)
    for source in range(start.shape[0]):
        if kept[source]:
            for edge in range(start[source], stop[source]):
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


def spent(start: Ints, stop: Ints, col: Short, cost: Ints, mate: Short) -> int:
    """The sum of the costs of the edges chosen."""
    total = 0
    for source in range(mate.shape[0]):
        for edge in range(start[source], stop[source]):
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
    ptr, col, cost = np.array([0, 1], np.int64), np.zeros(1, np.int32), np.ones(1, np.int64)
    mate, kept = np.zeros(1, np.int32), np.ones(1, np.bool_)
    functions.first_twin(ptr, col.astype(np.int64), 1)
    functions.spent(ptr[:-1], ptr[1:], col, cost, mate)
    functions.turned(ptr[:-1], ptr[1:], col, cost, kept, 1)
    functions.without(ptr, col, cost, ~kept, ~kept)
