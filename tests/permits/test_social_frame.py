"""The social services' frame is a border of secrecy: only roles that name its committee see who is there."""

import pytest

from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right, Role
from handtag.municipalities.models import Committee
from handtag.permits.actions import apply, change_service, decide, open_case, record_check, set_rule
from handtag.permits.queries import visible_services
from handtag.permits.queries.queue import queue
from handtag.permits.rules import Demand
from tests.permits.test_set_rule import wish


@pytest.fixture
def social(town, coordinator):
    """Company at home, as an effort of the social services."""
    service = town.service("company")
    committee = Committee.objects.of(town.id).get(name="Socialnämnden")
    change_service(
        by=coordinator, service_id=service.id, wish=wish(service, frame="social", committee_id=committee.id)
    )
    return town.service("company")


def test_only_a_role_that_names_the_committee_sees_and_decides(town, social, helper, caseworker):
    permit = apply(by=helper, service_id=social.id, side="perform")
    inside = town.staff(name="Ann", committees=[social.committee_id])
    elsewhere = town.staff(name="Bo", committees=[town.service("shopping").committee_id])
    for by in (caseworker, elsewhere):
        assert social.id not in visible_services(by, Right.DECIDE_PERMITS)
        assert queue(by).rest == []
        for deed in (
            lambda by=by: open_case(by=by, permit_id=permit.id),
            lambda by=by: decide(by=by, permit_id=permit.id, verb="refused"),
        ):
            with pytest.raises(NotFound):
                deed()
    assert visible_services(inside, Right.DECIDE_PERMITS) == {social.id}
    assert [line.permit_id for line in queue(inside).rest] == [permit.id]
    decide(by=inside, permit_id=permit.id, verb="refused")


def test_there_an_extract_may_be_demanded_in_the_home_by_its_own_law(town, social, helper, coordinator):
    set_rule(
        by=coordinator,
        service_id=social.id,
        side="perform",
        demands=[Demand("record_extract", months=12)],
        automatic=False,
    )
    inside = town.staff(name="Ann", committees=[social.committee_id])
    check = record_check(by=inside, person_id=helper.person, kind="record_extract", service_id=social.id)
    assert check.legal_ground == "2026:43"
    outside = town.staff(Role.SERVICE_POINT_HOST, "Eva")
    with pytest.raises(NotFound):
        record_check(by=outside, person_id=helper.person, kind="record_extract", service_id=social.id)


def test_residents_see_that_the_service_is_offered(town, social, client):
    assert "Socialnämnden" in client.get(town.url("rules")).content.decode()
