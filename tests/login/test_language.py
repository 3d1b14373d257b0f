"""Which language a page speaks: the person's choice, then cookie, then browser; only what the town offers."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error

from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.login.rules import language
from handtag.municipalities.models import Municipality
from handtag.notices import actions as notices
from handtag.notices.actions import Letter
from handtag.people.models import Person
from tests.login.conftest import Town

ClientOf = Callable[[Actor], Client]


@pytest.mark.parametrize(
    ("wishes", "offered", "expected"),
    [
        (["en"], ["sv", "en"], "en"),
        (["ar", "en-GB"], ["sv", "en"], "en"),
        (["ar"], ["sv", "en"], "sv"),
        ([None, "", "SV-se"], ["en", "sv"], "sv"),
        (["sv-easy"], ["sv", "sv_Easy"], "sv_Easy"),
        (["ar"], [], "sv"),
    ],
)
def test_the_first_wish_that_is_offered(wishes: list[str], offered: list[str], expected: str) -> None:
    assert language(wishes, offered, "sv") == expected


def test_the_browser_is_asked_when_nobody_has_chosen(town: Town, client: Client) -> None:
    page = client.get("/logga-in/", headers={"Accept-Language": "en-GB,sv;q=0.5"})
    assert page["Content-Language"] == "en"
    assert "Accept-Language" in page["Vary"]


def test_a_chosen_language_wins_over_the_browser(town: Town, client: Client) -> None:
    went = client.get("/sprak/?language=en&next=/logga-in/")
    assert went["Location"] == "/logga-in/"
    assert client.get("/logga-in/", headers={"Accept-Language": "sv"})["Content-Language"] == "en"


def test_a_town_speaks_only_what_it_offers(town: Town, client: Client) -> None:
    Municipality.objects.filter(pk=town.id).update(languages=["sv"])
    client.get("/sprak/?language=en")
    page = client.get(f"/{town.slug}/valkommen/", headers={"Accept-Language": "en"})
    assert page["Content-Language"] == "sv"


def test_choosing_a_language_leads_nowhere_else(town: Town, client: Client) -> None:
    assert client.get("/sprak/?language=en&next=https://example.se/")["Location"] == "/"
    assert client.get("/sprak/?language=en&next=//example.se/")["Location"] == "/"


def chosen_by(browser: Client, code: str, where: str) -> Any:
    return browser.post("/sprak/", {"language": code, "next": where})


def test_who_is_logged_in_chooses_for_all_browsers_and_for_our_letters(
    town: Town, client_of: ClientOf
) -> None:
    leila = town.person("Leila")
    browser = client_of(leila)
    page = chosen_by(browser, "ar", f"/{town.slug}/hjalpa-till/")
    assert page["Location"] == f"/{town.slug}/hjalpa-till/"
    assert Person.objects.get(pk=leila.person).language == "ar"
    with translation.override("ar"):
        said = translation.gettext("From now on we write to you in this language too.")
    seen = browser.get(page["Location"])
    assert seen["Content-Language"] == "ar"
    assert said in seen.text
    letter = notices.tell(
        municipality_id=town.id,
        person_id=leila.person,
        kind="test",
        write=lambda: Letter(translation.gettext("Language"), ""),
    )
    assert (letter.language, letter.subject) == ("ar", "اللغة")
    entry = Entry.objects.filter(verb="person.changed", about_id=leila.person).get()
    assert entry.facts == {"fields": ["language"]}


def test_the_same_language_once_more_writes_nothing(town: Town, client_of: ClientOf) -> None:
    leila = town.person("Leila")
    browser = client_of(leila)
    for _turn in range(2):
        chosen_by(browser, "fi", "/")
    assert Entry.objects.filter(verb="person.changed", about_id=leila.person).count() == 1


def test_ones_own_choice_wins_over_what_somebody_chose_in_this_browser(
    town: Town, client_of: ClientOf
) -> None:
    browser = client_of(town.person("Leila", language="uk"))
    browser.cookies["sprak"] = "en"
    assert browser.get(f"/{town.slug}/hjalpa-till/")["Content-Language"] == "uk"


def test_a_link_from_elsewhere_changes_nobodys_choice(town: Town, client_of: ClientOf) -> None:
    leila = town.person("Leila")
    client_of(leila).get("/sprak/?language=so")
    assert Person.objects.get(pk=leila.person).language == "sv"


def test_an_unknown_language_changes_nothing(town: Town, client_of: ClientOf) -> None:
    leila = town.person("Leila")
    page = chosen_by(client_of(leila), "xx", "/")
    assert "sprak" not in page.cookies
    assert Person.objects.get(pk=leila.person).language == "sv"


def test_where_what_was_sent_is_shown_again_one_comes_back_to_where_one_was(client: Client) -> None:
    came = {"Referer": "http://testserver/helsingborg/mina-fragor/?visa=alla"}
    assert client.get("/sprak/?language=en&next=", headers=came)["Location"] == came["Referer"][17:]
    elsewhere = {"Referer": "http://example.se/helsingborg/"}
    assert client.get("/sprak/?language=en", headers=elsewhere)["Location"] == "/"


LANGUAGES = ("sv", "sv-easy", "en", "ar", "uk", "fi", "so")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/logga-in/", 200),
        ("/helsingborg/", 200),
        ("/helsingborg/be-om-hjalp/for-vem/", 200),
        ("/helsingborg/tillganglighet/", 200),
        ("/finns-inte/", 404),
        ("/helsingborg/finns-inte/", 404),
        ("/helsingborg/oversikt/", 403),
    ],
)
def test_every_language_is_one_touch_away_also_where_something_is_wrong(
    town: Town, client_of: ClientOf, path: str, status: int
) -> None:
    browser = client_of(town.person("Leila")) if status == 403 else Client()
    page = browser.get(path)
    assert page.status_code == status
    head = page.text.partition("<main")[0]
    for code in LANGUAGES:
        assert re.search(f'<button[^>]* name="(language|read_in)" value="{code}"', head), code
    keeps = f'form="page" formaction="{path}"' in head and 'id="page"' in page.text
    assert keeps or f'name="next" value="{path}"' in head


def test_a_page_that_broke_down_speaks_all_languages_too(rf: RequestFactory) -> None:
    with translation.override("ar"):
        page = server_error(rf.get("/")).content.decode()
    assert 'dir="rtl"' in page
    assert all(f'name="language" value="{code}"' in page for code in LANGUAGES)


def test_from_easy_swedish_the_ordinary_is_one_touch_away(town: Town, client: Client) -> None:
    client.cookies["sprak"] = "sv-easy"
    head = client.get("/helsingborg/").text.partition("<main")[0]
    assert 'name="language" value="sv"' in head


def test_a_town_without_easy_swedish_shows_no_button_for_it(town: Town, client: Client) -> None:
    Municipality.objects.filter(pk=town.id).update(languages=["sv", "ar"])
    page = client.get("/helsingborg/").text
    assert 'value="sv-easy"' not in page
    assert 'value="ar"' in page


def test_until_a_speaker_has_read_it_all_the_pages_say_so_and_then_on_which_day(
    town: Town, client: Client, settings: Any
) -> None:
    client.cookies["sprak"] = "uk"
    with translation.override("uk"):
        unread = translation.gettext(
            "Nobody who speaks this language has read these words through yet. Where they and the "
            "Swedish say different things, the Swedish holds."
        )
    assert unread in client.get("/helsingborg/").text
    settings.LANGUAGES_REVIEWED = {"uk": date(2026, 12, 5)}
    page = client.get("/helsingborg/").text
    assert unread not in page
    assert "Носій мови перечитав цей текст, 5 грудня 2026 року." in page
