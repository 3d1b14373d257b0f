"""The walls between towns, the ways to a page and what it costs, tried on every address of the site."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handtag.kernel.rights import Right
from handtag.operations.queries import state
from tests.house.ground import Route, listed, routes
from tests.house.sample import AT_HOME, NEXT_DOOR, Sample
from tests.house.test_doors import door
from tests.journeys.walk import pages
from tools.shots import OTHERWISE

pytestmark = pytest.mark.django_db

HOLE = re.compile(r"<(?:(\w+):)?(\w+)>")
QUERIES_OF_A_PAGE = 12
MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d\d-\d\d|\b[a-z]+_[a-z]|\b[a-z]+\.[a-z]+|[\[\]{}]|\b(None|True|False)\b"
)
# One query for each kind of thing: that is what they show; an agent has it all with a caller on the line.
EVERYTHING_HELD = {"my_data", "my_data_file", "caller"}
REFUSED = (403, 404)


def test_no_address_opens_a_neighbours_rows(sample: Sample) -> None:
    """Whoever may do it at home gets nothing with an id from next door, and changes nothing there."""
    before = state.digest(sample.towns[NEXT_DOOR])
    opened, tried = [], 0
    for route, right in guarded():
        key = sample.holder(right)
        for path in filled(route, sample, town=AT_HOME, rows_of=NEXT_DOOR):
            for method in door_of(route).methods:
                tried += 1
                status = getattr(sample.who(key), method.lower())(path).status_code if key else 404
                if status not in REFUSED:
                    opened.append(f"{key}: {method} {path} ({route.name}): {status}")
    assert opened == [], listed(opened)
    assert tried > 20
    assert state.digest(sample.towns[NEXT_DOOR]) == before


def test_nobody_acts_next_door_with_rights_from_home(sample: Sample) -> None:
    before = state.digest(sample.towns[NEXT_DOOR])
    opened = []
    for route, right in guarded():
        key = sample.holder(right)
        for path in filled(route, sample, town=NEXT_DOOR, rows_of=NEXT_DOOR):
            for method in door_of(route).methods:
                status = getattr(sample.who(key), method.lower())(path).status_code if key else 404
                if status not in REFUSED:
                    opened.append(f"{key}: {method} {path} ({route.name}): {status}")
    assert opened == [], listed(opened)
    assert state.digest(sample.towns[NEXT_DOOR]) == before


def test_no_page_asks_the_database_too_often(sample: Sample) -> None:
    dear, broken, tried = [], [], 0
    for route, right in guarded():
        key = sample.holder(right)
        if not key or "GET" not in door_of(route).methods:
            continue
        for path in filled(route, sample, town=AT_HOME, rows_of=AT_HOME)[:1]:
            sample.who(key).get(path)  # caches are warm
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = sample.who(key).get(path)
            count = sum(1 for query in asked if "SAVEPOINT" not in query["sql"])
            tried += answer.status_code == 200
            if answer.status_code >= 500:
                broken.append(f"{key}: {path} ({route.name}): {answer.status_code}")
            elif count > QUERIES_OF_A_PAGE and route.name not in EVERYTHING_HELD:
                dear.append(f"{key}: {path} ({route.name}): {count} queries")
    assert broken == [], listed(broken)
    assert dear == [], listed(dear)
    assert tried > 15


@pytest.mark.on_sqlite
def test_what_is_held_about_somebody_reads_as_words(sample: Sample) -> None:
    """No id, no code and no date of a machine's on anybody's own page."""
    found: dict[str, str] = {}
    for key, member in sample.cast.items():
        if member["municipality"] == AT_HOME and "resident" in {held["role"] for held in member["roles"]}:
            page = sample.who(key).get(f"/{AT_HOME}/mina-uppgifter/").content.decode()
            read = set(re.findall(r"<d[td]>(.*?)</d[td]>", page, re.S))
            found |= {words: key for words in read if MACHINE.search(words) and "@" not in words}
            assert len(read) > 5, key
    assert found == {}, listed([f"{key}: {words}" for words, key in found.items()])


@pytest.mark.on_sqlite
def test_every_page_is_come_to_by_links(sample: Sample) -> None:
    """No page is lost: somebody of the cast comes to it, or it is known what else leads there."""
    found = f"/{AT_HOME}/personer/{sample.cast['asker']['person_id']}/"  # a search leads there
    begins = [(key, "/vidare/") for key in sample.browsers] + [("coordinator", found), ("officer", found)]
    seen = {page.route for page in pages(Client(), "/")}
    for key, begin in begins:
        seen |= {page.route for page in pages(sample.who(key), begin, files=True)}
    asked = {route.name for route in routes() if (sign := door(route)) and "GET" in sign.methods}
    lost = asked - {route.partition(" ")[0] for route in seen} - OTHERWISE.keys()
    assert lost == set(), listed(sorted(lost))


def guarded() -> list[tuple[Route, Right]]:
    """Every address of a town that asks for a right."""
    return [
        (route, sign.right)
        for route in routes()
        if (sign := door(route)) and sign.right and route.path.startswith("/<slug:town>/")
    ]


def door_of(route: Route) -> Any:
    """The declaration on a door that is known to have one."""
    return door(route)


def filled(route: Route, sample: Sample, *, town: str, rows_of: str) -> list[str]:
    """The address with the ids of a town's rows in its holes; none where some hole has no rows to try."""
    names = [name for _, name in HOLE.findall(route.path) if name != "town"]
    if not names and town == rows_of:
        return [route.path.replace("<slug:town>", town)]
    if not names:
        return []
    choices = {name: sample.rows(name, rows_of) for name in names}
    count = min((len(rows) for rows in choices.values()), default=0)
    return [
        _path(route.path, town, {name: rows[at] for name, rows in choices.items()}) for at in range(count)
    ]


def _path(path: str, town: str, ids: dict[str, str]) -> str:
    return HOLE.sub(lambda hole: town if hole[2] == "town" else ids[hole[2]], path)
