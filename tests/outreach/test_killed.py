"""A worker killed (SIGKILL) in the middle of a wave: the next goes on; nobody is told twice or left out.

Workers are processes of their own on the test's database. Where the first one stands still is a place in the
code, so that it is killed there each time. The clock stands: the next one does not wait for the lease of the
duty that the dead one has left.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from handtag.errands.models import Ask, Told
from handtag.kernel import clock
from handtag.matching import outreach as policy
from handtag.notices.models import Notice
from handtag.outreach.models import Attention, Chosen, Wave
from handtag.outreach.queries.situations import situation
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
ONE_IS_WRITTEN_DOWN = ("handtag.errands.messages.meeting", "tell", 1)
THEIR_PRICES_ARE_NOT = ("handtag.outreach.actions.waves", "_note", 1)
ALL_IS_WRITTEN_OF_THE_SECOND = ("handtag.errands.actions.announcing", "rest", 2)  # but nothing is certain
DONE = ("handtag.outreach.actions.waves", "each_row", 1)  # every ask has had its turn
AT_MOST = 120  # seconds for a worker that never comes so far
Until = Callable[..., None]


@pytest.fixture
def stage() -> Iterator[Stage]:
    with clock.travelling(NOON):
        stage = stages.build()
        for number in range(12):
            stage.helper(f"helper{number}", km=0.3 * number)
        yield stage


@pytest.fixture
def killed_at(repository: Path, tmp_path: Path) -> Until:
    """Let a worker work until it comes to a place in the code, and kill it there."""

    def run(module: str, name: str, times: int) -> None:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.outreach.worker", NOON.isoformat(), module, name, str(times)],
            cwd=repository,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATABASE_URL": address(),
                "DATA_DIR": str(tmp_path),
                "SAMPLE": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        too_late = Timer(AT_MOST, worker.kill)
        too_late.start()
        try:
            assert "here\n" in iter(worker.stdout.readline, ""), "it never came so far"
        finally:
            too_late.cancel()
            worker.kill()
            worker.communicate(timeout=30)

    return run


def address() -> str:
    """Where the database of this test is."""
    here: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    return f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


def told(ask: Ask) -> Counter[UUID]:
    rows = Told.objects.of(ask.municipality_id).filter(ask=ask)
    return Counter(rows.values_list("person_id", flat=True))


def expected(ask: Ask) -> Counter[UUID]:
    """Whom the first wave of this ask is to tell: some, but not all."""
    found = situation(ask)
    who = policy.next_wave(found.state, found.settings).who
    assert 1 < len(who) < len(found.near)
    return Counter(found.near[place].person_id for place in who)


def hangs_together(ask: Ask) -> None:
    """Whoever was told has a notice and stands in a wave, once; and the next turn is set."""
    town, everybody = ask.municipality_id, told(ask)
    about = Told.objects.of(town).filter(ask=ask).values("id")
    notices = Notice.objects.of(town).filter(kind="ask.open", about_id__in=about)
    assert Counter(notices.values_list("person_id", flat=True)) == everybody
    chosen = Chosen.objects.filter(wave__ask=ask).values_list("person_id", flat=True)
    assert Counter(chosen) == everybody
    assert Attention.objects.of(town).filter(person_id__in=everybody, price__gt=0).count() == len(everybody)
    assert [wave.told for wave in Wave.objects.of(town).filter(ask=ask, step="wave")] == [len(everybody)]
    ask.refresh_from_db()
    assert ask.waves == 1
    assert ask.announce_at is None or ask.announce_at > NOON


def test_killed_again_and_again_nobody_is_told_twice_or_left_out(stage: Stage, killed_at: Until) -> None:
    first, second = stage.ask(wanted=2), stage.ask("maja", wanted=2)
    wave = expected(first)
    killed_at(*ONE_IS_WRITTEN_DOWN)
    assert (told(first), told(second)) == (Counter(), Counter())
    assert not Notice.objects.of(stage.town.id).filter(kind="ask.open").exists()

    killed_at(*ALL_IS_WRITTEN_OF_THE_SECOND)
    assert (told(first), told(second)) == (wave, Counter())
    hangs_together(first)
    left = expected(second)
    killed_at(*THEIR_PRICES_ARE_NOT)
    assert (told(first), told(second)) == (wave, Counter())

    for _once_more in ("killed before it is noted that all is done", "goes on"):
        killed_at(*DONE)
        assert (told(first), told(second)) == (wave, left)
        for ask in (first, second):
            hangs_together(ask)
