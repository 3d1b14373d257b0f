"""Quantiles of the beta and the negative binomial distribution, with NumPy alone.

The incomplete beta function by its continued fraction (W. Lentz; Abramowitz and Stegun 26.5.8), quantiles by
halving.
"""

from math import lgamma
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_lgamma: Any = np.vectorize(lgamma, otypes=[np.float64])
TINY = 1e-300


def beta_share(a: Floats, b: Floats, x: Floats) -> Floats:
    """The chance that a beta variable with a and b is at most x (the regularised incomplete beta
    function).
    """
    turned = x > (a + 1) / (a + b + 2)  # the fraction converges quickly on one side only
    p, q, z = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    inside = (z > 0) & (z < 1)
    safe = np.where(inside, z, 0.5)
    front = np.exp(_lgamma(p + q) - _lgamma(p) - _lgamma(q) + p * np.log(safe) + q * np.log1p(-safe)) / p
    value = np.where(inside, front * _fraction(p, q, safe), np.where(z <= 0, 0.0, 1.0))
    return np.where(turned, 1 - value, value)


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    c, d = np.ones_like(x), 1 / _away(1 - (a + b) * x / (a + 1))
    value = d.copy()
    for m in range(1, 200):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _away(1 + term * d), _away(1 + term / c)
            value = value * c * d
        if np.abs(c * d - 1).max(initial=0.0) < 1e-14:
            break
    return value


def _away(value: Floats) -> Floats:
    """Not quite 0."""
    return np.where(np.abs(value) < TINY, TINY, value)


def beta_quantile(a: Floats, b: Floats, share: float) -> Floats:
    """Below which a beta variable lies with that chance."""
    low, high = np.zeros_like(a), np.ones_like(a)
    for _step in range(36):
        middle = (low + high) / 2
        below = beta_share(a, b, middle) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def failures_quantile(shape: Floats, chance: Floats, share: float) -> Floats:
    """The least count that a negative binomial variable does not exceed with that chance; mean
    shape·(1-p)/p.
    """
    size, p = np.broadcast_arrays(np.asarray(shape, float), np.asarray(chance, float))
    found, term = np.full(size.shape, -1.0), p**size
    summed, count = term.copy(), 0
    while (found < 0).any() and count < 100_000:
        found = np.where((found < 0) & (summed >= share), count, found)
        term = term * (size + count) / (count + 1) * (1 - p)
        summed, count = summed + term, count + 1
    return found
