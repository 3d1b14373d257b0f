"""The page of letters: print, open, post, put back, told by phone; for those who see people."""

from collections.abc import Iterator

import pytest
from django.test import Client

from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.notices.models import Batch, Notice
from handtag.people.models import Person
from tests.errands.stage import Stage, build
from tests.errands.test_posted import HOME, NOON, in_nine_days
from tests.papers.reading import check, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """Two letters wait: one to be printed, one that would come too late."""
    with clock.travelling(NOON):
        made = build()
        for name in ("asker", "late"):
            person = made.person(name, **HOME)
            Person.objects.filter(pk=person.pk).update(email="")
        made.person("agent", role=Role.CONTACT_CENTRE_AGENT)
        made.errand(start=in_nine_days())
        made.errand(asker="late")
        yield made


@pytest.fixture
def agent(stage: Stage) -> Client:
    return stage.browser("agent")


def url(stage: Stage, path: str = "") -> str:
    return f"/{stage.town.slug}/brev/{path}"


def test_a_morning_with_letters(stage: Stage, agent: Client) -> None:
    page = agent.get(url(stage)).content.decode()
    assert "Asker Exempel" in page
    assert page.index("Asker Exempel") < page.index("Late Exempel")  # she is to be rung
    assert agent.post(url(stage, "skriv-ut/")).status_code == 302
    batch = Batch.objects.of(stage.town.id).get()
    answer = agent.get(url(stage, f"{batch.id}/brev.pdf"))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    check(answer.content)
    assert "Leila Exempel" in text(answer.content)
    assert str(batch.id) in agent.get(url(stage)).content.decode()
    assert agent.post(url(stage, f"{batch.id}/postade/")).status_code == 302
    assert Notice.objects.of(stage.town.id).get(batch=batch).state == "sent"


def test_what_did_not_go_out_is_ticked(stage: Stage, agent: Client) -> None:
    agent.post(url(stage, "skriv-ut/"))
    batch = Batch.objects.of(stage.town.id).get()
    letter = Notice.objects.of(stage.town.id).get(batch=batch)
    agent.post(url(stage, f"{batch.id}/postade/"), {"back": str(letter.id)})
    letter.refresh_from_db()
    assert (letter.state, letter.batch_id) == ("waiting", None)


def test_one_alone(stage: Stage, agent: Client) -> None:
    letter = Notice.objects.of(stage.town.id).get(person=stage.people["asker"])
    agent.post(url(stage, "skriv-ut/"), {"letter": str(letter.id)})
    letter.refresh_from_db()
    assert letter.state == "printed"


def test_who_is_too_late_is_told_that(stage: Stage, agent: Client) -> None:
    for _each in range(2):
        agent.post(url(stage, "skriv-ut/"))
    answer = agent.post(url(stage, "skriv-ut/"), follow=True)
    assert answer.redirect_chain
    assert Batch.objects.of(stage.town.id).count() == 1


def test_told_by_phone(stage: Stage, agent: Client) -> None:
    letter = Notice.objects.of(stage.town.id).get(person=stage.people["late"], channel="letter")
    assert agent.post(url(stage, f"{letter.id}/ringt/")).status_code == 302
    assert "Late Exempel" not in agent.get(url(stage)).content.decode()


def test_the_queries_do_not_grow_with_the_letters(
    stage: Stage, agent: Client, django_assert_max_num_queries: object
) -> None:
    Notice.objects.bulk_create(
        Notice(
            municipality=stage.town,
            person=stage.people["asker"],
            channel="letter",
            kind="errand.agreed",
            language="sv",
            subject="Nytt",
            body="Nytt",
        )
        for _each in range(40)
    )
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # a fixture of pytest-django
        assert agent.get(url(stage)).status_code == 200


def test_residents_find_no_door(stage: Stage) -> None:
    assert stage.browser("asker").get(url(stage)).status_code == 403
