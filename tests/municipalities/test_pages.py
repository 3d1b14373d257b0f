"""The pages of the tenant, as staff and visitors meet them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from handtag.kernel.actor import Actor
from handtag.municipalities import actions, queries
from handtag.municipalities.actions import feedback as feedback_room
from tests.municipalities.ground import Town
from tests.municipalities.test_set_up import PNG, WORDS
from tests.municipalities.test_upload_addresses import TWO
from tests.municipalities.test_upload_areas import HALVES, feature, file

Browser = Callable[[Actor], Client]
FORM: dict[str, Any] = {
    "phone": "042-10 50 00",
    "hours": "måndag till fredag kl. 8–17",
    "email": "",
    "accent": "#7a1f2b",
    "font": "system",
    "languages": ["sv", "en"],
    "welcome": "Hej!",
}
STAFF_PAGES = (
    "installningar/",
    "installningar/namnder/",
    "installningar/tillganglighet/",
    "installningar/personuppgifter/",
    "installningar/omraden/",
    "installningar/platser/",
)


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_pages_open_to_the_coordinator_alone(
    town: Town, coordinator: Actor, resident: Actor, bjuv_coordinator: Actor, browser: Browser, path: str
) -> None:
    assert browser(coordinator).get(town.url(path)).status_code == 200
    assert browser(resident).get(town.url(path)).status_code == 403
    assert browser(bjuv_coordinator).get(town.url(path)).status_code in (403, 404)
    assert Client().get(town.url(path)).status_code == 302


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_pages_ask_the_database_little(
    town: Town, coordinator: Actor, browser: Browser, path: str, django_assert_max_num_queries: Any
) -> None:
    client = browser(coordinator)
    with django_assert_max_num_queries(12):
        client.get(town.url(path))


def test_settings_are_saved_and_said(town: Town, coordinator: Actor, browser: Browser) -> None:
    answer = browser(coordinator).post(town.url("installningar/"), FORM)
    assert (answer.status_code, answer["Location"]) == (302, town.url("installningar/"))
    assert town.fresh().accent == "#7a1f2b"


def test_preview_shows_and_saves_nothing(town: Town, coordinator: Actor, browser: Browser) -> None:
    answer = browser(coordinator).post(town.url("installningar/"), FORM | {"preview": "1"})
    page = answer.content.decode()
    assert "accent=%237a1f2b&amp;font=system" in page
    assert 'value="042-10 50 00"' in page
    assert town.fresh().phone == ""


def test_a_pale_colour_offers_the_nearest_and_keeps_what_was_typed(
    town: Town, coordinator: Actor, browser: Browser
) -> None:
    client = browser(coordinator)
    page = client.post(town.url("installningar/"), FORM | {"accent": "#ffd75e"}).content.decode()
    nearest = re.search(
        r'name="nearest" value="(#[0-9a-f]{6})"|value="(#[0-9a-f]{6})"[^>]*name="nearest"', page
    )
    assert nearest is not None
    assert "Hej!" in page
    assert town.fresh().welcome == ""
    colour = nearest[1] or nearest[2]
    chosen = client.post(town.url("installningar/"), FORM | {"accent": "#ffd75e", "nearest": colour})
    assert f'value="{colour}"' in chosen.content.decode()
    assert town.fresh().welcome == ""


def test_the_look_of_the_preview(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    good = client.get(town.url("installningar/utseende.css"), {"accent": "#7a1f2b", "font": "system"})
    assert good["Content-Type"] == "text/css"
    assert good.content.decode().startswith(".preview {")
    pale = client.get(town.url("installningar/utseende.css"), {"accent": "#ffd75e"})
    assert pale.status_code == 422
    assert pale["X-Nearest"] in pale.content.decode()


def test_the_theme_follows_the_settings(town: Town, coordinator: Actor) -> None:
    actions.set_up(by=coordinator, words=WORDS)
    answer = Client().get(town.url("tema.css"))
    assert "--accent: #7a1f2b" in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    assert (
        town.url("tema.css?v=7a1f2b-atkinson") in Client().get(town.url("tillganglighet/")).content.decode()
    )


def test_the_logo_is_served_as_what_it_is(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    assert client.get(town.url("logotyp/")).status_code == 404
    picture = SimpleUploadedFile("logo.svg", PNG, "image/svg+xml")
    assert client.post(town.url("installningar/logotyp/"), {"logo": picture}).status_code == 302
    answer = Client().get(town.fresh().logo_href)
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer) == PNG
    assert client.post(town.url("installningar/logotyp/"), {"remove": "1"}).status_code == 302
    assert not town.fresh().logo


def test_a_file_that_is_no_picture_is_said_on_the_page(
    town: Town, coordinator: Actor, browser: Browser
) -> None:
    fake = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")
    answer = browser(coordinator).post(town.url("installningar/logotyp/"), {"logo": fake})
    assert answer.status_code == 200
    assert "id_logo_error" in answer.content.decode()


def test_areas_are_uploaded_on_their_page(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    good = SimpleUploadedFile("areas.geojson", HALVES.encode())
    assert client.post(town.url("installningar/omraden/"), {"file": good}).status_code == 302
    bad = SimpleUploadedFile("areas.geojson", file(feature(None, 12.5, 13.0)).encode())
    page = client.post(town.url("installningar/omraden/"), {"file": bad})
    assert page.status_code == 200
    assert "id_file_error" in page.content.decode() or 'role="alert"' in page.content.decode()
    assert {area.name for area in queries.areas(town.id)} == {"Väst", "Öst"}


def test_a_place_goes_through_its_life(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    new = {"name": "Grå läge", "kind": "village", "latitude": "56,001", "longitude": "12.74", "beside": ""}
    assert client.post(town.url("installningar/platser/"), new).status_code == 302
    (made,) = queries.find_places(town.id, "grå läge")
    path = town.url(f"installningar/platser/{made.id}/")
    assert client.get(path).status_code == 200
    assert client.post(path, {"name": "Grå Läge"}).status_code == 302
    assert "Grå Läge" in client.get(town.url("installningar/platser/")).content.decode()
    assert client.post(f"{path}ur-bruk/").status_code == 302
    assert queries.find_places(town.id, "grå läge") == []


def test_a_place_without_a_spot_is_asked_for_one(town: Town, coordinator: Actor, browser: Browser) -> None:
    new = {"name": "Nånstans", "kind": "village", "latitude": "", "longitude": "", "beside": ""}
    page = browser(coordinator).post(town.url("installningar/platser/"), new)
    assert page.status_code == 200
    assert "Nånstans" in page.content.decode()
    assert "id_longitude_error" in page.content.decode()


def test_addresses_are_uploaded(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    sent = {"file": SimpleUploadedFile("a.csv", TWO)}
    assert client.post(town.url("installningar/platser/adresser/"), sent).status_code == 302
    assert queries.address_count(town.id) == 2
    bad = {"file": SimpleUploadedFile("a.csv", b"adress;lon;lat\nX;1;2\n")}
    assert client.post(town.url("installningar/platser/adresser/"), bad).status_code == 200
    assert queries.address_count(town.id) == 2


def test_committees_on_their_pages(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    base = town.url("installningar/namnder/")
    committee = queries.committees(town.id)[0]
    assert client.post(base, {"name": "Fritidsnämnden"}).status_code == 302
    assert client.post(f"{base}{committee.id}/", {"name": "Fritidsnämnden"}).status_code == 200
    assert client.get(f"{base}{committee.id}/beslut/").status_code == 200
    sent = {"on": "2026-01-07", "reference": "§ 41"}
    assert client.post(f"{base}{committee.id}/beslut/", sent).status_code == 302
    assert "§ 41" in client.get(base).content.decode()
    assert client.post(f"{base}{committee.id}/upphor/").status_code == 302
    assert queries.committees(town.id)[1].automatic_from is None


def test_the_neighbours_things_are_not_found_through_ones_own_address(
    town: Town, neighbour: Town, bjuv_coordinator: Actor, browser: Browser
) -> None:
    client = browser(bjuv_coordinator)
    committee = queries.committees(town.id)[0]
    place = queries.places(town.id)[0]
    for path in (
        f"installningar/namnder/{committee.id}/",
        f"installningar/namnder/{committee.id}/beslut/",
        f"installningar/platser/{place.id}/",
    ):
        assert client.get(neighbour.url(path)).status_code == 404


def test_the_statement_is_filled_in_and_public(town: Town, coordinator: Actor, browser: Browser) -> None:
    client = browser(coordinator)
    sent = {
        "actor": "Helsingborgs stad",
        "service": "Handtag",
        "conformity": "partial",
        "faults": "Kartan läses inte upp.",
        "reasons": "",
        "assessed_on": "2026-10-01",
        "method": "self",
        "contact": "",
    }
    assert client.post(town.url("installningar/tillganglighet/"), sent).status_code == 302
    assert 'value="2026-10-01"' in client.get(town.url("installningar/tillganglighet/")).content.decode()
    page = Client().get(town.url("tillganglighet/")).content.decode()
    assert "Helsingborgs stad" in page
    assert "Kartan läses inte upp." in page
    assert "digg.se" in page


def test_anybody_tells_what_did_not_work(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(
        feedback_room, "AFTER_FEEDBACK", [lambda by, said: told.append((by.tenant, said.words))]
    )
    answer = Client().post(town.url("tillganglighet/"), {"words": "Ingen kontrast.", "answer_to": ""})
    assert answer.status_code == 302
    assert told == [(town.id, "Ingen kontrast.")]
    wrong = Client().post(town.url("tillganglighet/"), {"words": "Ja.", "answer_to": "nej"})
    assert wrong.status_code == 200
    assert len(told) == 1


def test_the_same_form_sent_twice_tells_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(feedback_room, "AFTER_FEEDBACK", [lambda by, said: told.append(said)])
    client = Client()
    for _again in range(2):
        client.post(town.url("tillganglighet/"), {"words": "Ja.", "answer_to": "", "submission": "once"})
    assert len(told) == 1


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was told of the page, with nobody counted yet."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    words: list[str] = []
    monkeypatch.setattr(feedback_room, "AFTER_FEEDBACK", [lambda by, said: words.append(said.words)])
    return words


def tell(town: Town, client: Client, words: str = "Ja.", **headers: str) -> Any:
    sent = {"words": words, "answer_to": "sven@example.se"}
    return client.post(town.url("tillganglighet/"), sent, headers=headers or None)


def test_the_sixth_in_an_hour_is_told_to_call_and_nothing_is_lost(town: Town, told: list[str]) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    assert [tell(town, client).status_code for _time in range(5)] == [302] * 5
    answer = tell(town, client, "Den sjätte saken.")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Den sjätte saken." in page
    assert 'value="sven@example.se"' in page
    phone = town.municipality.phone
    assert page.count(phone) > client.get(town.url("tillganglighet/")).content.decode().count(phone)
    assert len(told) == 5
    assert tell(town, Client(REMOTE_ADDR="192.0.2.2")).status_code == 302


def test_what_needs_mending_takes_no_turn(town: Town, told: list[str]) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    for _time in range(6):
        assert tell(town, client, " ").status_code == 200
    assert tell(town, client).status_code == 302


def test_the_same_form_again_takes_no_turn(town: Town, told: list[str]) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    for _time in range(9):
        sent = {"words": "Ja.", "answer_to": "", "submission": "once"}
        assert client.post(town.url("tillganglighet/"), sent).status_code == 302
    assert told == ["Ja."]


def test_behind_a_proxy_of_ours_each_visitor_is_counted(town: Town, told: list[str], settings: Any) -> None:
    client = Client(REMOTE_ADDR="10.0.0.1")
    for _time in range(5):
        tell(town, client, **{"x-forwarded-for": "198.51.100.9"})
    # Nobody gets out of it by a claim of their own in front of what the proxy says, nor without a proxy.
    assert tell(town, client, **{"x-forwarded-for": "203.0.113.5"}).status_code == 429
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    for _time in range(5):
        assert tell(town, client, **{"x-forwarded-for": "198.51.100.9"}).status_code == 302
    assert tell(town, client, **{"x-forwarded-for": "203.0.113.5, 198.51.100.9"}).status_code == 429
    assert tell(town, client, **{"x-forwarded-for": "198.51.100.10"}).status_code == 302


def test_who_is_logged_in_is_counted_as_themselves(
    town: Town, told: list[str], resident: Actor, browser: Callable[[Actor], Client]
) -> None:
    for _time in range(6):
        tell(town, Client())
    assert tell(town, browser(resident)).status_code == 302


def test_personal_data_in_ready_words_and_in_own(town: Town, coordinator: Actor) -> None:
    page = Client().get(town.url("personuppgifter/")).content.decode()
    assert "Helsingborgs kommun" in page
    assert "imy.se" in page
    actions.set_privacy_notice(by=coordinator, text="Egna <b>ord</b>.")
    page = Client().get(town.url("personuppgifter/")).content.decode()
    assert "Egna &lt;b&gt;ord&lt;/b&gt;." in page
    assert "imy.se" not in page


@pytest.mark.parametrize("path", ["tema.css", "logotyp/", "tillganglighet/", "personuppgifter/"])
def test_a_town_that_is_not_live_is_not_found(db: None, path: str) -> None:
    assert Client().get(f"/skovde/{path}").status_code == 404
    assert Client().get(f"/ingenstans/{path}").status_code == 404


def test_no_town_costs_no_query(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        Client().get("/healthz")
