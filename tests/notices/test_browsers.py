"""The page on which a browser is turned on, and the list of what one was told."""

from typing import Any

import pytest
from django.test import Client

from handtag.notices.models import Notice, Subscription
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.notices.conftest import tell
from tests.notices.pushes import Pushes

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(pushes: Pushes) -> Stage:
    stage = stages.build()
    stage.person("anna")
    stage.person("bo")
    return stage


def channels(stage: Stage) -> str:
    return f"/{stage.town.slug}/mina-kontaktuppgifter/kanaler/"


def test_a_browser_is_turned_on_and_off(stage: Stage, pushes: Pushes) -> None:
    browser = stage.browser("anna")
    assert browser.post(f"{channels(stage)}skarm/", pushes.browser().form).status_code == 302
    (mine,) = Subscription.objects.everywhere()
    page = browser.get(channels(stage)).content.decode()
    assert f'data-browser="{mine.endpoint_hash}"' in page
    assert mine.auth not in page
    assert browser.post(f"{channels(stage)}skarm/{mine.id}/av/").status_code == 302
    assert not Subscription.objects.everywhere().exists()


def test_nobody_turns_off_anothers(stage: Stage, pushes: Pushes) -> None:
    stage.browser("anna").post(f"{channels(stage)}skarm/", pushes.browser().form)
    (hers,) = Subscription.objects.everywhere()
    assert stage.browser("bo").post(f"{channels(stage)}skarm/{hers.id}/av/").status_code == 404
    assert Client().post(f"{channels(stage)}skarm/{hers.id}/av/").status_code in (302, 403)
    assert Subscription.objects.everywhere().exists()


def test_nonsense_is_refused_in_words(stage: Stage) -> None:
    browser = stage.browser("anna")
    answer = browser.post(f"{channels(stage)}skarm/", {"endpoint": "https://10.0.0.1/"}, follow=True)
    assert "Det gick inte att slå på" in answer.content.decode()
    assert not Subscription.objects.everywhere().exists()


def test_without_a_key_the_page_says_nothing_of_it(stage: Stage, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    page = stage.browser("anna").get(channels(stage)).content.decode()
    assert "data-push" not in page
    assert 'value="push"' not in page


def test_what_one_was_told_is_ones_own_and_no_way_in(stage: Stage) -> None:
    anna = stage.people["anna"]
    tell(anna, stage.town)
    Notice.objects.everywhere().update(subject="Till Anna")
    tell(anna, stage.town, kind="login.link")
    path = f"/{stage.town.slug}/nytt/"
    page = stage.browser("anna").get(path).content.decode()
    assert ("Till Anna" in page, "Något nytt" in page) == (True, False)
    assert "Till Anna" not in stage.browser("bo").get(path).content.decode()
