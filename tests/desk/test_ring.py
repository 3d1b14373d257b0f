"""The call list: news makes a call, one agent takes it, and what came of it is noted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handtag.cases.models import Case
from handtag.desk import actions
from handtag.desk.models import Call, RingBack
from handtag.desk.queries import ringing
from handtag.desk.queries.ringing import call_list
from handtag.desk.rules.calls import Way
from handtag.desk.rules.ringing import MOST_TRIES
from handtag.errands.actions import errand as errands
from handtag.errands.models import Errand, Feedback
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.notices.models import Notice
from handtag.notices.queries import to_tell
from handtag.people.actions import erase_person
from tests.desk.conftest import DeskTown, resident


def agreed(town: DeskTown, caller: Actor | None = None) -> Errand:
    """A caller's ask that somebody has said yes to: there is something to tell."""
    ask = town.file(caller=caller)
    return town.agree(ask, town.helper())


def the_call(town: DeskTown) -> RingBack:
    return RingBack.objects.of(town.id).get()


def taken(town: DeskTown, by: Actor | None = None) -> RingBack:
    return actions.take(by=by or town.agent, ring_back_id=the_call(town).id)


def test_news_for_who_is_told_by_phone_is_a_call_to_be_made(town: DeskTown) -> None:
    agreed(town)
    row = call_list(town.agent)[0]
    assert (row.person_id, row.why, row.is_mine) == (town.berta.person, "news", False)
    assert row.due_at <= clock.not_at_night(clock.now() + timedelta(hours=4))
    assert [each.kind for each in to_tell(town.id, town.berta.person)] == ["errand.agreed"]


def test_more_news_is_the_same_call_and_the_most_urgent_decides(town: DeskTown) -> None:
    errand = agreed(town)
    before = the_call(town).due_at
    errands.cancel(by=resident(Actor(errand.helper_id, town.id)), errand_id=errand.id)
    assert the_call(town).due_at <= before
    assert RingBack.objects.of(town.id).count() == 1


def test_news_that_was_taken_back_is_no_reason_to_ring(town: DeskTown) -> None:
    agreed(town)
    Notice.objects.of(town.id).filter(person_id=town.berta.person).update(state="cancelled")
    assert call_list(town.agent) == []


def test_reached_and_told(town: DeskTown) -> None:
    agreed(town)
    row = taken(town)
    told = [each.id for each in to_tell(town.id, town.berta.person)]
    done = actions.note_outcome(by=town.agent, ring_back_id=row.id, outcome="reached", told=told)
    assert (done.state, call_list(town.agent), to_tell(town.id, town.berta.person)) == ("reached", [], [])
    call = Call.objects.of(town.id).latest("latest_at")
    assert (call.outcome, "news" in call.topics) == ("reached", True)


def test_news_that_came_while_they_spoke_stays_on_the_list(town: DeskTown) -> None:
    errand = agreed(town)
    row = taken(town)
    told = [each.id for each in to_tell(town.id, town.berta.person)]
    errands.cancel(by=resident(Actor(errand.helper_id, town.id)), errand_id=errand.id)
    done = actions.note_outcome(by=town.agent, ring_back_id=row.id, outcome="reached", told=told)
    assert (done.state, len(call_list(town.colleague))) == ("waiting", 1)


def test_no_answer_is_tried_again_and_the_third_time_is_a_coordinators(town: DeskTown) -> None:
    agreed(town)
    for number in range(1, MOST_TRIES + 1):
        row = taken(town)
        row = actions.note_outcome(by=town.agent, ring_back_id=row.id, outcome="no_answer")
        assert row.tries == number
        if number < MOST_TRIES:
            assert row.from_at > clock.now()
            assert call_list(town.agent)[0].waits
    assert row.state == "given_up"
    case = Case.objects.of(town.id).get()
    assert (case.concern, case.reported_by_id, case.state) == ("not_reached", town.berta.person, "new")


def test_a_wrong_number_is_a_coordinators_at_once(town: DeskTown) -> None:
    agreed(town)
    actions.note_outcome(by=town.agent, ring_back_id=taken(town).id, outcome="wrong_number")
    assert (the_call(town).state, Case.objects.of(town.id).get().concern) == ("given_up", "wrong_number")


def test_what_a_colleague_rings_is_theirs_until_they_have_gone_home(town: DeskTown) -> None:
    agreed(town)
    row = taken(town)
    with pytest.raises(TooLate):
        taken(town, town.colleague)
    with pytest.raises(TooLate):
        actions.note_outcome(by=town.colleague, ring_back_id=row.id, outcome="reached")
    assert taken(town).taken_by_id == town.agent.person
    with clock.travelling(clock.now() + timedelta(minutes=31)):
        assert taken(town, town.colleague).taken_by_id == town.colleague.person


