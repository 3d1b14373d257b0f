"""The pages of how one is told, and of the municipality's line."""

from typing import Any

import pytest
from django.test import Client

from handtag.kernel.rights import Role
from handtag.notices import queries
from handtag.notices.models import Line
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.notices.elks import Elks

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(elks: Elks, db: None) -> Stage:
    stage = stages.build()
    stage.person("anna")
    stage.person("adam", role=Role.ADMINISTRATOR)
    return stage


def typed(**more: Any) -> dict[str, Any]:
    return {"first": "sms", "then": "email", "quiet_from": "20", "quiet_until": "9", **more}


def test_one_chooses_on_ones_own_page(stage: Stage) -> None:
    path, browser = f"/{stage.town.slug}/mina-kontaktuppgifter/kanaler/", stage.browser("anna")
    assert path in browser.get(f"/{stage.town.slug}/mina-kontaktuppgifter/").content.decode()
    assert browser.post(path, typed()).status_code == 302
    assert queries.chosen(stage.people["anna"].id) == queries.Chosen(("sms", "email"), 20, 9)
    assert browser.get(path).content.decode().count("checked") == 2


def test_what_is_missing_is_said_beside_the_field(stage: Stage) -> None:
    path, browser = f"/{stage.town.slug}/mina-kontaktuppgifter/kanaler/", stage.browser("anna")
    for wrong in (typed(first="letter"), typed(first=""), typed(quiet_from="3")):
        answer = browser.post(path, wrong)
        assert answer.status_code == 200
        assert 'class="err"' in answer.content.decode() or "errors" in answer.content.decode()
    assert queries.chosen(stage.people["anna"].id).channels is None


def test_the_secret_address_is_shown_once(stage: Stage) -> None:
    path, browser = f"/{stage.town.slug}/installningar/sms/", stage.browser("adam")
    made = browser.post(path, {"number": "076-686 10 04"}).content.decode()
    (address,) = [
        each.split("</code>")[0] for each in made.split("<code>")[1:] if "/sms/" in each.split("</code>")[0]
    ]
    line = Line.objects.of(stage.town.id).get()
    secret = address.rstrip("/").rsplit("/", 1)[1]
    assert (line.number, queries.opens(stage.town.id, secret)) == ("+46766861004", True)
    assert secret not in browser.get(path).content.decode()
    assert secret not in line.secret_hash


def test_the_same_form_sent_twice_makes_one_secret(stage: Stage) -> None:
    path, browser = f"/{stage.town.slug}/installningar/sms/", stage.browser("adam")
    form = {"number": "", "submission": "once"}
    browser.post(path, form)
    first = Line.objects.of(stage.town.id).get().secret_hash
    assert browser.post(path, form).status_code == 302
    assert Line.objects.of(stage.town.id).get().secret_hash == first


def test_the_line_is_the_administrators(stage: Stage, client: Client) -> None:
    path = f"/{stage.town.slug}/installningar/sms/"
    assert stage.browser("anna").get(path).status_code in (403, 404)
    assert client.get(path).status_code == 302
