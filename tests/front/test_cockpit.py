"""The coordinator's overview: what waits is there, deeds get done, and what is hidden stays hidden."""

from datetime import timedelta

import pytest
from django.test import Client

from handtag.errands.actions.errand import report
from handtag.errands.actions.meeting import make_offer
from handtag.errands.models import Ask, Errand, Invitation
from handtag.groups.models import Group, Membership
from handtag.history.queries import who_looked
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.notices.models import Notice
from handtag.people.models import Person
from handtag.permits.models import Permit, Side
from tests.errands import stage
from tests.errands.stage import Stage

CANARY = "Kanariefågel"
STAFF = {
    "coordinator": Role.COORDINATOR,
    "caseworker": Role.CASEWORKER,
    "evaluator": Role.EVALUATOR,
    "officer": Role.PROTECTED_IDENTITY_OFFICER,
}


@pytest.fixture
def town(db: None) -> Stage:
    made = stage.build()
    for name, role in STAFF.items():
        made.person(name, role=role)
    return made


def browser(town: Stage, name: str, language: str = "en") -> Client:
    person = town.people[name]
    user, _ = User.objects.get_or_create(email=f"{name}@example.org", person=person)
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    Person.objects.filter(pk=person.pk).update(language=language)
    client.force_login(user, backend="handtag.login.middleware.sessions.Backend")
    return client


def here(town: Stage, rest: str = "", ask: Ask | None = None) -> str:
    return f"/{town.town.slug}/oversikt/" + (f"fraga/{ask.id}/" if ask else "") + rest


def protect(town: Stage, name: str) -> None:
    Person.objects.filter(pk=town.people[name].pk).update(given_name=CANARY, protection="secrecy_mark")


def test_a_monday_has_everything_that_waits_on_one_page(town: Stage) -> None:
    town.ask("asker", opened_at=clock.now() - timedelta(hours=50))
    helper = town.helper("helper")
    done = make_offer(by=helper, occasion_id=town.occasion(town.ask("other")).id)
    errand = Errand.objects.of(town.town.id).get(offer=done)
    report(by=town.actor("other"), errand_id=errand.id, concern="money", words="The receipt")
    permit = Permit.objects.create(
        municipality=town.town, person=town.person("applicant"), service=town.service, side="perform"
    )
    Notice.objects.create(
        municipality=town.town,
        person=town.person("caller"),
        kind="ask.open",
        language="sv",
        state="unreachable",
    )
    page = browser(town, "coordinator").get(here(town)).text
    for words in (
        "One ask waits for a neighbour",
        "Nobody has taken it in 2 days",
        "Applicant Exempel",
        str(permit.id),
        "Money or a receipt",
        "Caller Exempel",
    ):
        assert words in page, words


def test_nobody_waiting_says_so(town: Stage) -> None:
    page = browser(town, "coordinator").get(here(town)).text
    assert "No ask is waiting." in page
    assert "Every ask has somebody who comes" in page


def test_words_of_care_are_marked(town: Stage) -> None:
    town.ask("asker", care_words=["medicin"])
    assert "Sounds like care" in browser(town, "coordinator").get(here(town)).text


@pytest.mark.parametrize("name", ["caseworker", "evaluator", "asker"])
def test_only_who_steers_asks_comes_in(town: Stage, name: str) -> None:
    ask = town.ask("asker")
    client = browser(town, name)
    for path in ("", "foresla/", "ta-tillbaka/"):
        assert client.get(here(town, path, ask)).status_code == 403
    assert client.get(here(town)).status_code == 403
    for path in ("vidga/", "grupp/", "bjud-in/", "placera/"):
        assert client.post(here(town, path, ask)).status_code == 403


def test_widen_from_the_page_says_how_many_more(town: Stage) -> None:
    town.helper("far", km=6, reach=2000)
    ask = town.ask("asker")
    client = browser(town, "coordinator")
    assert "One more who may help gets the question" in client.get(here(town, "", ask)).text
    answer = client.post(here(town, "vidga/", ask), {"metres": "5000"}, follow=True)
    assert "reaches further now" in answer.text
    ask.refresh_from_db()
    assert ask.wider_by == 5000


