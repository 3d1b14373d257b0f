"""At the same moment: fifty who say yes, one who promises twice, a permit lost while it is used.

Each guard has its control: with the guard taken away the same race does break what it protects. On SQLite
one writer at a time hides the finer races, so there the control takes the whole check away.
"""

from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.db import IntegrityError

from handtag.errands.actions import agreeing, meeting, seats
from handtag.errands.models import Errand, Invitation, Occasion
from handtag.errands.queries import eligible
from handtag.kernel.actor import system
from handtag.kernel.errors import HandtagError, TooLate
from handtag.kernel.rights import Role
from handtag.notices.models import Notice
from handtag.permits import actions as permits
from handtag.permits.models import Permit
from handtag.permits.queries import must_hold
from tests.errands import stage as stages

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage():
    return stages.build()


def agreed(stage):
    return Errand.objects.of(stage.town.id).filter(state="agreed").count()


def yes(by, occasion):
    return lambda: meeting.make_offer(by=by, occasion_id=occasion.id)


def wait_for(barrier):
    """Let the others come here too; whoever the database keeps away is not waited for."""
    with suppress(BrokenBarrierError):
        barrier.wait()


@pytest.mark.parametrize("wanted", [1, 3])
def test_fifty_say_yes_to_one_occasion(stage, at_once, wanted):
    occasion = stage.occasion(stage.ask(wanted=wanted))
    helpers = [stage.helper(f"helper{number}") for number in range(50)]
    answers = at_once(*(yes(by, occasion) for by in helpers))
    late = [answer for answer in answers if isinstance(answer, TooLate)]
    assert (agreed(stage), len(late), len(answers)) == (wanted, 50 - wanted, 50)
    occasion.refresh_from_db()
    assert (occasion.filled, occasion.state) == (wanted, Occasion.State.FILLED)


def test_control_reading_before_writing_gives_too_many(stage, at_once, on_postgres, monkeypatch):
    occasion = stage.occasion(stage.ask())
    helpers = [stage.helper(f"helper{number}") for number in range(6)]
    together = Barrier(len(helpers), timeout=2 if on_postgres else 0.01)

    def careless(occasion_id, municipality_id):
        filled = Occasion.objects.of(municipality_id).get(id=occasion_id).filled
        wait_for(together)
        if filled and on_postgres:
            raise TooLate("taken")
        Occasion.objects.of(municipality_id).filter(id=occasion_id).update(filled=1)

    monkeypatch.setattr(seats, "take", careless)
    at_once(*(yes(by, occasion) for by in helpers))
    assert agreed(stage) > 1


def test_one_helper_promises_two_things_at_once(stage, at_once):
    by = stage.helper("leila")
    for number in range(5):
        one, other = (stage.occasion(stage.ask(f"{name}{number}")) for name in ("olle", "maja"))
        answers = at_once(yes(by, one), yes(by, other))
        assert agreed(stage) == 1, answers
        assert sum(isinstance(answer, seats.Booked) for answer in answers) == 1
        meeting.cancel_errands_of(by=system(stage.town.id), occasion_ids=[one.id, other.id])


def test_control_without_holding_the_helper_both_are_promised(stage, at_once, on_postgres, monkeypatch):
    by = stage.helper("leila")
    one, other = stage.occasion(stage.ask()), stage.occasion(stage.ask("olle"))
    check, together = seats.must_be_free, Barrier(2, timeout=2)

    def unhurried(person_id, occasion):
        if on_postgres:
            check(person_id, occasion)
            wait_for(together)

    # The permit's lock would hold the helper as well: both locks are taken away.
    monkeypatch.setattr(agreeing, "must_hold", lambda **_wanted: None)
    monkeypatch.setattr(seats, "lock_helper", lambda _person_id: None)
    monkeypatch.setattr(seats, "must_be_free", unhurried)
    at_once(yes(by, one), yes(by, other))
    assert agreed(stage) == 2


def test_a_permit_is_revoked_while_it_is_used(stage, at_once):
    by = stage.helper("leila")
    stage.person("karin", role=Role.COORDINATOR)
    coordinator = stage.actor("karin")
    permit = Permit.objects.of(stage.town.id).get(person_id=by.person)
    occasion = stage.occasion(stage.ask())
    answers = at_once(yes(by, occasion), lambda: permits.revoke(by=coordinator, permit_id=permit.id))
    assert not isinstance(answers[1], Exception), answers
    permit.refresh_from_db()
    occasion.refresh_from_db()
    assert permit.state == Permit.State.REVOKED
    assert (agreed(stage), occasion.filled, occasion.state) == (0, 0, Occasion.State.OPEN)


def test_control_without_the_permits_lock_the_errand_outlives_it(stage, at_once, on_postgres, monkeypatch):
    by = stage.helper("leila")
    stage.person("karin", role=Role.COORDINATOR)
    coordinator = stage.actor("karin")
    permit = Permit.objects.of(stage.town.id).get(person_id=by.person)
    occasion = stage.occasion(stage.ask())
    check, looked, gone = must_hold, Event(), Event()

    def unlocked(**wanted):
        if on_postgres:
            check(**{**wanted, "lock": False})
            looked.set()
            gone.wait(5)

    def revoke():
        if on_postgres:
            looked.wait(5)
        permits.revoke(by=coordinator, permit_id=permit.id)
        gone.set()

    monkeypatch.setattr(agreeing, "must_hold", unlocked)
    monkeypatch.setattr(eligible, "may_take", lambda *_asked: True)
    if on_postgres:
        at_once(yes(by, occasion), revoke)
    else:
        revoke()
        yes(by, occasion)()
    permit.refresh_from_db()
    assert (permit.state, agreed(stage)) == (Permit.State.REVOKED, 1)


def test_the_asker_chooses_two_for_one_place_at_once(stage, at_once):
    ask = stage.ask(agreement="asker")
    occasion = stage.occasion(ask)
    offers = [
        meeting.make_offer(by=stage.helper(name), occasion_id=occasion.id) for name in ("leila", "olle")
    ]
    by = stage.actor("asker")
    answers = at_once(
        *(lambda offer=offer: meeting.accept_offer(by=by, offer_id=offer.id) for offer in offers)
    )
    assert agreed(stage) == 1
    assert sum(isinstance(answer, HandtagError) for answer in answers) == 1


@pytest.fixture
def two_invite(stage, monkeypatch, on_postgres):
    """Two coordinators who ask the same helper; each stops, having looked, before the writing."""
    by, occasion = stage.helper("leila"), stage.occasion(stage.ask(agreement="coordinator"))
    together, write = Barrier(2, timeout=2 if on_postgres else 0.01), Invitation.save

    def save(invitation, **named):
        wait_for(together)
        write(invitation, **named)

    monkeypatch.setattr(Invitation, "save", save)
    names = ("karin", "maria")
    for name in names:
        stage.person(name, role=Role.COORDINATOR)
    return [
        partial(meeting.invite, by=stage.actor(name), occasion_id=occasion.id, person_id=by.person)
        for name in names
    ]


def test_two_coordinators_invite_the_same_helper(stage, at_once, two_invite):
    answers = at_once(*two_invite)
    assert {type(answer) for answer in answers} == {Invitation, TooLate}, answers
    assert Notice.objects.of(stage.town.id).filter(kind="invitation.sent").count() == 1


def test_control_without_holding_the_occasion_the_second_invitation_is_a_fault(
    at_once, two_invite, on_postgres, monkeypatch
):
    if not on_postgres:
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(seats, "lock_occasions", lambda *_asked: None)
    assert {type(answer) for answer in at_once(*two_invite)} == {Invitation, IntegrityError}
