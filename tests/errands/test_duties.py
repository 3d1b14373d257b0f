"""The worker's duties of this room are registered, and safe to run twice."""

from datetime import timedelta

import pytest

from handtag.errands.models import Errand, Told
from handtag.jobs.actions import DUTIES
from handtag.kernel import clock
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return stages.build()


def test_they_are_registered():
    assert {"errands.announce", "errands.close"} <= set(DUTIES)


def test_each_does_its_work_once(stage):
    errand = stage.errand()
    stage.ask("olle", start=errand.ends_at)
    with clock.travelling(errand.starts_at - timedelta(days=1)):
        for _twice in range(2):
            DUTIES["errands.announce"].deed()
    assert Told.objects.of(stage.town.id).count() == 1
    with clock.travelling(errand.ends_at + timedelta(days=4)):
        for _twice in range(2):
            DUTIES["errands.close"].deed()
    errand.refresh_from_db()
    assert (errand.state, errand.handed_over_at is not None) == (Errand.State.UNCONFIRMED, True)
