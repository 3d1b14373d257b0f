"""What one ask costs among many helpers: the index against reading all columns, in CPU time of this
process.
"""

import time

import numpy as np

from bench import _country, _picture
from handtag.matching import compiled, ranking
from handtag.matching.postings import Index
from tools.ground import ROOT

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BEST, ASKS, SCANS = 20, 500, 40


def main() -> int:
    """Print the table and draw the picture."""
    print(f"The kernels are compiled or loaded: {compiled.warm():.1f} s\n")
    print(
        "| helpers | index, µs, p50 | p99 | columns, µs, p50 | p99 | columns/index | index, MB | made in, s |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    quick, slow = [], []
    for size in SIZES:
        pool = _country.helpers(size)
        begun = time.thread_time()
        shelf, made = ranking.index(pool), time.thread_time() - begun
        asks = _country.wanted(pool, ASKS)
        one = times(shelf, asks)
        other = times(pool, asks[:SCANS])
        for ask in asks[:SCANS]:
            same = ranking.rank(ask, shelf, BEST).rows == ranking.rank(ask, pool, BEST).rows
            assert same.all()
        (a, b), (c, d) = np.percentile(one, (50, 99)), np.percentile(other, (50, 99))
        row = (f"{size:,}", f"{a:.0f}", f"{b:.0f}", f"{c:.0f}", f"{d:.0f}", f"{c / a:.0f}")
        print(f"| {' | '.join(row)} | {shelf.nbytes / 1e6:.1f} | {made:.1f} |", flush=True)
        quick.append((float(size), float(a)))
        slow.append((float(size), float(c)))
    file = ROOT / "docs" / "cost-of-ranking.svg"
    lines = {"index": quick, "all columns": slow}
    _picture.draw(file, "The best 20 for one ask", "helpers", "µs of CPU", lines)
    return 0


def times(where: ranking.Pool | Index, asks: list[ranking.Wanted]) -> list[float]:
    """Microseconds of CPU for each ask: the least of three rounds, as others work here too."""
    for ask in asks[:20]:
        ranking.rank(ask, where, BEST)
    found = [float("inf")] * len(asks)
    for _round in range(3):
        for place, ask in enumerate(asks):
            begun = time.thread_time()
            ranking.rank(ask, where, BEST)
            found[place] = min(found[place], (time.thread_time() - begun) * 1e6)
    return found
