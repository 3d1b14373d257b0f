"""Whom nothing reached: staff see it, ring, and note that it is told; protected persons to officers."""

import pytest

from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, TooLate
from handtag.kernel.rights import Role
from handtag.notices import actions, queries
from handtag.notices.models import Notice
from handtag.notices.queries.outbox import UNREACHED_FOR
from handtag.people.actions import ReasonNeeded
from handtag.people.models import Person
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.ground import a_town
from tests.notices.conftest import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    """A coordinator, an agent, an officer; and Greta, whom nothing reaches."""
    stage = stages.build()
    for name, role in (
        ("maria", Role.COORDINATOR),
        ("agnes", Role.CONTACT_CENTRE_AGENT),
        ("olof", Role.PROTECTED_IDENTITY_OFFICER),
        ("anna", Role.RESIDENT),
        ("greta", Role.RESIDENT),
    ):
        stage.person(name, role=role)
    Person.objects.filter(pk=stage.people["greta"].pk).update(email="")
    tell(stage.people["greta"], stage.town)
    return stage


def path(stage: Stage, tail: str = "") -> str:
    return f"/{stage.town.slug}/onadda/{tail}"


def test_the_agent_rings_and_notes_it(stage: Stage) -> None:
    agent, greta = stage.browser("agnes"), stage.people["greta"]
    assert "Greta" in agent.get(path(stage)).content.decode()
    page = agent.get(path(stage, f"{greta.id}/")).content.decode()
    for words in ("070-174 06 10", "Något nytt", "Hemligt om Elsa"):
        assert words in page
    assert Entry.objects.filter(verb="person.read", about_id=greta.id).count() == 1
    assert agent.post(path(stage, f"{greta.id}/ringt/"), {"submission": "x"}).status_code == 302
    assert Notice.objects.of(stage.town.id).get().state == "phoned"
    assert "Greta" not in agent.get(path(stage)).content.decode()
    assert Entry.objects.filter(verb="person.phoned", about_id=greta.id).count() == 1


def test_who_rings_can_read_what_was_written_in_another_language(stage: Stage) -> None:
    greta = stage.people["greta"]
    rows = Notice.objects.of(stage.town.id)
    rows.update(kind="errand.agreed", language="ar", body="\u0643\u0644\u0645\u0629")
    page = stage.browser("agnes").get(path(stage, f"{greta.id}/")).content.decode()
    shown = page.split("<details>", 1)[1].split("</details>", 1)[0]
    assert "En granne har sagt ja." in shown
    rows.update(language="sv")
    assert "<details>" not in stage.browser("agnes").get(path(stage, f"{greta.id}/")).content.decode()


def test_the_coordinators_overview_leads_there(stage: Stage) -> None:
    overview = stage.browser("maria").get(f"/{stage.town.slug}/oversikt/").content.decode()
    assert path(stage, f"{stage.people['greta'].id}/") in overview
    assert f'"{path(stage)}"' in overview


def test_the_agents_menu_leads_there(stage: Stage) -> None:
    assert f'"{path(stage)}"' in stage.browser("agnes").get(path(stage)).content.decode()


def test_told_twice_is_once(stage: Stage) -> None:
    greta = stage.people["greta"].id
    actions.note_phoned(by=stage.actor("maria"), person_id=greta)
    with pytest.raises(TooLate):
        actions.note_phoned(by=stage.actor("agnes"), person_id=greta)
    assert Entry.objects.filter(verb="person.phoned").count() == 1


def test_a_resident_sees_nobody(stage: Stage) -> None:
    assert stage.browser("anna").get(path(stage)).status_code in (403, 404)
    for deed in (actions.note_phoned, actions.open_missed):
        with pytest.raises((NotAllowed, NotFound)):
            deed(by=stage.actor("anna"), person_id=stage.people["greta"].id)


def test_the_neighbouring_town_sees_nobody(stage: Stage) -> None:
    other = Stage(a_town("1260"), stage.service)
    other.person("nils", role=Role.COORDINATOR)
    assert queries.unreached(other.actor("nils")) == []
    with pytest.raises(NotFound):
        actions.open_missed(by=other.actor("nils"), person_id=stage.people["greta"].id)
    with pytest.raises(NotFound):
        actions.note_phoned(by=other.actor("nils"), person_id=stage.people["greta"].id)


def test_a_protected_person_is_the_officers_and_opens_with_a_reason(stage: Stage) -> None:
    greta = stage.people["greta"]
    Person.objects.filter(pk=greta.pk).update(protection="secrecy_mark")
    maria, olof = stage.actor("maria"), stage.actor("olof")
    assert queries.unreached(maria) == []
    for deed in (actions.note_phoned, actions.open_missed):
        with pytest.raises(NotFound):
            deed(by=maria, person_id=greta.id)
    with pytest.raises(ReasonNeeded):
        actions.open_missed(by=olof, person_id=greta.id)
    browser, there = stage.browser("olof"), path(stage, f"{greta.id}/")
    assert "Hemligt om Elsa" not in browser.get(there).content.decode()
    assert "Hemligt om Elsa" in browser.post(there, {"reason": "Ska ringa"}).content.decode()
    actions.note_phoned(by=olof, person_id=greta.id)


def test_what_is_old_or_went_another_way_is_no_loss(stage: Stage) -> None:
    Notice.objects.of(stage.town.id).update(created_at=clock.now() - UNREACHED_FOR)
    assert queries.unreached(stage.actor("maria")) == []
