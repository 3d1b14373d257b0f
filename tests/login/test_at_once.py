"""What two bring or want at the same moment counts once: an answer of a provider, a key towards it."""

from collections.abc import Callable
from typing import Any

import pytest

from handtag.kernel.errors import Problem
from handtag.login.actions import renew_key, save_provider, spending, turn_keys
from handtag.login.models import DirectoryKey, Spent
from tests.login.conftest import Town
from tests.login.office import saml_wish


@pytest.mark.race
def test_one_of_them_is_first(at_once: Callable[..., list[Any]]) -> None:
    found = at_once(*[lambda: spending.is_first("state one", 60) for _turn in range(6)])
    assert sorted(found) == [False] * 5 + [True]
    assert Spent.objects.count() == 1


@pytest.mark.race
def test_one_key_is_made(at_once: Callable[..., list[Any]], town: Town) -> None:
    made = save_provider(by=town.product, wish=saml_wish())
    DirectoryKey.objects.all().delete()
    assert at_once(*[turn_keys for _turn in range(4)]) == [None] * 4
    assert DirectoryKey.objects.count() == 1
    DirectoryKey.objects.update(signs_from=made.changed_at)
    found = at_once(*[lambda: renew_key(by=town.product, provider_id=made.id) for _turn in range(3)])
    assert [type(each) for each in found if each is not None] == [Problem, Problem]
    assert DirectoryKey.objects.count() == 2
