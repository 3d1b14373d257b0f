"""The coordinator's overview shows decisions that somebody has asked to have looked at again, first."""

import pytest

from handtag.kernel.rights import Role
from handtag.permits import actions
from handtag.permits.models import Permit
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


def test_a_decision_to_look_at_again_stands_first_among_the_permits():
    stage = stages.build()
    stage.person("karin", role=Role.COORDINATOR)
    Permit.objects.create(
        municipality=stage.town, person=stage.person("applicant"), service=stage.service, side="perform"
    )
    stage.helper("leila")
    permit = Permit.objects.of(stage.town.id).get(person=stage.people["leila"])
    page = stage.browser("karin").get(f"/{stage.town.slug}/oversikt/").content.decode()
    assert str(permit.id) not in page
    stage.person("johan", role=Role.CASEWORKER)
    actions.suspend(by=stage.actor("johan"), permit_id=permit.id)
    actions.ask_review(by=stage.actor("leila"), permit_id=permit.id)
    page = stage.browser("karin").get(f"/{stage.town.slug}/oversikt/").content.decode()
    assert page.index(str(permit.id)) < page.index("Applicant Exempel")
