"""One sender has so many turns in a while: counted in every process, told apart by address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command

from handtag.kernel import clock
from handtag.kernel.senders import believed_address, sender
from handtag.once.actions import TooOften, take_turn

HOUR = timedelta(hours=1)
PROXY, OTHER_PROXY = "10.0.0.1", "10.0.0.2"


@pytest.fixture(autouse=True)
def shared_cache(request: pytest.FixtureRequest) -> None:
    """Turns are counted in a table that is made at deployment."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db" if request.node.get_closest_marker("race") else "db")
        call_command("createcachetable", verbosity=0)
        cache.clear()


def turn(who: str = "192.0.2.1", deed: str = "wave") -> None:
    take_turn(deed=deed, sender=who, most=3, within=HOUR, words="Too often.")


@pytest.mark.django_db
def test_after_the_last_turn_it_is_too_often() -> None:
    for _turn in range(3):
        turn()
    with pytest.raises(TooOften, match=r"Too often\."):
        turn()


@pytest.mark.django_db
def test_another_sender_and_another_deed_have_their_own_turns() -> None:
    for _turn in range(3):
        turn()
    turn("192.0.2.2")
    turn(deed="nod")


@pytest.mark.django_db
def test_an_hour_later_there_are_turns_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for _turn in range(3):
        turn()
    later = clock.now() + HOUR + timedelta(seconds=2)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: later)
    turn()


@pytest.mark.django_db
def test_the_address_is_not_to_be_read_in_the_cache(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10) as asked:
        turn("192.0.2.77")
    assert "192.0.2.77" not in "".join(query["sql"] for query in asked.captured_queries)


@pytest.mark.race
def test_at_the_same_moment_there_are_no_more_turns(at_once: Callable[..., list[Any]]) -> None:
    outcomes = at_once(*[turn] * 6)
    assert sum(outcome is None for outcome in outcomes) <= 3
    later = at_once(*[turn] * 3)
    assert sum(outcome is None for outcome in [*outcomes, *later]) == 3


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        (PROXY, "198.51.100.9", "198.51.100.9"),
        (PROXY, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (PROXY, f"198.51.100.9, {OTHER_PROXY}", "198.51.100.9"),
        (PROXY, "", PROXY),
    ],
    ids=["alone", "a claim", "our proxy", "a claim before it", "two proxies", "says nothing"],
)
def test_only_our_proxies_are_believed(peer: str, forwarded: str, address: str) -> None:
    assert believed_address(peer, forwarded, (PROXY, OTHER_PROXY)) == address


def test_a_household_is_one_sender() -> None:
    assert sender("2001:db8:0:1::5") == sender("2001:db8:0:1:ffff::9") == "2001:db8:0:1::/64"
    assert sender("2001:db8:0:2::5") != sender("2001:db8:0:1::5")
    assert sender("::ffff:192.0.2.1") == sender("192.0.2.1") == "192.0.2.1"
    assert sender("") == sender("unknown") == ""
