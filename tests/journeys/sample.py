"""The small sample that the journeys walk through: built once, put back before each of them."""

import fcntl
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from handtag.front.actions.sample import building
from handtag.front.queries.sample_json import described
from handtag.kernel import clock
from handtag.people.models import Person
from tests.journeys.visit import Visit

# A Monday in autumn: the clock is put back on Sunday 25 October.
MONDAY = clock.at(date(2026, 10, 5), time(9, 30))
PEOPLE, DAYS = 43, 4


class Clock:
    """The clock of the product, put forward; it goes on ticking."""

    combine = datetime.combine

    def __init__(self) -> None:
        self._ahead = timedelta()
        self.set(MONDAY)

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now, for every thread of the server."""
        self._ahead = moment - datetime.now(UTC)

    def now(self, zone: Any) -> datetime:
        """What the product takes for the present."""
        return datetime.now(zone) + self._ahead


class Sample:
    """The two towns of the sample, who is in them, and a browser for each of them."""

    def __init__(self, open_page: Callable[..., Any], site: str) -> None:
        self._open_page, self._site = open_page, site
        said = described()
        self.cast = {member["key"]: member for member in said["users"]}
        self.canaries = [canary["value"] for canary in said["canaries"]]
        self._canary = {canary["channel"]: canary["value"] for canary in said["canaries"]}
        self.objects: dict[str, list[str]] = said["objects"]

    def visit(self, key: str = "", *, town: str = "", reads: str = "", **how: Any) -> Visit:
        """A browser in which one of the cast has logged in, or a stranger's where no key is given."""
        page = self._open_page(**how)
        member = self.cast.get(key)
        cookies = {"sprak": reads} if reads else {}
        if member and reads:
            Person.objects.filter(pk=member["person_id"]).update(language=reads)
        if member:
            cookies["sessionid"] = self.browser(key).cookies["sessionid"].value
        for name, value in cookies.items():
            page.context.add_cookies([{"name": name, "value": value, "url": self._site}])
        return Visit(page, town or (member["municipality"] if member else "helsingborg"), reads or "sv")

    def browser(self, key: str) -> Client:
        """A browser without a screen, for one of the cast; a stranger's where no key is given."""
        browser = Client()
        if key:
            member = self.cast[key]
            browser.post("/login/", {"username": member["username"], "password": member["password"]})
        return browser

    def everybody_but(self, *keys: str) -> list[str]:
        """The keys of the whole cast but for some, and a visitor's."""
        return [*(key for key in self.cast if key not in keys), ""]

    def canary(self, channel: str) -> str:
        """What must show nowhere, by its column."""
        return self._canary[channel]


@pytest.fixture
def time_of_day(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The product's clock: `time_of_day.set(moment)`; it begins on a Monday morning in October."""
    moved = Clock()
    monkeypatch.setattr(clock, "datetime", moved)
    return moved


def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, shared by all its processes."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture
def sample(
    transactional_db: None,
    time_of_day: Clock,
    site: str,
    open_page: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Sample:
    """The sample as it was built, whatever other journeys have done to it."""
    _put_back(common(tmp_path_factory) / "sample.sqlite3")
    time_of_day.set(MONDAY)
    return Sample(open_page, site)


def _put_back(kept: Path) -> None:
    """Fill the database from the copy; the first process that comes makes the copy for all."""
    connection.ensure_connection()
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            call_command("createcachetable", verbosity=0)
            with clock.travelling(MONDAY):
                building.build(seed=1, people=PEOPLE, days=DAYS, say=lambda _words: None)
            _copy(connection.connection, kept)
            return
    with sqlite3.connect(kept) as source:
        source.backup(connection.connection)


def _copy(source: sqlite3.Connection, kept: Path) -> None:
    half = kept.with_suffix(".half")
    with sqlite3.connect(half) as target:
        source.backup(target)
    half.rename(kept)
