"""Small numbers stay hidden: no total, share, week or picture lets one be worked out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from handtag.insight import rules
from handtag.insight.queries.figures import Figures, Part, Period
from handtag.insight.templatetags import figures as pictures
from handtag.kernel.small import is_small

COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=5)
WAIT = timedelta(hours=3)


@st.composite
def tables(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """Asked and filled, area by area, service by service."""
    services = draw(st.integers(1, 3))
    cell = st.integers(0, 12).flatmap(lambda asked: st.tuples(st.just(asked), st.integers(0, asked)))
    return draw(st.lists(st.lists(cell, min_size=services, max_size=services), min_size=1, max_size=3))


def shown(table: list[list[tuple[int, int]]]) -> str:
    """Everything the page says of a table, but for its exact total."""
    cells = [[rules.cell(*cell) for cell in row] for row in table]
    waits = [tuple(WAIT for cell in row for _ in range(rules.cell(*cell).filled or 0)) for row in table]
    areas = tuple(Part(None, f"Area {index}", tuple(row), waits[index]) for index, row in enumerate(cells))
    columns = tuple(
        Part(None, f"Service {index}", tuple(row[index] for row in cells), ())
        for index in range(len(cells[0]))
    )
    whole = Figures(Period.ALL, date(2026, 11, 2), columns, areas, rules.Sum(0, False), waits[0], ())
    said = [part for area in areas for part in (area, *columns)]
    lines = [
        f"{pictures.total(part.asked)} {pictures.total(part.filled)} {part.share} {part.wait}"
        for part in said
    ]
    cells_said = [pictures.pair(pair) for area in areas for pair in area.pairs]
    bars = [pictures.area_bars(whole, area) for area in areas]
    return "\n".join([*lines, *cells_said, *bars, str(whole.share), pictures.area_map(whole)])


def others(asked: int, filled: int) -> Iterable[tuple[int, int]]:
    """Everything that could stand behind a cell that looks like this one."""
    if is_small(asked):
        return [(a, f) for a in range(1, 5) for f in range(a + 1)]
    return [(asked, f) for f in range(1, 5)] if is_small(filled) else [(asked, filled)]


@given(tables(), st.data())
def test_the_page_is_the_same_whatever_stands_behind_fewer_than_five(
    table: list[list[tuple[int, int]]], data: st.DataObject
) -> None:
    other = [[data.draw(st.sampled_from(list(others(*cell)))) for cell in row] for row in table]
    assert shown(table) == shown(other)


def worlds(values: list[int], total: int) -> list[tuple[int, ...]]:
    """Every table that looks the same and has the same total."""
    behind = [range(1, 5) if is_small(value) else (value,) for value in values]
    return [world for world in product(*behind) if sum(world) == total]


def told(values: list[int], total: int) -> set[int]:
    """The hidden cells that somebody with the total could work out."""
    seen = defaultdict(set)
    for world in worlds(values, total):
        for index, value in enumerate(world):
            seen[index].add(value)
    return {index for index, value in enumerate(values) if is_small(value) and len(seen[index]) == 1}


@given(COUNTS)
def test_an_exact_total_tells_no_hidden_number(values: list[int]) -> None:
    total = rules.whole(values)
    if total.is_exact:
        assert not told(values, total.value)
        assert total.value == sum(values)
        assert not is_small(total.value)
    else:
        assert total.value == sum(value for value in values if not is_small(value))


@given(COUNTS)
def test_a_total_is_only_held_back_where_it_would_tell(values: list[int]) -> None:
    if not rules.whole(values).is_exact:
        assert told(values, sum(values)) or is_small(sum(values))


@given(COUNTS, COUNTS)
def test_weeks_are_shown_only_beside_an_exact_total_and_tell_nothing(
    cells: list[int], weeks: list[int]
) -> None:
    total = rules.whole(cells)
    parts = rules.beside(total, weeks)
    if not total.is_exact:
        assert parts is None
    elif parts is not None:
        assert not told(weeks, sum(weeks))
        assert [part for part in parts if part is not None] == [week for week in weeks if not is_small(week)]


def test_one_hidden_number_beside_its_total_is_worked_out_by_this_test() -> None:
    """The control: what the guard is there for."""
    assert told([3, 20, 30], 53) == {0}
    assert told([1, 1, 20], 22) == {0, 1}
    assert told([4, 4], 8) == {0, 1}
    assert told([3, 2, 20], 25) == set()


def test_none_at_all_is_no_secret() -> None:
    assert rules.cell(0, 0) == rules.Pair(0, 0)
    assert rules.cell(12, 0) == rules.Pair(12, 0)


def test_a_share_is_of_the_numbers_shown() -> None:
    assert rules.share([rules.cell(10, 9), rules.cell(3, 0), rules.cell(10, 2)]) == 90
    assert rules.share([rules.cell(3, 3)]) is None


def test_few_waits_make_no_median() -> None:
    assert rules.median_wait([WAIT] * 4) is None
    assert rules.median_wait([WAIT, WAIT, timedelta(hours=9), WAIT, timedelta(hours=40)]) == WAIT
