"""Retention: nothing without a decision, two people, a dry run, a protocol, and a kill in the middle."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.privacy.actions import retention
from handtag.privacy.models import Destruction
from handtag.privacy.queries import retention as queries
from tests.privacy.conftest import Town


def decide(by: Actor, days: int | None = 90) -> None:
    retention.decide(by=by, record_type="notice", keep_days=days, reference="KS 1", on=date(2026, 1, 1))


def notices_of(person: UUID) -> int:
    return Notice.objects.everywhere().filter(person_id=person).count()


def test_what_two_people_approved_is_destroyed_with_a_protocol(
    resident: UUID, keeper: Actor, second_keeper: Actor
) -> None:
    decide(keeper)
    proposed = retention.propose(by=keeper)
    assert proposed.planned == {"notice": 3}
    assert notices_of(resident) == 4
    retention.approve(by=second_keeper, destruction_id=proposed.id)
    assert retention.destroy_approved() == {"notice": 3}
    assert notices_of(resident) == 1
    done = Destruction.objects.of(keeper.tenant).get(pk=proposed.id)
    assert done.protocol == {"notice": 3}
    assert done.done_at is not None


def test_without_a_decision_nothing_is_due(resident: UUID, keeper: Actor) -> None:
    assert queries.due(keeper.tenant) == {}
    with pytest.raises(Problem):
        retention.propose(by=keeper)


def test_kept_for_good_is_never_due(resident: UUID, keeper: Actor) -> None:
    decide(keeper, None)
    assert queries.due(keeper.tenant) == {}


def test_nobody_approves_their_own_proposal(resident: UUID, keeper: Actor) -> None:
    decide(keeper)
    proposed = retention.propose(by=keeper)
    with pytest.raises(Problem):
        retention.approve(by=keeper, destruction_id=proposed.id)
    assert retention.destroy_approved() == {}
    assert notices_of(resident) == 4


def test_approving_twice_is_too_late_and_destroys_once(
    resident: UUID, keeper: Actor, second_keeper: Actor
) -> None:
    decide(keeper)
    proposed = retention.propose(by=keeper)
    retention.approve(by=second_keeper, destruction_id=proposed.id)
    with pytest.raises(TooLate):
        retention.approve(by=second_keeper, destruction_id=proposed.id)
    retention.destroy_approved()
    assert retention.destroy_approved() == {}


def test_a_kill_in_the_middle_goes_on_where_it_stopped(
    resident: UUID, keeper: Actor, second_keeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(keeper)
    proposed = retention.propose(by=keeper)
    retention.approve(by=second_keeper, destruction_id=proposed.id)
    monkeypatch.setattr(retention, "BATCH", 1)
    retention._destroy_batch(proposed.id, "notice")
    assert notices_of(resident) == 3
    assert retention.destroy_approved() == {"notice": 3}


def test_nothing_goes_a_day_before_its_time(resident: UUID, keeper: Actor) -> None:
    decide(keeper, 90)
    for age, due in ((89, 0), (91, 4)):
        Notice.objects.everywhere().filter(person_id=resident).update(
            created_at=clock.now() - timedelta(days=age)
        )
        assert queries.due(keeper.tenant).get("notice", 0) == due, f"kept for {age} days"


def test_a_decision_taken_back_stops_it(resident: UUID, keeper: Actor, second_keeper: Actor) -> None:
    decide(keeper)
    proposed = retention.propose(by=keeper)
    retention.approve(by=second_keeper, destruction_id=proposed.id)
    decide(keeper, None)
    assert retention.destroy_approved() == {}
    assert notices_of(resident) == 4


def test_residents_decide_nothing(town: Town, resident: UUID) -> None:
    by = town.as_(resident, Role.RESIDENT)
    with pytest.raises(NotAllowed):
        decide(by)
    with pytest.raises(NotAllowed):
        retention.propose(by=by)


def test_the_neighbour_approves_nothing_here(resident: UUID, keeper: Actor, neighbour: Town) -> None:
    decide(keeper)
    proposed = retention.propose(by=keeper)
    stranger = neighbour.as_(neighbour.register("Stranger"), Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        retention.approve(by=stranger, destruction_id=proposed.id)
    assert queries.due(neighbour.id) == {}


@pytest.mark.parametrize(
    ("record_type", "days", "reference", "refusal"),
    [
        ("permit", 10, "KS 1", NotFound),
        ("notice", 0, "KS 1", Problem),
        ("notice", 10, " ", Problem),
    ],
)
def test_a_wrong_decision_is_refused(
    keeper: Actor, record_type: str, days: int, reference: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        retention.decide(
            by=keeper, record_type=record_type, keep_days=days, reference=reference, on=date(2026, 1, 1)
        )


def test_approving_what_is_not_there(keeper: Actor) -> None:
    with pytest.raises(NotFound):
        retention.approve(by=keeper, destruction_id=ids.new())
