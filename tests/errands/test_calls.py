"""Calls through us: asked for on a page or dialled, for as long as the two are close; no number is shown."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handtag.errands.models import Errand
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.kernel.errors import NotAllowed, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.notices.models import Call, Incoming, Notice
from handtag.people.models import Person
from tests.errands.stage import Stage
from tests.errands.test_by_text import NOON, PHONES, built
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db
LINE, CENTRE = "+46101002000", "+4642105000"


@pytest.fixture
def elks(settings: Any) -> Iterator[Elks]:
    with running() as server, clock.travelling(NOON):
        settings.SMS_URL = server.url
        yield server


@pytest.fixture
def stage(elks: Elks, db: None) -> Stage:
    stage = built()
    stage.town.phone = CENTRE
    stage.town.save()
    return stage


@pytest.fixture
def address(stage: Stage) -> str:
    return notices.open_line(by=system(stage.town.id), number="+46766861004", voice_number=LINE).calls


def call_of(stage: Stage) -> Call:
    return Call.objects.of(stage.town.id).get()


def page_of(stage: Stage, name: str, errand: Errand) -> str:
    return stage.browser(name).get(f"/{stage.town.slug}/uppdrag/{errand.id}/").content.decode()


def ask(stage: Stage, name: str, errand: Errand) -> int:
    path = f"/{stage.town.slug}/uppdrag/{errand.id}/ring/"
    return stage.browser(name).post(path, {}).status_code


# --- asked for on the page --------------------------------------------------------------------------------


@pytest.mark.parametrize(("caller", "other"), [("leila", "asker"), ("asker", "leila")])
def test_both_are_rung_and_neither_sees_a_number(
    stage: Stage, elks: Elks, address: str, client: Client, caller: str, other: str
) -> None:
    errand = stage.errand(helper="leila")
    assert ask(stage, caller, errand) == 302
    assert notices.place_due() == 1
    (call,) = elks.calls
    assert (call.to, call.sender, call.key) == (PHONES[caller], LINE, str(call_of(stage).id))
    elks.pick_up(client, call)
    assert (call.connected, call.display) == (PHONES[other], LINE)
    elks.after_connect(client, call, "success")
    assert elks.hang_up(client, call, seconds=75) == 204
    kept = call_of(stage)
    assert (kept.state, kept.seconds, kept.caller_id) == ("met", 75, stage.people[caller].id)
    assert kept.other_id == stage.people[other].id


def test_the_page_shows_no_number_where_calls_are_put_through(stage: Stage, address: str) -> None:
    errand = stage.errand(helper="leila")
    for reader, other in (("leila", "asker"), ("asker", "leila")):
        page = page_of(stage, reader, errand)
        assert f"/uppdrag/{errand.id}/ring/" in page
        assert PHONES[other][3:] not in page.replace("-", "").replace(" ", "")


def test_without_a_line_there_is_no_such_button(stage: Stage, settings: Any, address: str) -> None:
    errand = stage.errand(helper="leila")
    settings.SMS_URL = ""
    assert f"/uppdrag/{errand.id}/ring/" not in page_of(stage, "leila", errand)


def test_pressed_twice_it_rings_once(stage: Stage, elks: Elks, address: str) -> None:
    errand = stage.errand(helper="leila")
    for _ in range(2):
        ask(stage, "leila", errand)
    assert [notices.place_due(), notices.place_due(), len(elks.calls)] == [1, 0, 1]


def test_nobody_is_rung_again_and_again(stage: Stage, elks: Elks, address: str) -> None:
    errand = stage.errand(helper="leila")
    for _ in range(5):
        notices.ask_for_call(by=stage.actor("leila"), about_id=errand.id)
        Call.objects.of(stage.town.id).update(state="failed")
    with pytest.raises(Problem):
        notices.ask_for_call(by=stage.actor("leila"), about_id=errand.id)


def test_a_stranger_rings_nobody(stage: Stage, address: str) -> None:
    errand = stage.errand(helper="leila")
    assert ask(stage, "olle", errand) in (302, 404)
    with pytest.raises(TooLate):
        notices.ask_for_call(by=stage.actor("olle"), about_id=errand.id)
    with pytest.raises(NotAllowed):
        notices.ask_for_call(by=stage.actor("karin"), about_id=errand.id)
    assert Call.objects.of(stage.town.id).count() == 0


def test_seven_days_after_the_end_it_is_over(stage: Stage, address: str) -> None:
    errand = stage.errand(helper="leila")
    with clock.travelling(errand.ends_at + timedelta(days=6, hours=23)):
        notices.ask_for_call(by=stage.actor("leila"), about_id=errand.id)
    with clock.travelling(errand.ends_at + timedelta(days=7)), pytest.raises(TooLate):
        notices.ask_for_call(by=stage.actor("leila"), about_id=errand.id)


def test_of_a_cancelled_errand_nobody_rings(stage: Stage, address: str) -> None:
    errand = stage.errand(helper="leila")
    Errand.objects.of(stage.town.id).update(state="cancelled_by_helper")
    with pytest.raises(TooLate):
        notices.ask_for_call(by=stage.actor("leila"), about_id=errand.id)


def test_a_mark_set_while_it_rings_ends_it(stage: Stage, elks: Elks, address: str, client: Client) -> None:
    errand = stage.errand(helper="leila")
    ask(stage, "leila", errand)
    notices.place_due()
    Person.objects.filter(pk=stage.people["asker"].pk).update(protection="secrecy_mark")
    assert elks.pick_up(client, elks.calls[0]).connected == ""


def test_a_protected_person_is_never_put_through(stage: Stage, address: str) -> None:
    errand = stage.errand(helper="leila")
    Person.objects.filter(pk=stage.people["leila"].pk).update(protection="secrecy_mark")
    for name in ("leila", "asker"):
        with pytest.raises(TooLate):
            notices.ask_for_call(by=stage.actor(name), about_id=errand.id)


def test_who_is_busy_gets_a_word_from_us(stage: Stage, elks: Elks, address: str, client: Client) -> None:
    ask(stage, "leila", stage.errand(helper="leila"))
    notices.place_due()
    call = elks.pick_up(client, elks.calls[0])
    elks.after_connect(client, call, "busy")
    elks.hang_up(client, call)
    elks.hang_up(client, call, state="failed")
    assert (call_of(stage).state, call_of(stage).seconds) == ("busy", 0)
    told = Notice.objects.of(stage.town.id).filter(kind="sms.answer")
    assert list(told.values_list("address", flat=True)) == [PHONES["leila"]]


def test_the_provider_away_nobody_is_rung_later(stage: Stage, elks: Elks, address: str) -> None:
    elks.mood = "down"
    ask(stage, "leila", stage.errand(helper="leila"))
    assert notices.place_due() == 0
    elks.mood = "well"
    assert (notices.place_due(), elks.calls, call_of(stage).state) == (0, [], "failed")


def test_what_a_worker_finds_too_late_is_not_rung(stage: Stage, elks: Elks, address: str) -> None:
    ask(stage, "leila", stage.errand(helper="leila"))
    with clock.travelling(NOON + timedelta(minutes=4)):
        assert notices.place_due() == 0
    assert (elks.calls, call_of(stage).state) == ([], "failed")


# --- dialled ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("caller", "other"), [("leila", "asker"), ("asker", "leila")])
def test_who_dials_is_put_through_to_the_other_side(
    stage: Stage, elks: Elks, address: str, client: Client, caller: str, other: str
) -> None:
    stage.errand(helper="leila")
    call = elks.dial(client, address, PHONES[caller], LINE)
    assert (call.connected, call.display) == (PHONES[other], LINE)
    elks.after_connect(client, call, "success")
    assert elks.hang_up(client, call) == 204
    assert (call_of(stage).state, call_of(stage).way) == ("met", "in")


def test_told_of_a_call_twice_it_is_one(stage: Stage, elks: Elks, address: str, client: Client) -> None:
    stage.errand(helper="leila")
    call = elks.dial(client, address, PHONES["leila"], LINE)
    elks.go_on(client, call, direction="incoming")
    assert (call.connected, Call.objects.of(stage.town.id).count()) == (PHONES["asker"], 1)


@pytest.mark.parametrize("sender", ["", "anonymous", "+46701740699", "unknown"])
def test_hidden_and_unknown_callers_reach_the_contact_centre(
    stage: Stage, elks: Elks, address: str, client: Client, sender: str
) -> None:
    stage.errand(helper="leila")
    call = elks.dial(client, address, sender, LINE)
    assert (call.connected, call.display) == (CENTRE, LINE)
    assert (Call.objects.of(stage.town.id).count(), Incoming.objects.of(stage.town.id).count()) == (0, 0)


def test_without_an_errand_it_is_the_contact_centre(
    stage: Stage, elks: Elks, address: str, client: Client
) -> None:
    assert elks.dial(client, address, PHONES["olle"], LINE).connected == CENTRE


def test_with_two_it_is_the_contact_centre_until_one_is_met(
    stage: Stage, elks: Elks, address: str, client: Client
) -> None:
    stage.errand(helper="leila", asker="asker")
    Person.objects.filter(pk=stage.person("bo").pk).update(phone="+46701740677")
    other = stage.errand(helper="leila", asker="bo", start=NOON + timedelta(days=4))
    assert elks.dial(client, address, PHONES["leila"], LINE).connected == CENTRE
    with clock.travelling(other.starts_at - timedelta(hours=1)):
        assert elks.dial(client, address, PHONES["leila"], LINE).connected == "+46701740677"


def test_who_is_protected_reaches_the_contact_centre(
    stage: Stage, elks: Elks, address: str, client: Client
) -> None:
    stage.errand(helper="leila")
    Person.objects.filter(pk=stage.people["asker"].pk).update(protection="secrecy_mark")
    for name in ("leila", "asker"):
        assert elks.dial(client, address, PHONES[name], LINE).connected == CENTRE


def test_a_coordinator_who_dials_is_a_resident(
    stage: Stage, elks: Elks, address: str, client: Client
) -> None:
    stage.errand(helper="leila")
    Person.objects.filter(pk=stage.people["karin"].pk).update(phone="+46701740688", email="")
    assert Role.COORDINATOR in {hat.role for hat in stage.actor("karin").hats}
    assert elks.dial(client, address, "+46701740688", LINE).connected == CENTRE


def test_a_forged_end_changes_nothing(stage: Stage, elks: Elks, address: str, client: Client) -> None:
    ask(stage, "leila", stage.errand(helper="leila"))
    notices.place_due()
    call = elks.calls[0]
    call.ended = call.ended.replace("/samtal/", "/samtal/x")
    assert elks.hang_up(client, call) == 404
    assert call_of(stage).state == "ringing"
