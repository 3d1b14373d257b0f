"""The four steps as pages: without scripts, keeping what was entered, asking nothing twice."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from handtag.helpers import queries
from handtag.helpers.actions import save_profile
from handtag.kernel.actor import Actor
from tests.helpers.test_save_profile import allow_automatic, places, services, wish
from tests.login.conftest import Town

Enter = Callable[[Actor], Client]


def walk(client: Client, town: Town) -> str:
    """All four steps; gives back where one is led."""
    place = str(places(town)[0].id)
    answers: list[dict[str, Any]] = [
        {"services": [str(one) for one in services(town)]},
        {"place": place, "reach": "5000", "groups": []},
        {"ticks": ["1-morning", "1-afternoon"]},
        {"languages": ["sv", "uk"], "most_in_week": ""},
    ]
    page = f"/{town.slug}/hjalpa-till/borja/"
    for said in answers:
        assert client.get(page).status_code == 200
        answer = client.post(page, said)
        assert answer.status_code == 302, answer.content.decode()
        page = answer["Location"]
    return page


def test_four_steps_and_one_sees_what_is_open_and_what_remains(town: Town, client_of: Enter) -> None:
    allow_automatic(town)
    nils = town.person("Nils")
    client = client_of(nils)
    page = walk(client, town)
    assert page == f"/{town.slug}/hjalpa-till/klart/"
    said = client.get(page).content.decode()
    assert 'class="tag ok"' in said
    assert "/hjalpa-till/" in said
    mine = queries.profile(town.id, nils.person)
    assert mine is not None
    assert mine.is_ready
    assert (mine.reach, mine.any_time, len(mine.ticks)) == (5_000, False, 2)


def test_what_was_answered_is_there_when_one_comes_back(town: Town, client_of: Enter) -> None:
    client, (opened, _other) = client_of(town.person("Nils")), services(town)
    client.post(f"/{town.slug}/hjalpa-till/borja/", {"services": [str(opened)]})
    page = client.get(f"/{town.slug}/hjalpa-till/borja/").content.decode()
    chosen = page[page.index(str(opened)) :]
    assert "checked" in chosen[: chosen.index(">")]


def test_where_one_lives_is_not_asked_again(town: Town, client_of: Enter) -> None:
    place = places(town)[2]
    client = client_of(town.person("Nils", place_id=place.id))
    client.post(f"/{town.slug}/hjalpa-till/borja/", {"services": [str(services(town)[0])]})
    page = client.get(f"/{town.slug}/hjalpa-till/borja/var/").content.decode()
    assert f'<option value="{place.id}" selected>' in page


def test_a_step_too_far_leads_back_to_the_first(town: Town, client_of: Enter) -> None:
    client = client_of(town.person("Nils"))
    for step in ("borja/var/", "borja/nar/", "borja/hur/", "klart/"):
        answer = client.get(f"/{town.slug}/hjalpa-till/{step}")
        assert answer["Location"] == f"/{town.slug}/hjalpa-till/borja/"


def test_an_answer_that_lacks_something_keeps_the_rest(town: Town, client_of: Enter) -> None:
    client = client_of(town.person("Nils"))
    client.post(f"/{town.slug}/hjalpa-till/borja/", {"services": [str(services(town)[0])]})
    place = str(places(town)[3].id)
    page = client.post(f"/{town.slug}/hjalpa-till/borja/var/", {"place": place}).content.decode()
    assert f'<option value="{place}" selected>' in page
    assert 'role="alert"' in page
    when = client.post(f"/{town.slug}/hjalpa-till/borja/nar/", {}).content.decode()
    assert 'role="alert"' in when


def test_who_is_ready_changes_one_thing_and_is_back(
    town: Town, client_of: Enter, django_assert_max_num_queries: Any
) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    client, mine = client_of(nils), f"/{town.slug}/min-profil/"
    answer = client.post(f"/{town.slug}/hjalpa-till/borja/nar/", {"ticks": ["0-evening"]})
    assert answer["Location"] == mine
    profile = queries.profile(town.id, nils.person)
    assert profile is not None
    assert not profile.any_time


def test_a_rest_by_the_page(town: Town, client_of: Enter) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    client, mine = client_of(nils), f"/{town.slug}/min-profil/"
    client.post(f"{mine}pausa/")
    assert f"{mine}ateruppta/" in client.get(mine).content.decode()
    client.post(f"{mine}ateruppta/")
    assert f"{mine}pausa/" in client.get(mine).content.decode()


def test_no_page_asks_the_database_more_than_twelve_times(
    town: Town, client_of: Enter, django_assert_max_num_queries: Any
) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town, service_ids=services(town)))
    client = client_of(nils)
    for page in ("hjalpa-till/borja/", "hjalpa-till/borja/var/", "hjalpa-till/klart/", "min-profil/"):
        with django_assert_max_num_queries(12, info=page):
            assert client.get(f"/{town.slug}/{page}").status_code == 200


def test_another_town_shows_nothing(town: Town, neighbour: Town, client_of: Enter) -> None:
    nils = town.person("Nils")
    save_profile(by=nils, wish=wish(town))
    assert client_of(nils).get(f"/{neighbour.slug}/min-profil/").status_code == 403
