"""The site as an app: its manifest, picture and service worker, each town its own, and nobody's details."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from handtag.municipalities.models import Municipality
from handtag.papers.appicon import png
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    stage = stages.build()
    stage.person("anna")
    return stage


def told(client: Client, stage: Stage) -> dict[str, Any]:
    """What the service worker is told."""
    script = client.get(f"/{stage.town.slug}/app.js").content.decode()
    return json.loads(re.search(r"^const told = (.*);$", script, re.M)[1])


def test_each_town_has_its_own_manifest(client: Client, stage: Stage) -> None:
    Municipality.objects.update(accent="#7a1f2b")
    answer = client.get(f"/{stage.town.slug}/app.webmanifest")
    manifest = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert manifest["theme_color"] == "#7a1f2b"
    assert manifest["name"] == f"Handtag {stage.town.name}"
    for icon in manifest["icons"]:
        picture = Image.open(BytesIO(client.get(icon["src"]).content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert picture.getpixel((1, 1)) == (0x7A, 0x1F, 0x2B)


def test_only_pictures_of_known_sizes_are_drawn(client: Client, stage: Stage) -> None:
    assert client.get(f"/{stage.town.slug}/app-4096.png").status_code == 404
    assert len(png(192, "#0e4d57", "#ffffff")) < 8_000


def test_the_worker_keeps_nothing_but_pieces_and_the_one_page(client: Client, stage: Stage) -> None:
    answer = client.get(f"/{stage.town.slug}/app.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-cache")
    files = told(client, stage)["files"]
    assert all(file.startswith("/static/") or file.endswith("tema.css") for file in files)
    for file in [*files, *told(client, stage)["fonts"].values()]:
        assert finders.find(file.removeprefix("/static/")) or file.endswith("tema.css"), file


def test_a_new_phone_number_makes_a_new_worker(client: Client, stage: Stage) -> None:
    before = told(client, stage)["name"]
    assert told(client, stage)["name"] == before
    Municipality.objects.update(phone="042-99 99 99")
    assert told(client, stage)["name"] != before


@pytest.mark.parametrize(("language", "way"), [("sv", "ltr"), ("ar", "rtl"), ("sv-easy", "ltr")])
def test_the_page_without_a_net(client: Client, stage: Stage, language: str, way: str) -> None:
    Municipality.objects.update(phone="042-10 50 00")
    answer = client.get(f"/{stage.town.slug}/utan-nat/{language}/")
    page = answer.content.decode()
    assert answer["Content-Language"] == language
    assert f'dir="{way}"' in page
    for words in ("042-10 50 00", "tel:112", 'data-person=""'):
        assert words in page
    assert "csrf" not in page
    assert client.get(f"/{stage.town.slug}/utan-nat/tlh/").status_code == 404


def test_outside_a_town_there_is_none(client: Client) -> None:
    for tail in ("app.js", "app.webmanifest", "app-192.png", "utan-nat/sv/"):
        assert client.get(f"/ingenstans/{tail}").status_code == 404
