"""The four steps, as a visitor and as a resident take them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from handtag.errands.actions import drafting
from handtag.errands.models import Ask, AskPlace, Draft, Occasion
from handtag.groups.models import Group, Membership
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Role
from handtag.permits.actions import set_rule
from handtag.permits.models import Permit
from handtag.permits.rules import Demand
from tests.errands.asked import AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)  # 13:40 on a Swedish clock


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


class Walk:
    """Somebody walks through the steps in a browser without JavaScript."""

    def __init__(self, town: AskTown, client: Any) -> None:
        self.town, self.client = town, client

    def path(self, step: str) -> str:
        return f"/{self.town.slug}/be-om-hjalp/{step}/"

    def get(self, step: str) -> Any:
        return self.client.get(self.path(step))

    def post(self, step: str, **said: Any) -> Any:
        return self.client.post(self.path(step), said)

    def all_but_the_last(self) -> Any:
        self.post("for-vem", for_whom="self", languages=["sv"])
        self.post("vad", service=str(self.town.service().id))
        self.post("mer", need="Milk and bread", outlay_how="swish", outlay_ceiling="400")
        self.post(
            "nar", when="day", day="2026-11-26", part="own", from_time="14:00", to_time="16:00", wanted="1"
        )
        return self.post("var", where="else", place=str(self.town.place().id), address="Storgatan 1")


def test_a_resident_asks_in_four_steps(town: AskTown) -> None:
    asker = town.person()
    walk = Walk(town, town.client(asker))
    assert walk.client.get(f"/{town.slug}/be-om-hjalp/").url == walk.path("for-vem")
    for step in ("for-vem", "vad", "nar", "var"):
        assert walk.get(step).status_code == 200
    assert walk.all_but_the_last().url == walk.path("skicka")
    page = walk.get("skicka").content.decode()
    assert "Milk and bread" in page
    assert "400" in page
    sent = walk.post("skicka", accepted="on", submission="one")
    ask = Ask.objects.of(town.id).get()
    assert sent.url == f"/{town.slug}/mina-fragor/{ask.id}/"
    assert (ask.asker_id, ask.need, ask.outlay_ceiling) == (asker.person_id, "Milk and bread", 400)
    assert AskPlace.objects.get(ask=ask).words == "Storgatan 1"
    assert not Draft.objects.of(town.id).exists()


def test_sending_the_same_form_twice_asks_once(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    first = walk.post("skicka", accepted="on", submission="one")
    second = walk.post("skicka", accepted="on", submission="one")
    assert first.url == second.url
    assert Ask.objects.of(town.id).count() == 1


def test_sending_from_two_pages_asks_once(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    walk.post("skicka", accepted="on", submission="one")
    assert walk.post("skicka", accepted="on", submission="two").url == f"/{town.slug}/mina-fragor/"
    assert Ask.objects.of(town.id).count() == 1


def test_nothing_known_is_asked_again(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    walk.post("skicka", accepted="on", submission="one")
    assert walk.client.get(f"/{town.slug}/be-om-hjalp/").url == walk.path("vad")
    walk.post("vad", service=str(town.service("library").id))
    walk.post("mer")
    walk.post("nar", when="soon", wanted="1")
    assert "Storgatan 1" in walk.get("var").content.decode()
    assert walk.post("var", where="home").url == walk.path("skicka")
    walk.post("skicka", accepted="on", submission="two")
    latest = Ask.objects.of(town.id).get(service=town.service("library"))
    assert AskPlace.objects.get(ask=latest).words == "Storgatan 1"
    assert latest.languages == ["sv"]


def test_a_visitor_takes_the_steps_and_logs_in_only_to_send(town: AskTown) -> None:
    visitor = Client()
    walk = Walk(town, visitor)
    walk.all_but_the_last()
    draft = Draft.objects.of(town.id).get()
    assert draft.person_id is None
    page = walk.get("skicka").content.decode()
    assert "/logga-in/?next=" in page
    refused = walk.post("skicka", accepted="on")
    assert refused.status_code in (302, 403)
    assert not Ask.objects.of(town.id).exists()
    asker = town.person()
    known = town.client(asker)
    session = known.session
    session["draft"] = visitor.session["draft"]
    session.save()
    again = Walk(town, known)
    assert again.get("skicka").status_code == 200
    assert Draft.objects.of(town.id).get().person_id == asker.person_id
    again.post("skicka", accepted="on", submission="one")
    assert Ask.objects.of(town.id).get().asker_id == asker.person_id


def test_another_visitor_does_not_see_the_draft(town: AskTown) -> None:
    Walk(town, Client()).all_but_the_last()
    other = Walk(town, Client()).get("skicka")
    assert other.url == f"/{town.slug}/be-om-hjalp/for-vem/"


def test_what_is_wrong_is_said_at_its_step_and_what_was_typed_stays(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    answer = walk.post(
        "nar", when="day", day="2026-11-21", part="own", from_time="09:00", to_time="09:05", wanted="1"
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="09:00"' in page
    errors = answer.context["form"].errors
    assert set(errors) == {"from_time", "to_time"}
    assert not Draft.objects.of(town.id).exists()


def test_what_is_missing_and_what_is_wrong_are_said_together(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    answer = walk.post("nar", when="day", day="2020-01-01", wanted="1")
    assert set(answer.context["form"].errors) == {"day", "part"}


def test_without_a_permit_the_page_says_what_remains_and_the_draft_is_kept(town: AskTown) -> None:
    set_rule(
        by=town.staff(Role.COORDINATOR),
        service_id=town.service().id,
        side="ask",
        demands=[Demand("identity")],
        automatic=False,
        valid_months=None,
    )
    asker = town.person()
    walk = Walk(town, town.client(asker))
    walk.all_but_the_last()
    answer = walk.post("skicka", accepted="on", submission="one")
    assert answer.status_code == 200
    assert [each.demand.kind for each in answer.context["page"].missing] == ["identity"]
    assert Draft.objects.of(town.id).filter(person_id=asker.person).exists()
    assert Permit.objects.of(town.id).get(person_id=asker.person).state == "applied"
    assert not Ask.objects.of(town.id).exists()


@pytest.mark.race
def test_the_same_form_sent_twice_at_the_same_moment_asks_once(at_once: Any) -> None:
    town = AskTown()
    asker = town.person()
    walk = Walk(town, town.client(asker))
    walk.all_but_the_last()
    clients = [town.client(asker) for _ in range(4)]
    answers = at_once(
        *(
            lambda client=client: Walk(town, client).post("skicka", accepted="on", submission="one").url
            for client in clients
        )
    )
    ask = Ask.objects.of(town.id).get()
    assert set(answers) == {f"/{town.slug}/mina-fragor/{ask.id}/"}


def test_a_time_that_passed_while_the_draft_lay_is_said_on_the_summary(
    town: AskTown, time_machine: Any
) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    time_machine.move_to(datetime(2026, 11, 26, 14, 30, tzinfo=UTC), tick=False)
    answer = walk.post("skicka", accepted="on", submission="one")
    assert answer.status_code == 200
    assert walk.path("nar") in answer.content.decode()
    assert Draft.objects.of(town.id).exists()


def test_care_words_are_answered_with_where_to_turn_and_can_be_sent_all_the_same(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.post("for-vem", for_whom="self")
    walk.post("vad", service=str(town.service().id))
    answer = walk.post("mer", need="Hjälp mig att duscha. Någon slår mig.")
    assert answer.url == walk.path("ring-hellre")
    page = walk.get("ring-hellre").content.decode()
    assert 'href="tel:112"' in page
    assert walk.path("nar") in page
    walk.post("nar", when="soon", wanted="1")
    walk.post("var", where="else", place=str(town.place().id))
    walk.post("skicka", accepted="on", submission="one")
    assert Ask.objects.of(town.id).get().care_words == ["slår mig", "duscha"]


def test_a_series_with_a_date_taken_away(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    walk.post(
        "nar", when="day", day="2026-11-26", part="morning", often="weekly", last_on="2026-12-17", wanted="1"
    )
    assert 'value="2026-12-10"' in walk.get("skicka").content.decode()
    walk.post("skicka", accepted="on", submission="one", excepted=["2026-12-10"])
    assert Occasion.objects.of(town.id).count() == 3


def test_another_service_asks_its_own_things_anew(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    assert walk.post("vad", service=str(town.service("dog_walk").id)).url == walk.path("mer")
    walk.post("mer", need="A poodle")
    walk.post("skicka", accepted="on", submission="one")
    assert Ask.objects.of(town.id).get().outlay_ceiling is None


def test_no_dead_ends(town: AskTown) -> None:
    client = Client()
    for page in ("nagot-annat", "vad-vi-inte-gor"):
        answer = client.get(f"/{town.slug}/be-om-hjalp/{page}/")
        assert answer.status_code == 200
        assert 'href="tel:112"' in answer.content.decode()
    assert client.get(f"/{town.slug}/be-om-hjalp/finns-inte/").status_code == 404
    assert client.get("/ingenstans/be-om-hjalp/").status_code == 404


def test_a_draft_can_be_thrown_away(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person()))
    walk.all_but_the_last()
    walk.client.post(walk.path("slang"))
    assert not Draft.objects.of(town.id).exists()


def test_what_a_visitor_answers_stays_in_no_cache(town: AskTown) -> None:
    walk = Walk(town, Client())
    answers = [walk.post("for-vem", for_whom="self", languages=["sv"]), walk.get("vad")]
    assert [answer["Cache-Control"] for answer in answers] == ["private, no-store"] * 2
    assert not Client().get(f"/{town.slug}/").has_header("Cache-Control")


def test_from_one_address_so_many_visitors_begin_and_those_logged_in_go_on(
    town: AskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "_MOST", 2)
    typed = {"for_whom": "self", "languages": ["sv"]}
    first, second, third = (Walk(town, Client(REMOTE_ADDR="192.0.2.7")) for _ in range(3))
    assert [walk.post("for-vem", **typed).status_code for walk in (first, second)] == [302, 302]
    refused = third.post("for-vem", **typed)
    assert refused.status_code == 200
    assert 'role="alert"' in refused.content.decode()
    assert Draft.objects.of(town.id).count() == 2
    assert first.post("for-vem", **typed).status_code == 302
    elsewhere = Walk(town, Client(REMOTE_ADDR="192.0.2.8"))
    assert elsewhere.post("for-vem", **typed).status_code == 302
    resident = town.client(town.person())
    assert resident.post(third.path("for-vem"), typed, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_group_by_invitation_is_offered_to_those_in_it_alone(town: AskTown) -> None:
    secret = Group.objects.create(municipality=town.municipality, name="Kören", joining="invitation")
    insider, outsider = town.person("Insider"), town.person("Outsider")
    Membership.objects.create(municipality_id=town.id, group=secret, person_id=insider.person, state="member")

    def shown(client: Any) -> bool:
        return "Kören" in Walk(town, client).get("var").content.decode()

    assert [shown(client) for client in (Client(), town.client(outsider), town.client(insider))] == [
        *(False, False, True)
    ]
    town.ask(insider, group_ids=(secret.id,))
    with pytest.raises(Problem):
        town.ask(outsider, group_ids=(secret.id,))


def test_the_map_is_for_somewhere_else(town: AskTown) -> None:
    walk = Walk(town, town.client(town.person(place_id=town.place().id, address="Storgatan 1")))
    assert not walk.get("var").context["form"]["where"].value()
    with_map = walk.client.get(f"{walk.path('var')}?karta=1")
    assert (with_map.context["form"]["where"].value(), "map" in with_map.context) == ("else", True)
