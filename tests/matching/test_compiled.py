"""Compiled kernels: never loaded for small inputs, nor missed where there is no Numba; kept by edition."""

import subprocess
import sys

import numpy as np

from handtag.matching import assignment, compiled
from handtag.matching.kernels import flow
from tests.house.ground import ROOT

SMALL = """
import sys
import numpy as np
from handtag.matching import assignment, balance, edges, ranking
pool = ranking.Pool(np.zeros((1, 2), np.uint64), *(np.ones(1) for _ in range(2)), np.ones(1, np.uint64),
                    *(np.ones(1) for _ in range(3)))
ranking.rank(ranking.Wanted(1.0, 1.0), ranking.index(pool), 3)
assert assignment.assign(*edges.near(edges.Asks(np.ones(1), np.ones(1)), pool), 1).filled == 1
assert not {"numba", "scipy", "ortools"} & set(sys.modules)
"""


def test_small_inputs_load_no_compiler():
    subprocess.run([sys.executable, "-c", SMALL], cwd=ROOT, check=True)


def test_without_numba_large_inputs_are_answered_too(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    compiled._twin.cache_clear()
    try:
        assert compiled.functions(flow, compiled.SMALL + 1) is flow
        count = compiled.SMALL + 1
        found = assignment.assign(np.arange(count + 1), np.arange(count), np.ones(count, int), count)
        assert (found.filled, found.gap) == (count, 0)
    finally:
        compiled._twin.cache_clear()


def test_the_edition_is_of_all_kernels_together():
    assert compiled._edition() == compiled._edition()
    assert len(compiled._edition()) == 8
