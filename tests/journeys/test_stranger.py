"""Somebody from Bjuv sees nothing of Helsingborg, whatever addresses they try."""

import re

from tests.journeys.sample import Sample
from tests.journeys.walk import pages

STRANGERS = ("neighbour_asker", "neighbour_helper", "neighbour_coordinator", "neighbour_caseworker")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
PUBLIC = {"rule_history", "verify_helper"}  # the rules and a helper's code are for everybody to look up


def test_what_helsingborg_sees_is_not_found_from_bjuv(sample: Sample) -> None:
    addresses = {
        page.path
        for key in ("asker", "helper", "coordinator", "caseworker")
        for page in pages(sample.browser(key), "/helsingborg/")
        if ID.search(page.path) and page.route not in PUBLIC
    }
    assert len(addresses) > 15
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
        for path in (
            "",
            "hjalpa-till/",
            "uppdrag/",
            "mina-fragor/",
            "grupper/",
            "villkor/",
            "oversikt/",
            "personer/",
        ):
            page = browser.get(f"/helsingborg/{path}")
            assert not any(name in page.content.decode() for name in names), f"{key} on {path}"
            assert page.status_code == (200 if path in ("", "villkor/") else 403), f"{key} on {path}"


def test_a_stranger_is_told_kindly(sample: Sample) -> None:
    stranger = sample.visit("neighbour_asker", width=390)
    ask = sample.objects["ask.open"][0]
    answer = stranger.page.goto(f"/helsingborg/mina-fragor/{ask}/")
    assert answer is not None
    assert answer.status == 403
    stranger.look().follow("Join in %(town)s", town="Helsingborg")
    assert "Helsingborg" in stranger.heading
