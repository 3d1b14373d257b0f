"""An ambassador's own people: asked for, followed and ended; nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handtag.ambassadors import queries
from handtag.ambassadors.actions import begin, demand_course, say_branch
from handtag.errands.actions import errand
from handtag.errands.actions.asking import open_ask
from handtag.errands.models import Ask, Draft
from handtag.insight.queries.ambassadors import asked_for_others
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.mandates.actions import end_mandate
from handtag.mandates.models import Mandate
from handtag.people.actions import mark_protected
from tests.ambassadors.conftest import NearTown


def begun(town: NearTown, mandate: Mandate, what: str = "fraga") -> tuple[Client, str]:
    client = town.client(town.vera)
    return client, client.post(town.url(f"{mandate.id}/{what}/"))["Location"]


def test_from_the_list_to_what_the_help_is(town: NearTown) -> None:
    """For whom is known: two touches from one's own list stands what they may need."""
    client, start = begun(town, town.take_on())
    first = client.get(start)
    assert first["Location"] == f"/{town.slug}/be-om-hjalp/vad/"
    page = client.get(first["Location"]).content.decode()
    assert ("Rune Palm" in page, "jag-hjalper-nagon/sluta/" in page) == (True, True)


def test_what_was_begun_is_gone_on_with(town: NearTown) -> None:
    mandate = town.take_on()
    begun(town, mandate)
    Draft.objects.of(town.id).update(words={"for_whom": "self", "service": str(town.service().id)})
    begin(by=town.vera, mandate_id=mandate.id)
    assert Draft.objects.of(town.id).get().words["service"] == str(town.service().id)


def test_on_the_list_stands_what_is_on(town: NearTown, django_assert_max_num_queries: Any) -> None:
    mandate = town.take_on()
    open_ask(by=town.proxy(mandate), wish=town.wish())
    agreed = open_ask(by=town.proxy(mandate), wish=town.wish(service_id=town.service("library").id))
    town.agree(agreed, town.helper(service=town.service("library")))
    one = queries.own(town.vera).helped[0]
    assert [(line.is_agreed, line.is_told) for line in one.lines] in ([(False, False), (True, False)],) or {
        line.is_agreed for line in one.lines
    } == {True, False}
    client = town.client(town.vera)
    with django_assert_max_num_queries(12):
        page = client.get(town.url("")).content.decode()
    assert "Någon kommer" in page


def test_only_as_far_as_the_mandate(town: NearTown) -> None:
    mandate = town.take_on(services=(str(town.service("library").id),))
    rune = town.helped(mandate)
    from handtag.kernel.actor import Actor, Hat

    open_ask(by=Actor(rune.id, town.id, (Hat(Role.RESIDENT),)), wish=town.wish())
    assert queries.own(town.vera).helped[0].lines == ()


def test_a_colleagues_people_are_not_there(town: NearTown, neighbour: NearTown) -> None:
    mandate = town.take_on()
    lars = town.client(town.lars)
    assert "Rune" not in lars.get(town.url("")).content.decode()
    for what in ("fraga", "fragor", "avsluta"):
        assert lars.post(town.url(f"{mandate.id}/{what}/")).status_code == 404, what
        assert town.client(neighbour.vera).post(town.url(f"{mandate.id}/{what}/")).status_code in (403, 404)
    for who in (town.lars, neighbour.vera):
        with pytest.raises(NotFound):
            begin(by=who, mandate_id=mandate.id)
    with pytest.raises(NotAllowed):
        begin(by=town.petra, mandate_id=mandate.id)
    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_protected_since_they_are_gone_from_the_list(town: NearTown) -> None:
    mandate = town.take_on(given_name="Kanariefrida")
    per = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Per")
    mark_protected(by=per, person_id=mandate.helped_id, kind="secrecy_mark", reason="Beslut visat")
    client = town.client(town.vera)
    assert "anariefrida" not in client.get(town.url("")).content.decode()
    assert client.post(town.url(f"{mandate.id}/fraga/")).status_code == 404


