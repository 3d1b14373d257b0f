"""The sample's own provider: the real callback, real signatures, no network; nowhere but in the sample."""

import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from handtag.history.models import Entry
from handtag.login.models import Identity, User
from tests.login.conftest import Town


@pytest.fixture
def member(town: Town, login_of: Any) -> User:
    login: User = login_of(town.person("Maria"), username="helper", password="handtag")
    return login


def to_the_provider(client: Client, town: Town, **asked: str) -> str:
    begun = client.get(f"/login/leverantor/{town.slug}/", asked)["Location"]
    return client.get(begun)["Location"]


def test_one_of_the_cast_comes_in_by_the_real_callback(town: Town, member: User) -> None:
    client = Client()
    assert town.municipality.name in client.get("/login/").content.decode()
    page = to_the_provider(client, town, next=f"/{town.slug}/mina-fragor/")
    path = page.removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    back = client.post(path, {"username": "helper", "level": "loa3"})["Location"]
    assert f"/{town.slug}/logga-in/exempel/svar/?code=" in back
    answer = client.get(back.removeprefix("http://localhost:8000"))
    assert answer["Location"] == f"/vidare/?next=/{town.slug}/mina-fragor/"
    assert client.session["_auth_user_id"] == str(member.id)
    assert client.get(back.removeprefix("http://localhost:8000")).status_code == 403  # once


def test_a_lower_level_and_another_browser_are_refused_here_too(town: Town, member: User) -> None:
    for level, other, because in (("loa2", False, "level"), ("loa3", True, "browser")):
        client = Client()
        path = to_the_provider(client, town).removeprefix("http://localhost:8000")
        back = client.post(path, {"username": "helper", "level": level})["Location"]
        browser = Client() if other else client
        assert browser.get(back.removeprefix("http://localhost:8000")).status_code == 403
        last = Entry.objects.filter(verb="login.refused").latest("at")
        assert last.facts == {"because": because}


def test_somebody_new_is_asked_who_they_are(town: Town) -> None:
    client = Client()
    path = to_the_provider(client, town).removeprefix("http://localhost:8000")
    back = client.post(path, {"username": ""})["Location"]
    assert client.get(back.removeprefix("http://localhost:8000"))["Location"] == "/ny-har/"
    assert Identity.objects.get().login is None


def test_logging_out_leads_by_the_sample_provider(town: Town, member: User) -> None:
    client = Client()
    path = to_the_provider(client, town).removeprefix("http://localhost:8000")
    back = client.post(path, {"username": "helper"})["Location"]
    client.get(back.removeprefix("http://localhost:8000"))
    where = client.post("/logga-ut/")["Refresh"].partition("url=")[2]
    assert where.startswith("http://localhost:8000/login/leverantor/ut/")
    assert client.get(where.removeprefix("http://localhost:8000"))["Location"].endswith("/logga-ut/klar/")
    for elsewhere in ("https://evil.example", "http://localhost:8000.evil.example"):
        there = client.get("/login/leverantor/ut/", {"post_logout_redirect_uri": elsewhere})
        assert there["Location"] == "http://localhost:8000"


def test_outside_the_sample_it_is_not_there_and_the_check_says_so() -> None:
    code = (
        "from django.urls import resolve, Resolver404\n"
        "import django; django.setup()\n"
        "from handtag.operations.queries.configuration import ONLY_IN_SAMPLE, faults\n"
        "found = []\n"
        "for path in ('/login/', '/login/bekrafta/', '/login/leverantor/', '/login/leverantor/ut/'):\n"
        "    assert path in ONLY_IN_SAMPLE, path\n"
        "    try:\n"
        "        found += [path] if 'town' not in resolve(path).kwargs else []\n"
        "    except Resolver404: pass\n"
        "print(found, [fault for fault in faults() if 'exists' in fault])\n"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "x" * 40, "PATH": "/usr/bin"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[] []", done.stderr


def test_outside_the_sample_its_actions_refuse(town: Town, settings: Any) -> None:
    from handtag.kernel.errors import NotFound
    from handtag.login.actions import let_in, open_sample_provider

    settings.SAMPLE = False
    with pytest.raises(NotFound):
        open_sample_provider(municipality_id=town.id)
    with pytest.raises(NotFound):
        let_in(asked={}, username="helper", is_strong=True)