def test_it_can_be_left_to_somebody_else(town: DeskTown) -> None:
    agreed(town)
    actions.put_back(by=town.agent, ring_back_id=taken(town).id)
    assert taken(town, town.colleague).taken_by_id == town.colleague.person


@pytest.mark.race
def test_one_of_two_who_take_it_at_the_same_moment(
    transactional_db: None, at_once: Callable[..., list[Any]]
) -> None:
    town = DeskTown().cast()
    agreed(town)
    row = the_call(town)

    def take(by: Actor) -> Callable[[], RingBack]:
        return lambda: actions.take(by=by, ring_back_id=row.id)

    got = at_once(take(town.agent), take(town.colleague))
    assert sorted(type(each).__name__ for each in got) == ["RingBack", "TooLate"]


@pytest.mark.race
def test_two_pieces_of_news_at_the_same_moment_are_one_call(
    transactional_db: None, at_once: Callable[..., list[Any]]
) -> None:
    town = DeskTown().cast()
    agents = (town.agent, town.colleague)

    def want(by: Actor) -> Callable[[], RingBack]:
        return lambda: actions.want_ring_back(by=by, person_id=town.berta.person)

    got = at_once(*[want(by) for by in agents])
    assert [type(each).__name__ for each in got] == ["RingBack", "RingBack"]
    assert RingBack.objects.of(town.id).count() == 1


class TestFollowUp:
    """How did it go: asked by phone, once, and filed as feedback."""

    def done(self, town: DeskTown) -> Errand:
        errand = agreed(town)
        RingBack.objects.of(town.id).delete()
        with clock.travelling(errand.starts_at):
            errands.complete(by=resident(Actor(errand.helper_id, town.id)), errand_id=errand.id)
        return errand

    def test_after_the_errand_and_once(self, town: DeskTown) -> None:
        errand = self.done(town)
        with clock.travelling(errand.starts_at + timedelta(hours=3)):
            assert (actions.follow_up_due(), actions.follow_up_due()) == (1, 0)
            assert the_call(town).errand_id == errand.id

    def test_who_is_told_otherwise_is_not_rung(self, town: DeskTown) -> None:
        errand = self.done(town)
        from handtag.notices.models import Preference

        Preference.objects.filter(person_id=town.berta.person).update(channels=["letter"])
        with clock.travelling(errand.starts_at + timedelta(hours=3)):
            assert actions.follow_up_due() == 0

    def test_what_they_say_is_filed_as_theirs(self, town: DeskTown) -> None:
        errand = self.done(town)
        with clock.travelling(errand.starts_at + timedelta(hours=3)):
            actions.follow_up_due()
            row = taken(town)
            assert ringing.mine(town.agent, town.berta.person)[0].errand_id == errand.id
            actions.say_how_it_went(by=town.agent, ring_back_id=row.id, how="good", words="Snäll och bra")
        said = Feedback.objects.get(errand=errand)
        assert (said.side, said.how, said.for_municipality) == ("asker", "good", "Snäll och bra")
        assert (the_call(town).state, call_list(town.agent)) == ("reached", [])

    def test_who_has_said_it_already_is_not_rung(self, town: DeskTown) -> None:
        errand = self.done(town)
        with clock.travelling(errand.starts_at + timedelta(hours=3)):
            actions.follow_up_due()
            errands.give_feedback(by=resident(town.berta), errand_id=errand.id, how="good")
            assert call_list(town.agent) == []

    def test_the_question_of_the_day_after_is_the_same_call(self, town: DeskTown) -> None:
        errand = agreed(town)
        RingBack.objects.of(town.id).delete()
        notice = Notice(municipality_id=town.id, person_id=town.berta.person, kind="errand.unconfirmed")
        notice.about_id = errand.id
        actions.bring(notice)
        actions.bring(notice)
        assert (the_call(town).why, the_call(town).errand_id) == ("follow_up", errand.id)