@pytest.mark.parametrize("metres", ["", "-1", "far", "3", "99999999999999999999"])
def test_widening_by_nonsense_changes_nothing(town: Stage, metres: str) -> None:
    ask = town.ask("asker")
    browser(town, "coordinator").post(here(town, "vidga/", ask), {"metres": metres})
    ask.refresh_from_db()
    assert ask.wider_by == 0


def test_a_group_is_asked_from_the_page(town: Stage) -> None:
    town.helper("near")
    group = Group.objects.create(municipality=town.town, name="Knackargruppen")
    Membership.objects.create(municipality=town.town, group=group, person=town.people["near"], state="member")
    ask = town.ask("asker")
    client = browser(town, "coordinator")
    assert "Knackargruppen (1)" in client.get(here(town, "", ask)).text
    answer = client.post(here(town, "grupp/", ask), {"group": group.id}, follow=True)
    assert "1 person was asked" in answer.text
    assert client.post(here(town, "grupp/", ask), {"group": "none"}).status_code == 404


def test_a_person_is_proposed_with_reasons_and_asked(town: Stage) -> None:
    near, _far = town.helper("near"), town.helper("far", km=3)
    ask = town.ask("asker")
    client = browser(town, "coordinator")
    page = client.get(here(town, "foresla/", ask)).text
    assert page.index("Near Exempel") < page.index("Far Exempel")
    assert "under 1 km away" in page.lower()
    asked = {"occasion": town.occasion(ask).id, "person": near.person}
    assert "Asked, has not answered" in client.post(here(town, "bjud-in/", ask), asked, follow=True).text
    assert Invitation.objects.of(town.town.id).get().person_id == near.person


def test_a_promise_by_phone_is_written_down_and_both_are_told(town: Stage) -> None:
    near = town.helper("near")
    ask = town.ask("asker")
    placed = {"occasion": town.occasion(ask).id, "person": near.person}
    answer = browser(town, "coordinator").post(here(town, "placera/", ask), placed, follow=True)
    assert "They are agreed" in answer.text
    assert "No ask is waiting." in answer.text
    assert Errand.objects.of(town.town.id).get().helper_id == near.person


def test_ringing_shows_the_number_logs_it_and_keeps_the_note(town: Stage) -> None:
    ask = town.ask("asker")
    client = browser(town, "coordinator")
    assert "070-174 06 10" in client.get(here(town, "ring/", ask)).text
    assert [line.facts for line in who_looked(town.people["asker"].id)] == [{"page": "ask"}]
    client.post(here(town, "ring/", ask), {"words": "On Friday instead"})
    assert "On Friday instead" in client.get(here(town, "ring/", ask)).text


def test_the_number_is_not_on_the_overview(town: Stage) -> None:
    ask = town.ask("asker")
    client = browser(town, "coordinator")
    for path in (here(town), here(town, "", ask), here(town, "foresla/", ask)):
        assert "174 06 10" not in client.get(path).text
    assert who_looked(town.people["asker"].id) == []


def test_an_ask_is_taken_back_with_a_reason(town: Stage) -> None:
    ask = town.ask("asker")
    client = browser(town, "coordinator")
    assert client.post(here(town, "ta-tillbaka/", ask), {"reason": ""}).status_code == 200
    answer = client.post(here(town, "ta-tillbaka/", ask), {"reason": "No longer needed"})
    assert answer["Location"] == here(town, "ta-tillbaka/", ask)
    ask.refresh_from_db()
    assert ask.state == "withdrawn"
    assert client.get(here(town, "", ask))["Location"] == here(town)


def test_what_was_taken_back_by_mistake_is_put_out_again_from_the_same_place(town: Stage) -> None:
    ask = town.ask("asker")
    town.permit(town.people["asker"], Side.ASK)
    client, undo = browser(town, "coordinator"), here(town, "angra/", ask)
    assert undo not in client.get(here(town, "ta-tillbaka/", ask)).text
    client.post(here(town, "ta-tillbaka/", ask), {"reason": "The wrong one"})
    assert undo in client.get(here(town, "ta-tillbaka/", ask)).text
    for _time in range(2):
        assert client.post(undo, {"submission": "one"})["Location"] == here(town, "", ask)
    ask.refresh_from_db()
    assert ask.state == "open"
    told = Notice.objects.of(town.town.id).filter(person=town.people["asker"], kind="ask.restored")
    assert told.count() == 1


