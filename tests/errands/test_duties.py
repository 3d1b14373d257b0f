"""The worker's duties of this room are registered, and safe to run twice."""

from datetime import timedelta

import pytest

from handtag.errands.actions import closing, meeting
from handtag.errands.models import Errand, Told
from handtag.jobs.actions import DUTIES, RowsFailed
from handtag.kernel import clock
from handtag.outreach.queries import situations
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return stages.build()


def test_they_are_registered():
    assert {"outreach.waves", "errands.close"} <= set(DUTIES)


def test_each_does_its_work_once(stage):
    errand = stage.errand()
    stage.ask("olle", start=errand.ends_at)
    with clock.travelling(errand.starts_at - timedelta(days=1)):
        for _twice in range(2):
            DUTIES["outreach.waves"].deed()
    assert Told.objects.of(stage.town.id).count() == 1
    with clock.travelling(errand.ends_at + timedelta(days=4)):
        for _twice in range(2):
            DUTIES["errands.close"].deed()
    errand.refresh_from_db()
    assert (errand.state, errand.handed_over_at is not None) == (Errand.State.UNCONFIRMED, True)


def failing_for(deed, wanted):
    """The deed as it is, except that it raises for one."""

    def do(*args, **named):
        if wanted(*args, **named):
            raise ValueError("this one alone")
        return deed(*args, **named)

    return do


def test_an_ask_that_cannot_be_told_of_holds_up_no_other(stage, monkeypatch):
    stage.helper("leila")
    first, second = stage.ask("olle"), stage.ask("anna")
    bad = failing_for(situations.situation, lambda ask: ask.id == first.id)
    monkeypatch.setattr(situations, "situation", bad)
    with clock.travelling(stage.occasion(first).starts_at - timedelta(days=1)), pytest.raises(RowsFailed):
        DUTIES["outreach.waves"].deed()
    assert list(Told.objects.of(stage.town.id).values_list("ask_id", flat=True)) == [second.id]
    first.refresh_from_db()
    assert first.waves == 0


def test_what_cannot_be_closed_holds_up_nothing_else(stage, monkeypatch):
    errands = [stage.errand(helper=name) for name in ("leila", "hamid")]
    missed = [stage.occasion(stage.ask(name, start=errands[0].starts_at)) for name in ("olle", "anna")]
    stuck = {errands[0].id, missed[0].id}
    monkeypatch.setattr(
        closing, "move", failing_for(closing.move, lambda **named: named["errand"].id in stuck)
    )
    supersede = failing_for(meeting.supersede, lambda **named: stuck & set(named["occasion_ids"]))
    monkeypatch.setattr(meeting, "supersede", supersede)
    with clock.travelling(errands[0].ends_at + timedelta(days=4)), pytest.raises(RowsFailed):
        DUTIES["errands.close"].deed()
    for row in (*errands, *missed):
        row.refresh_from_db()
    assert [row.state for row in errands] == ["agreed", "unconfirmed"]
    assert errands[1].handed_over_at is not None
    assert [row.state for row in missed] == ["open", "expired"]
