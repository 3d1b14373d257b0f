"""Which language a page speaks: cookie, then person, then browser; only what the town offers."""

import pytest
from django.test import Client

from handtag.login.rules import language
from handtag.municipalities.models import Municipality
from tests.login.conftest import Town


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
