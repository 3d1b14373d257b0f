"""Prints for one person, for the counter, and for the wall: who may, what stands on them, and the log."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from handtag.errands.models import AskGroup
from handtag.groups.models import Group
from handtag.history.models import Entry
from handtag.kernel import clock, ids
from handtag.kernel.rights import Role
from handtag.municipalities.actions import add
from handtag.municipalities.models import Area, Municipality
from handtag.people.actions import mark_protected
from handtag.permits.models import HelperCode, Service
from tests.errands.stage import Stage, build
from tests.papers.reading import check, text

pytestmark = pytest.mark.django_db
NOON = clock.at(date(2026, 11, 23), time(12))


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    with clock.travelling(NOON):
        made = build()
        for name, role in (
            ("agent", Role.CONTACT_CENTRE_AGENT),
            ("host", Role.SERVICE_POINT_HOST),
            ("officer", Role.PROTECTED_IDENTITY_OFFICER),
        ):
            made.person(name, role=role)
        yield made


@pytest.fixture
def errand(stage: Stage) -> Any:
    return stage.errand()


def url(stage: Stage, path: str) -> str:
    return f"/{stage.town.slug}/{path}"


def get(stage: Stage, who: str, path: str) -> bytes:
    answer = stage.browser(who).get(url(stage, path))
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Type"] == "application/pdf"
    check(answer.content, language="ar" if "sprak=ar" in path else "sv")
    return bytes(answer.content)


# --- what one asked for -----------------------------------------------------------------------------------


def test_the_asker_prints_who_comes_and_the_code(stage: Stage, errand: Any) -> None:
    answer = stage.browser("asker").get(url(stage, f"utskrifter/fraga/{errand.occasion.ask_id}.pdf"))
    assert answer["Cache-Control"] == "private, no-store"
    said = text(answer.content)
    for words in ("Leila", " ".join(errand.door_code), "25 november"):
        assert words in said
    assert Entry.objects.get(verb="paper.printed").about_id == errand.asker_id


def test_before_anybody_has_said_yes(stage: Stage) -> None:
    ask = stage.ask()
    said = text(get(stage, "asker", f"utskrifter/fraga/{ask.id}.pdf"))
    assert "Kod" not in said
    assert "En kasse mat" in said


def test_staff_print_it_for_a_caller_and_that_is_logged(stage: Stage, errand: Any) -> None:
    base = f"personer/{errand.asker_id}/utskrifter/"
    page = stage.browser("agent").get(url(stage, base)).content.decode()
    assert f"{base}fraga/{errand.occasion.ask_id}.pdf" in page
    Entry.objects.filter(verb="person.read").delete()
    said = text(get(stage, "agent", f"{base}fraga/{errand.occasion.ask_id}.pdf?sprak=sv"))
    assert " ".join(errand.door_code) in said
    read = Entry.objects.filter(verb="person.read").values_list("about_id", "actor_id")
    agent = stage.people["agent"].id
    assert set(read) == {(errand.asker_id, agent), (errand.helper_id, agent)}


def test_in_the_language_that_is_chosen(stage: Stage, errand: Any) -> None:
    get(stage, "agent", f"personer/{errand.asker_id}/utskrifter/fraga/{errand.occasion.ask_id}.pdf?sprak=ar")


def test_nobody_elses_ask(stage: Stage, errand: Any) -> None:
    stage.person("stranger")
    path = f"utskrifter/fraga/{errand.occasion.ask_id}.pdf"
    assert stage.browser("stranger").get(url(stage, path)).status_code == 404
    assert stage.browser("leila").get(url(stage, path)).status_code == 404
    wrong = f"personer/{errand.helper_id}/utskrifter/fraga/{errand.occasion.ask_id}.pdf"
    assert stage.browser("agent").get(url(stage, wrong)).status_code == 404
    mine = f"personer/{errand.asker_id}/utskrifter/fraga/{errand.occasion.ask_id}.pdf"
    assert stage.browser("asker").get(url(stage, mine)).status_code == 403


def test_what_falls_under_the_social_services_is_not_printed_by_others(stage: Stage, errand: Any) -> None:
    Service.objects.of(stage.town.id).update(frame="social")
    path = f"personer/{errand.asker_id}/utskrifter/fraga/{errand.occasion.ask_id}.pdf"
    assert stage.browser("agent").get(url(stage, path)).status_code == 404


def test_of_a_protected_person_staff_print_nothing(stage: Stage, errand: Any) -> None:
    officer = stage.actor("officer")
    mark_protected(by=officer, person_id=errand.asker_id, kind="secrecy_mark", reason="Visat beslut")
    for path in ("", "kort.pdf", f"fraga/{errand.occasion.ask_id}.pdf"):
        for who in ("agent", "officer"):
            answer = stage.browser(who).get(url(stage, f"personer/{errand.asker_id}/utskrifter/{path}"))
            assert answer.status_code == 404
    page = stage.browser("agent").get(url(stage, f"personer/{errand.helper_id}/")).content.decode()
    assert f"{errand.helper_id}/utskrifter/" in page  # there is a way to others' prints


# --- the card ---------------------------------------------------------------------------------------------


@pytest.fixture
def code(stage: Stage) -> str:
    stage.helper("leila")
    HelperCode.objects.create(municipality=stage.town, person=stage.people["leila"], code="k7xw9q2m")
    return "k7xw9q2m"


def test_a_helper_prints_the_card(stage: Stage, code: str) -> None:
    said = text(get(stage, "leila", "utskrifter/mitt-kort.pdf"))
    assert code in said
    assert "Leila" in said
    assert "Exempel" not in said  # a card can be lost


def test_staff_print_it_too(stage: Stage, code: str) -> None:
    path = f"personer/{stage.people['leila'].id}/utskrifter/kort.pdf?sprak=sv"
    assert code in text(get(stage, "agent", path))
    assert Entry.objects.get(verb="person.read").about_id == stage.people["leila"].id


def test_who_helps_with_nothing_has_no_card(stage: Stage, code: str) -> None:
    stage.person("asker")
    assert stage.browser("asker").get(url(stage, "utskrifter/mitt-kort.pdf")).status_code == 404


# --- at the counter ---------------------------------------------------------------------------------------


def test_the_list_names_nobody(stage: Stage) -> None:
    stage.ask(need="En kasse mat", know="Hunden heter Sture")
    said = text(get(stage, "host", "utskrifter/vid-disken.pdf?sprak=sv"))
    assert "25 november" in said
    for words in ("Asker", "Exempelvägen", "2580", "kasse", "Sture"):
        assert words not in said


def test_the_list_leaves_out_what_is_not_for_all(stage: Stage) -> None:
    hidden = stage.ask("hidden", start=clock.at(date(2026, 12, 1), time(9)))
    mark_protected(
        by=stage.actor("officer"), person_id=hidden.asker_id, kind="secrecy_mark", reason="Visat beslut"
    )
    placed = stage.ask("placed", agreement="coordinator", start=clock.at(date(2026, 12, 2), time(9)))
    few = stage.ask("few", start=clock.at(date(2026, 12, 3), time(9)))
    group = Group.objects.of(stage.town.id).first()
    AskGroup.objects.create(ask=few, group=group)
    said = text(get(stage, "host", "utskrifter/vid-disken.pdf?sprak=sv"))
    assert placed.agreement == "coordinator"
    assert not any(day in said for day in ("1 december", "2 december", "3 december"))


def test_the_list_is_for_staff(stage: Stage) -> None:
    stage.person("anna")
    assert stage.browser("anna").get(url(stage, "utskrifter/vid-disken.pdf")).status_code == 403
    assert "vid-disken.pdf" not in stage.browser("anna").get(url(stage, "utskrifter/")).content.decode()
    assert "vid-disken.pdf" in stage.browser("host").get(url(stage, "utskrifter/")).content.decode()


# --- on the wall ------------------------------------------------------------------------------------------


def test_a_visitor_prints_a_poster_of_the_town(stage: Stage, client: Client) -> None:
    page = client.get(url(stage, "utskrifter/")).content.decode()
    assert 'name="om"' in page
    answer = client.get(url(stage, "utskrifter/affisch.pdf"))
    check(answer.content)
    assert stage.town.name in text(answer.content)


@pytest.mark.parametrize("size", ["a3", "a4", "a5", "nonsense"])
def test_of_an_area_in_each_size(stage: Stage, client: Client, size: str) -> None:
    area = Area.objects.of(stage.town.id).first()
    answer = client.get(url(stage, f"utskrifter/affisch.pdf?om={area.id}&storlek={size}&sprak=uk"))
    check(answer.content, language="uk")
    assert area.name in text(answer.content)
    assert client.get(url(stage, f"hos/{area.id}/")).status_code == 200


def test_of_a_group_and_where_its_code_leads(stage: Stage, client: Client) -> None:
    group = Group.objects.create(
        municipality=stage.town, name="Byaråd #1", kind="village_council", about="Vi bor i byn."
    )
    assert "Byaråd #1" in text(client.get(url(stage, f"utskrifter/affisch.pdf?om={group.id}")).content)
    page = client.get(url(stage, f"hos/{group.id}/")).content.decode()
    assert "Vi bor i byn." in page
    assert url(stage, "be-om-hjalp/") in page


def test_a_group_by_invitation_has_neither(stage: Stage, client: Client) -> None:
    group = Group.objects.create(municipality=stage.town, name="Slutet", joining="invitation")
    for path in (f"utskrifter/affisch.pdf?om={group.id}", f"hos/{group.id}/"):
        assert client.get(url(stage, path)).status_code == 404
    assert "Slutet" not in client.get(url(stage, "utskrifter/")).content.decode()


def test_another_towns_area_and_nonsense_are_not_there(stage: Stage, client: Client) -> None:
    neighbour: Municipality = add(by=_product(), code="1260")
    area = Area.objects.of(neighbour.id).first() or Area.objects.create(
        municipality=neighbour, name="Bjuv", geometry={}
    )
    for about in (area.id, ids.new(), "nonsense"):
        assert client.get(url(stage, f"utskrifter/affisch.pdf?om={about}")).status_code == 404


def _product() -> Any:
    from handtag.kernel.actor import system

    return system(None)
