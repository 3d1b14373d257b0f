"""Helpers and asks of a made-up country, to measure matching by: towns of many sizes, seeded."""

from typing import Any

import numpy as np

from handtag.matching.edges import Asks
from handtag.matching.ranking import Pool, Wanted

SERVICES = 12


def helpers(count: int, seed: int = 0) -> Pool:
    """Towns of falling size in 240 × 330 km, a quarter of the people for each of twelve services, reach 1–20
    km.
    """
    random = np.random.default_rng(seed)
    longitude, latitude = _places(count, random)
    bits = random.integers(-(2**63), 2**63 - 1, (2, count, 3))
    services = random.integers(0, 2**SERVICES, (2, count))
    return Pool(
        ids=random.integers(0, 2**63, (count, 2)).astype(np.uint64),
        longitude=longitude,
        latitude=latitude,
        languages=1 + 2 * (random.random(count) < 0.2).astype(np.uint64),
        answers=random.beta(2, 3, count),
        load=random.poisson(1.5, count).astype(np.float64),
        idle=random.exponential(200, count),
        services=(services[0] & services[1]).astype(np.uint64),
        reach=random.choice([1.0, 2.0, 5.0, 10.0, 20.0], count, p=[0.15, 0.3, 0.35, 0.15, 0.05]),
        hours=(bits[0] | bits[1]).view(np.uint64),
        active=random.random(count) < 0.95,
    )


def _places(count: int, random: Any) -> tuple[Any, Any]:
    towns = max(1, count // 4000)
    size = 1 / np.arange(1, towns + 1) ** 0.8
    town = random.choice(towns, count, p=size / size.sum())
    spread = (random.uniform(2, 7, towns) * (size / size.max()) ** 0.3)[town]
    middle = random.uniform((12.5, 56.0), (16.5, 59.0), (towns, 2))[town]
    return middle[:, 0] + random.normal(size=count) * spread / 60, middle[:, 1] + random.normal(
        size=count
    ) * spread / 111


def wanted(pool: Pool, count: int, seed: int = 1) -> list[Wanted]:
    """Asks where people live: a service, an hour of the week, a language that must be common."""
    random, found = np.random.default_rng(seed), []
    for row in random.integers(0, len(pool), count):
        hour, hours = int(random.integers(0, 168)), [0, 0, 0]
        hours[hour // 64] |= 1 << (hour % 64)
        found.append(
            Wanted(
                float(pool.longitude[row] + random.normal() * 0.01),
                float(pool.latitude[row] + random.normal() * 0.005),
                languages=3,
                first=int(random.choice([1, 2])),
                service=1 << int(random.integers(SERVICES)),
                demanded=3,
                hours=(hours[0], hours[1], hours[2]),
            )
        )
    return found


SIDE = 250.0  # km


def square(asks: int, count: int, near: float, seed: int = 0) -> tuple[Asks, Pool]:
    """Asks and helpers evenly over a square of 250 km, each ask with about `near` helpers in reach of it."""
    random = np.random.default_rng(seed)
    points = [random.random((each, 2)) * SIDE for each in (count, asks)]
    (x, y), (u, v) = ((13 + each[:, 0] / 60.0, 56 + each[:, 1] / 111.2) for each in points)
    pool = Pool(
        ids=np.column_stack((np.zeros(count, np.uint64), np.arange(count, dtype=np.uint64))),
        longitude=x,
        latitude=y,
        languages=np.ones(count, np.uint64),
        answers=np.full(count, 0.5),
        load=random.integers(0, 8, count).astype(np.float64),
        idle=np.full(count, 100.0),
        reach=np.full(count, SIDE * float(np.sqrt(near / count / np.pi))),
    )
    return Asks(u, v), pool