def test_ended_by_phone_while_the_ambassador_asks(town: NearTown) -> None:
    mandate = town.take_on()
    client, start = begun(town, mandate)
    end_mandate(by=town.petra, mandate_id=mandate.id, side="helped")
    assert client.get(start)["Location"] == f"/{town.slug}/jag-hjalper-nagon/"
    assert not Draft.objects.of(town.id).exists()
    assert "Rune" not in client.get(town.url("")).content.decode()


def test_ended_by_the_ambassador_and_what_is_out_stays(town: NearTown) -> None:
    mandate = town.take_on()
    ask = open_ask(by=town.proxy(mandate), wish=town.wish())
    client = town.client(town.vera)
    for _twice in range(2):
        client.post(town.url(f"{mandate.id}/avsluta/"))
    mandate.refresh_from_db()
    ask.refresh_from_db()
    assert (mandate.ended_because, ask.state) == ("proxy", "open")


def test_without_the_course_nobody_begins_where_it_is_demanded(town: NearTown) -> None:
    mandate = town.take_on()
    demand_course(by=town.staff(Role.COORDINATOR), wanted=True)
    with pytest.raises(Problem):
        begin(by=town.vera, mandate_id=mandate.id)
    client, where = begun(town, mandate)
    assert where == town.url("")
    assert "den korta kursen först" in client.get(where).content.decode()


def test_what_came_of_it_is_ones_own(town: NearTown) -> None:
    mandate = town.take_on()
    ask = open_ask(by=town.proxy(mandate), wish=town.wish())
    open_ask(by=town.proxy(mandate), wish=town.wish(service_id=town.service("library").id))
    helper = town.helper()
    agreed = town.agree(ask, helper)
    errand.start(by=helper, errand_id=agreed.id)
    errand.complete(by=helper, errand_id=agreed.id)
    came = queries.own(town.vera).outcome
    assert (came.asked, came.taken, came.done) == (2, 1, 1)
    assert queries.own(town.lars).outcome.asked == 0


def test_small_numbers_stay_hidden_in_the_figures(town: NearTown) -> None:
    karin = town.staff(Role.EVALUATOR, "Karin")
    say_branch(by=town.vera, branch="home_care")
    say_branch(by=town.lars, branch="library")
    mandate = town.take_on()
    for _number in range(6):
        open_ask(by=town.proxy(mandate), wish=town.wish())
    for _number in range(6):
        town.ask(town.greta)
    found = asked_for_others(karin)
    assert [(name, pair.asked, pair.filled) for name, pair in found.branches] == [("Hemtjänst", 6, 0)]
    other = town.take_on(town.lars, given_name="Siv", phone="042-400 04 23")
    open_ask(by=town.proxy(other, town.lars), wish=town.wish())
    found = asked_for_others(karin)
    assert [pair.asked for _name, pair in found.branches] == [6, None]
    assert found.areas == ()
    assert town.client(karin).get(f"/{town.slug}/siffror/").status_code == 200


def test_what_is_left_beside_is_not_told_either(town: NearTown) -> None:
    """Seven of eight asks are the home care's: the eighth would be told by the total."""
    karin, mandate = town.staff(Role.EVALUATOR, "Karin"), town.take_on()
    say_branch(by=town.vera, branch="home_care")
    for _number in range(7):
        open_ask(by=town.proxy(mandate), wish=town.wish())
    town.ask(town.greta)
    found = asked_for_others(karin)
    assert ([pair.asked for _name, pair in found.branches], found.areas) == ([None], ())


@pytest.mark.race
def test_ended_while_the_ambassador_sends(transactional_db: None, at_once: Callable[..., list[Any]]) -> None:
    """Either the ask came first, or it is refused; never after the end."""
    town = NearTown().cast()
    for number in range(4):
        mandate = town.take_on(phone=f"042-400 06 0{number}")
        acting = town.proxy(mandate)
        before = Ask.objects.of(town.id).count()
        answers = at_once(
            lambda acting=acting: open_ask(by=acting, wish=town.wish()),
            lambda mandate=mandate: end_mandate(by=town.petra, mandate_id=mandate.id, side="helped"),
        )
        mandate.refresh_from_db()
        sent = [each for each in answers if isinstance(each, Ask)]
        assert Ask.objects.of(town.id).count() == before + len(sent)
        assert mandate.ended_at is not None
        with pytest.raises(NotAllowed):
            open_ask(by=acting, wish=town.wish())
