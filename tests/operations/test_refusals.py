"""Where somebody stands after a refusal: on the page they came from, and never sent round in a circle."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from handtag.kernel.doors import Request, public
from handtag.kernel.errors import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

WORDS = "Det är för <sent>."


@public("a page that always refuses", methods=("GET", "POST"))
def refusing(request: Request) -> HttpResponse:
    """Refuse."""
    raise Problem(WORDS)


urlpatterns = [path("nekas/åter/", refusing), path("", include("config.urls"))]
PAGE = "/nekas/%C3%A5ter/?dag=2026-11-22"
HERE = "http://testserver"


@pytest.mark.parametrize("back", [f"{HERE}{PAGE}", f"{HERE}{PAGE}#rad", f"{HERE}/nekas/åter/?dag=2026-11-22"])
def test_a_page_that_is_refused_is_not_sent_to_itself(client: Client, back: str) -> None:
    answer = client.get(PAGE, headers={"referer": back})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Det är för &lt;sent&gt;." in page
    assert page.count("<h1>") == 1
    assert "Det är för" not in client.get("/").content.decode(), "it was said already"


@pytest.mark.parametrize(
    ("back", "where"),
    [(f"{HERE}/hjalp/", f"{HERE}/hjalp/"), ("", "/"), ("https://elsewhere.example/", "/")],
)
def test_who_comes_from_another_page_is_sent_back_there(client: Client, back: str, where: str) -> None:
    answer = client.get(PAGE, headers={"referer": back})
    assert (answer.status_code, answer["Location"]) == (302, where)
    assert "Det är för &lt;sent&gt;." in client.get("/").content.decode()


def test_a_form_leads_back_to_its_own_page_once(client: Client) -> None:
    here = f"{HERE}{PAGE}"
    sent = client.post(PAGE, headers={"referer": here})
    assert (sent.status_code, sent["Location"]) == (302, here)
    assert client.get(PAGE, headers={"referer": here}).status_code == 409