class TestTold:
    """Tell my daughter."""

    def test_a_mandate_holder_is_told_by_their_own_channel(self, town: DeskTown) -> None:
        town.mandate(helped=town.berta)
        way = Way("tell", told_id=town.anna.person)
        actions.choose_way(by=town.agent, person_id=town.berta.person, way=way)
        ask = town.file(way="keep")
        town.agree(ask, town.helper())
        sent = Notice.objects.of(town.id).get(person_id=town.anna.person, kind="errand.agreed")
        assert (sent.channel, sent.link) == ("email", "")
        assert (RingBack.objects.of(town.id).exists(), to_tell(town.id, town.berta.person)) == (False, [])

    def test_when_the_mandate_ends_the_person_is_rung_again(self, town: DeskTown) -> None:
        mandate = town.mandate(helped=town.berta)
        way = Way("tell", told_id=town.anna.person)
        actions.choose_way(by=town.agent, person_id=town.berta.person, way=way)
        actions.carry_out(
            by=town.agent, person_id=town.berta.person, verb="end_mandate", object_id=mandate.id, said={}
        )
        town.agree(town.file(way="keep"), town.helper())
        kinds = Notice.objects.of(town.id).filter(person_id=town.anna.person)
        assert not kinds.filter(kind="errand.agreed").exists()
        assert the_call(town).person_id == town.berta.person

    def test_a_name_and_a_number_that_staff_ring(self, town: DeskTown) -> None:
        way = Way("tell", told_name="Disa", told_phone="070-174 06 55")
        actions.choose_way(by=town.agent, person_id=town.berta.person, way=way)
        town.agree(town.file(way="keep"), town.helper())
        taken(town)
        one = ringing.mine(town.agent, town.berta.person)[0]
        assert (one.tell_name, one.tell_phone) == ("Disa", "070-174 06 55")

    def test_without_a_number_or_a_mandate_nobody_is_told(self, town: DeskTown) -> None:
        with pytest.raises(Problem):
            actions.choose_way(by=town.agent, person_id=town.berta.person, way=Way("tell", told_name="Disa"))
        with pytest.raises(NotFound):
            actions.choose_way(
                by=town.agent, person_id=town.berta.person, way=Way("tell", told_id=town.anna.person)
            )


def test_only_who_answers_calls(town: DeskTown) -> None:
    agreed(town)
    for deed in (lambda: call_list(town.anna), lambda: taken(town, town.anna)):
        with pytest.raises(NotAllowed):
            deed()


def test_another_towns_calls_are_absent(town: DeskTown, neighbour: DeskTown) -> None:
    agreed(town)
    assert call_list(neighbour.agent) == []
    with pytest.raises(NotFound):
        actions.take(by=neighbour.agent, ring_back_id=the_call(town).id)


def test_a_protected_person_is_on_the_officers_list_alone(town: DeskTown) -> None:
    agreed(town)
    town.protect(town.berta)
    assert call_list(town.agent) == []
    with pytest.raises(NotFound):
        taken(town)
    assert [row.is_protected for row in call_list(town.officer())] == [True]


def test_who_is_erased_is_rung_no_more_and_the_words_go(town: DeskTown) -> None:
    agreed(town)
    actions.want_ring_back(by=town.agent, person_id=town.berta.person, words="Om fredagen")
    actions.write_note(by=town.agent, person_id=town.berta.person, words="Hör dåligt")
    erase_person(by=system(town.id), person_id=town.berta.person)
    assert call_list(town.agent) == []
    assert set(Call.objects.of(town.id).values_list("note", flat=True)) == {""}
    assert set(RingBack.objects.of(town.id).values_list("words", flat=True)) == {""}


def test_that_somebody_may_act_for_them_is_told_to_the_person_alone(town: DeskTown) -> None:
    way = Way("tell", told_name="Disa", told_phone="070-174 06 55")
    actions.choose_way(by=town.agent, person_id=town.berta.person, way=way)
    town.mandate(helped=town.berta)
    assert {each.kind for each in to_tell(town.id, town.berta.person)} == {"mandate.made"}
    taken(town)
    assert ringing.mine(town.agent, town.berta.person)[0].tell_phone == ""


def test_what_is_read_aloud_says_who_comes_and_the_code(town: DeskTown) -> None:
    errand = agreed(town)
    told = to_tell(town.id, town.berta.person)[0]
    said = " ".join((*told.paragraphs, *(f"{name} {value}" for name, value in told.facts)))
    assert "Leila" in said
    assert " ".join(errand.door_code) in said or errand.door_code in said


def test_news_of_what_is_not_so_any_more_is_not_read(town: DeskTown) -> None:
    errand = agreed(town)
    errands.cancel(by=resident(Actor(errand.helper_id, town.id)), errand_id=errand.id)
    assert [each.kind for each in to_tell(town.id, town.berta.person)] == ["errand.cancelled_by_helper"]
