"""The arithmetic of helping: hours of the week as ticks, and how often a point may move."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from handtag.helpers.rules import MONTH, MOST_MOVES, PARTS, Tick, Weekly, next_move, ticks, windows

some_ticks = st.frozensets(st.builds(Tick, st.integers(0, 6), st.sampled_from(sorted(PARTS))))
START = datetime(2026, 1, 1, tzinfo=UTC)


@given(some_ticks)
def test_ticks_survive_the_round_trip(chosen: frozenset[Tick]) -> None:
    assert ticks(windows(chosen)) == chosen


@given(some_ticks)
def test_windows_are_as_long_as_the_ticks_and_never_touch(chosen: frozenset[Tick]) -> None:
    rows = windows(chosen)
    minutes = sum(row.to_minute - row.from_minute for row in rows)
    assert minutes == sum(PARTS[tick.part][1] - PARTS[tick.part][0] for tick in chosen)
    for one, other in pairwise(rows):
        assert one.weekday < other.weekday or one.to_minute < other.from_minute


def test_an_hour_over_the_seam_fits() -> None:
    (row,) = windows({Tick(3, "morning"), Tick(3, "afternoon")})
    assert row == Weekly(3, 8 * 60, 17 * 60)


@given(st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=20)), max_size=30))
def test_no_month_ever_holds_more_than_two_moves(waits: list[timedelta]) -> None:
    """Somebody tries to move again and again; whatever the rhythm, two get through in any 30 days."""
    now = START
    moves: list[datetime] = []
    for wait in waits:
        now += wait
        free_at = next_move(moves, now)
        if free_at is None:
            moves.append(now)
        else:
            assert now < free_at <= now + MONTH
            assert next_move(moves, free_at) is None
    for first, later in zip(moves, moves[MOST_MOVES:], strict=False):
        assert later - first >= MONTH
