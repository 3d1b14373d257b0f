"""Who logs out is shown nothing more in that browser; who logs out everywhere, in none."""

import pytest
from django.test import Client

from handtag.history.models import Entry
from handtag.kernel.actor import system
from handtag.login.actions import close_login
from handtag.login.models import User
from handtag.notices.actions import end_push
from handtag.notices.models import Subscription
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.notices.pushes import Pushes

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(pushes: Pushes) -> Stage:
    stage = stages.build()
    stage.person("anna")
    stage.person("bo")
    return stage


def turned_on(stage: Stage, pushes: Pushes, who: str, client: Client | None = None) -> Client:
    """A browser that shows what there is to tell."""
    client = client or stage.browser(who)
    path = f"/{stage.town.slug}/mina-kontaktuppgifter/kanaler/skarm/"
    assert client.post(path, pushes.browser().form).status_code == 302
    return client


def left(stage: Stage, who: str) -> int:
    return Subscription.objects.everywhere().filter(person=stage.people[who]).count()


def test_logging_out_ends_it_in_that_browser_alone(stage: Stage, pushes: Pushes) -> None:
    here, _there = turned_on(stage, pushes, "anna"), turned_on(stage, pushes, "anna")
    assert left(stage, "anna") == 2
    here.post("/logga-ut/")
    assert left(stage, "anna") == 1
    assert here.cookies["skarm"].value == ""
    ended = Entry.objects.filter(verb="person.push_off", about_id=stage.people["anna"].pk)
    assert ended.count() == 1


def test_it_is_known_again_after_logging_in_anew(stage: Stage, pushes: Pushes) -> None:
    """A session ends by itself after a while; the browser goes on showing, until its owner logs out."""
    here = turned_on(stage, pushes, "anna")
    del here.cookies["sessionid"]
    user = User.objects.get(person=stage.people["anna"])
    here.force_login(user, backend="handtag.login.middleware.sessions.Backend")
    here.post("/logga-ut/")
    assert left(stage, "anna") == 0


def test_a_browser_that_another_uses_now_is_not_ended_by_who_used_it(stage: Stage, pushes: Pushes) -> None:
    tablet = turned_on(stage, pushes, "anna")
    hers = tablet.cookies["skarm"].value
    bo = stage.browser("bo")
    bo.cookies["skarm"] = hers
    bo.post("/logga-ut/")
    assert left(stage, "anna") == 1
    assert end_push(by=stage.actor("bo"), person_id=stage.people["bo"].pk, only=hers) == 0


def test_a_visitor_and_a_made_up_browser_end_nothing(stage: Stage, pushes: Pushes) -> None:
    turned_on(stage, pushes, "anna")
    stranger = Client()
    stranger.cookies["skarm"] = "x" * 64
    stranger.post("/logga-ut/")
    mine = stage.browser("anna")
    mine.cookies["skarm"] = "x" * 64
    mine.post("/logga-ut/")
    assert left(stage, "anna") == 1


def test_everywhere_else_and_everywhere(stage: Stage, pushes: Pushes) -> None:
    here, _there = turned_on(stage, pushes, "anna"), turned_on(stage, pushes, "anna")
    here.post("/mina-inloggningar/logga-ut-andra/")
    assert left(stage, "anna") == 1
    here.post("/mina-inloggningar/logga-ut-andra/", {"here": "1"})
    assert left(stage, "anna") == 0


def test_a_login_that_is_closed_shows_nothing(stage: Stage, pushes: Pushes) -> None:
    turned_on(stage, pushes, "anna")
    user = User.objects.get(person=stage.people["anna"])
    close_login(by=system(stage.town.id), login_id=user.id)
    assert left(stage, "anna") == 0


def test_a_browser_that_was_refused_is_not_remembered(stage: Stage) -> None:
    browser = stage.browser("anna")
    path = f"/{stage.town.slug}/mina-kontaktuppgifter/kanaler/skarm/"
    browser.post(path, {"endpoint": "https://10.0.0.1/", "submission": "3" * 32})
    assert "skarm" not in browser.cookies
