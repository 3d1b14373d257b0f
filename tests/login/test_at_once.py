"""One answer of a provider, brought by two at the same moment, counts once."""

from collections.abc import Callable
from typing import Any

import pytest

from handtag.login.actions import spending
from handtag.login.models import Spent


@pytest.mark.race
def test_one_of_them_is_first(at_once: Callable[..., list[Any]]) -> None:
    found = at_once(*[lambda: spending.is_first("state one", 60) for _turn in range(6)])
    assert sorted(found) == [False] * 5 + [True]
    assert Spent.objects.count() == 1
