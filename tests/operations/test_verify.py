"""`verify` finds what does not agree with itself."""

from datetime import timedelta

import pytest

from handtag.errands.models import Errand, Occasion
from handtag.operations.queries import verifying
from handtag.permits.models import Permit
from tests.errands import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> stage.Stage:
    made = stage.build()
    made.helper("leila")
    return made


def found(examination: str) -> list[str]:
    return verifying.verify()[examination]


def test_a_wrong_count_of_helpers_is_found(scene: stage.Stage) -> None:
    errand = scene.errand()
    assert found("errands") == []
    Occasion.objects.everywhere().filter(pk=errand.occasion_id).update(filled=0)
    assert found("errands") == [f"occasion {errand.occasion_id} says 0 helpers and has 1"]


def test_a_helper_in_two_places_at_once_is_found(scene: stage.Stage) -> None:
    first = scene.errand()
    second = scene.errand(start=first.starts_at + timedelta(days=1))
    Errand.objects.everywhere().filter(pk__in=[first.pk, second.pk]).update(
        starts_at=first.starts_at, ends_at=first.starts_at + timedelta(hours=1)
    )
    assert len([fault for fault in found("errands") if "overlaps" in fault]) == 1


def test_a_permit_that_no_decision_gave_is_found(scene: stage.Stage) -> None:
    permit = Permit.objects.everywhere().filter(side="perform").first()
    assert permit is not None
    Permit.objects.everywhere().filter(pk=permit.pk).update(state=Permit.State.REVOKED)
    assert f"permit {permit.pk} is not what its decisions say" in found("permits")
