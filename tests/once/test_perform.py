"""A form sent twice has its effect once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django import forms

from handtag.jobs.models import Heartbeat
from handtag.kernel import clock
from handtag.kernel.doors import Submission
from handtag.kernel.errors import Problem, Problems
from handtag.once import actions

pytestmark = pytest.mark.django_db
FIRST = Submission("key-1", "person-1", "/x/", "words")


class Deeds:
    """Counts what was done, in a table so that threads see it."""

    def __call__(self) -> str:
        number = Heartbeat.objects.count()
        Heartbeat.objects.create(worker=f"deed {number}", at=clock.now())
        return f"/done/{number}/"

    @property
    def count(self) -> int:
        return Heartbeat.objects.count()


def test_sent_twice_done_once_with_the_same_answer() -> None:
    deeds = Deeds()
    assert actions.perform(FIRST, deeds) == actions.perform(FIRST, deeds) == "/done/0/"
    assert deeds.count == 1


def test_other_words_under_the_same_id_are_refused() -> None:
    actions.perform(FIRST, Deeds())
    with pytest.raises(actions.OtherWords):
        actions.perform(Submission("key-1", "person-1", "/x/", "others"), Deeds())


def test_another_persons_same_key_is_another_thing() -> None:
    deeds = Deeds()
    actions.perform(FIRST, deeds)
    actions.perform(Submission("key-1", "person-2", "/x/", "words"), deeds)
    assert deeds.count == 2


def test_a_deed_that_fails_can_be_sent_again() -> None:
    def fail() -> str:
        raise Problem("wrong")

    with pytest.raises(Problem):
        actions.perform(FIRST, fail)
    assert actions.perform(FIRST, lambda: "/ok/") == "/ok/"


def test_forgotten_after_a_day() -> None:
    actions.perform(FIRST, Deeds())
    assert actions.forget_old() == 0
    with clock.travelling(clock.now() + timedelta(hours=25)):
        assert actions.forget_old() == 1


@pytest.mark.race
def test_sent_at_the_same_moment_done_once(at_once: Callable[..., list[Any]]) -> None:
    deeds = Deeds()
    answers = at_once(*[lambda: actions.perform(FIRST, deeds)] * 8)
    assert answers == ["/done/0/"] * 8
    assert deeds.count == 1


class NameForm(forms.Form):
    """Something to fill in."""

    name = forms.CharField()


def test_a_good_form_leads_on() -> None:
    assert actions.fulfil(FIRST, NameForm({"name": "Greta"}), Deeds()) == "/done/0/"


@pytest.mark.parametrize("form", [NameForm(), NameForm({"name": ""})], ids=["not sent", "not right"])
def test_a_form_not_sent_or_not_right_does_nothing(form: NameForm) -> None:
    deeds = Deeds()
    assert actions.fulfil(FIRST, form, deeds) == ""
    assert deeds.count == 0


def test_each_refusal_stands_beside_its_field_and_the_form_can_be_sent_again() -> None:
    def refuse() -> str:
        raise Problems([Problem("Too short.", field="name"), Problem("Come back tomorrow.")])

    form = NameForm({"name": "G"})
    assert actions.fulfil(FIRST, form, refuse) == ""
    assert form.errors == {"name": ["Too short."], "__all__": ["Come back tomorrow."]}
    assert actions.fulfil(FIRST, NameForm({"name": "G"}), Deeds()) == "/done/0/"
