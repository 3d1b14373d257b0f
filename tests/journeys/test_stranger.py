"""Somebody from Bjuv sees nothing of Helsingborg, whatever addresses they try."""

import re

from django.apps import apps

from handtag.municipalities.models import Municipality
from handtag.people.models import RoleHeld
from tests.journeys.sample import Sample
from tests.journeys.steps import ask_for
from tests.journeys.walk import pages

STRANGERS = ("neighbour_asker", "neighbour_helper", "neighbour_coordinator", "neighbour_caseworker")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
# The rules and a helper's code are for everybody to look up, and whoever wants to may put up a poster.
PUBLIC = {"rule_history", "verify_helper", "prints"}
OPEN = ("", "villkor/", "tillganglighet/", "personuppgifter/", "be-om-hjalp/for-vem/")
CLOSED = (
    *("mina-fragor/", "hjalpa-till/", "hjalpa-till/borja/", "uppdrag/", "kalender/"),
    *("min-profil/", "mina-behorigheter/", "mina-kontaktuppgifter/", "mina-uppgifter/", "grupper/"),
    *("grupper/skotsel/", "oversikt/", "personer/", "personer/ny/", "roller/", "att-reda-ut/"),
    *(
        "behorigheter/",
        "behorigheter/disken/",
        "behorighet/",
        "tjanster/",
        "installningar/",
        "siffror/",
        "gallring/",
    ),
)


def test_what_helsingborg_sees_is_not_found_from_bjuv(sample: Sample) -> None:
    addresses = {
        page.path
        for key in ("asker", "helper", "coordinator", "caseworker", "officer", "administrator")
        for page in pages(sample.browser(key), "/helsingborg/")
        if ID.search(page.path) and page.route not in PUBLIC
    }
    assert len(addresses) > 20
    opened = []
    for key in STRANGERS:
        browser = sample.browser(key)
        for path in addresses:
            for tried in (path, path.replace("/helsingborg/", "/bjuv/")):
                status = browser.get(tried).status_code
                if status not in (403, 404):
                    opened.append(f"{key}: {tried} answers {status}")
    assert opened == []


def test_a_stranger_walks_about_and_meets_nobody(sample: Sample) -> None:
    names = ("Gun-Britt", "Yusuf", "Leila", "Marek", "Exempelvägen")
    for key in STRANGERS:
        browser = sample.browser(key)
        for path in (*OPEN, *CLOSED):
            page = browser.get(f"/helsingborg/{path}")
            assert not any(name in page.content.decode() for name in names), f"{key} on {path}"
            assert page.status_code == (200 if path in OPEN else 403), f"{key} on {path}"


def test_nothing_of_helsingborg_stands_on_any_page_in_bjuv(sample: Sample) -> None:
    theirs = ids_of("1283") - ids_of("1260")
    assert len(theirs) > 200
    found, read = [], 0
    for key in STRANGERS:
        for page in pages(sample.browser(key), "/bjuv/", files=True):
            read += 1
            found += [f"{key} on {page.path}: {one}" for one in ID.findall(page.text) if one in theirs]
    assert found == []
    assert read > 60


def ids_of(code: str) -> set[str]:
    """The ids of everything in a town, and of who has a role there."""
    town = Municipality.objects.get(code=code)
    found = set(RoleHeld.objects.of(town.id).values_list("person_id", flat=True))
    for model in apps.get_models():
        fields = {field.name for field in model._meta.fields}
        if "municipality" in fields and model._meta.app_label != "history":
            found |= set(model._base_manager.filter(municipality=town).values_list("pk", flat=True))
    return {str(one) for one in found}


def test_a_stranger_is_told_kindly(sample: Sample) -> None:
    asker, stranger = sample.visit("asker"), sample.visit("neighbour_asker", width=390)
    ask = ask_for(asker, "shopping", need="Mjölk")
    answer = stranger.page.goto(f"/helsingborg/mina-fragor/{ask}/")
    assert answer is not None
    assert answer.status == 403
    stranger.look().follow("Join in %(town)s", town="Helsingborg")
    assert "Helsingborg" in stranger.heading