def test_half_an_hour_later_it_stays_taken_back_and_that_is_said(town: Stage) -> None:
    ask = town.ask("asker")
    town.permit(town.people["asker"], Side.ASK)
    client, undo = browser(town, "coordinator"), here(town, "angra/", ask)
    client.post(here(town, "ta-tillbaka/", ask), {"reason": "The wrong one"})
    with clock.travelling(clock.now() + timedelta(minutes=31)):
        assert undo not in client.get(here(town, "ta-tillbaka/", ask)).text
        late = client.post(undo)
    assert late.status_code == 200
    assert 'role="alert"' in late.text
    ask.refresh_from_db()
    assert ask.state == "withdrawn"


def test_the_neighbours_coordinator_finds_nothing(town: Stage) -> None:
    ask = town.ask("asker")
    neighbour = stage.build("1260")
    neighbour.person("bjuv", role=Role.COORDINATOR)
    client = browser(neighbour, "bjuv")
    for path in ("", "foresla/", "ring/", "ta-tillbaka/"):
        assert client.get(here(neighbour, path, ask)).status_code == 404
    for path in ("vidga/", "grupp/", "bjud-in/", "placera/", "angra/"):
        assert client.post(here(neighbour, path, ask), {"metres": "5000"}).status_code == 404
    assert client.get(here(town)).status_code == 403


def test_nothing_of_a_protected_asker_is_on_the_coordinators_pages(town: Stage) -> None:
    ask = town.ask("asker", need=f"Hjälp till {CANARY}")
    Notice.objects.create(
        municipality=town.town, person=town.people["asker"], kind="x", language="sv", state="unreachable"
    )
    Permit.objects.create(
        municipality=town.town, person=town.people["asker"], service=town.service, side="perform"
    )
    protect(town, "asker")
    client = browser(town, "coordinator")
    page = client.get(here(town)).text
    assert CANARY not in page
    assert str(town.people["asker"].id) not in page
    assert "No ask is waiting." in page
    for path in ("", "foresla/", "ring/", "ta-tillbaka/"):
        assert client.get(here(town, path, ask)).status_code == 404


def test_the_officer_places_a_protected_askers_ask_and_sees_no_name_unasked(town: Stage) -> None:
    town.helper("near")
    ask = town.ask("asker", need=f"Hjälp till {CANARY}", area=None)
    protect(town, "asker")
    client = browser(town, "officer")
    for path in (here(town), here(town, "", ask), here(town, "foresla/", ask)):
        page = client.get(path)
        assert page.status_code == 200
        assert CANARY not in page.text
    assert "Protected identity" in client.get(here(town, "", ask)).text
    assert client.get(here(town, "ring/", ask)).status_code == 404


def test_a_protected_helper_is_proposed_to_nobody(town: Stage) -> None:
    town.helper("near")
    protect(town, "near")
    ask = town.ask("asker")
    for name in ("coordinator", "officer"):
        assert CANARY not in browser(town, name).get(here(town, "foresla/", ask)).text


@pytest.mark.parametrize("path", ["", "fraga/{ask}/"])
def test_the_desk_asks_little_of_the_database(town: Stage, path: str, django_assert_max_num_queries) -> None:
    for name in ("a", "b", "c"):
        town.helper(f"helper{name}", km=4)
        ask = town.ask(f"asker{name}", opened_at=clock.now() - timedelta(hours=3))
    client = browser(town, "coordinator")
    client.get(here(town))
    with django_assert_max_num_queries(12):
        assert client.get(here(town, path.format(ask=ask.id))).status_code == 200


def test_it_is_in_swedish_too(town: Stage) -> None:
    town.ask("asker")
    assert browser(town, "coordinator", "sv").get(here(town)).status_code == 200
