"""Taking on somebody who said yes: who may, whom, and what they are told."""

from collections.abc import Callable
from typing import Any

import pytest

from handtag.ambassadors.actions import demand_course
from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, Problem, Problems
from handtag.kernel.rights import Role
from handtag.mandates import rules as mandate_rules
from handtag.mandates.actions import take_on as mandate_take_on
from handtag.mandates.models import Mandate
from handtag.notices.models import Notice
from handtag.people.actions import mark_protected, take_role
from handtag.people.models import Person
from tests.ambassadors.conftest import NearTown
from tests.mandates.conftest import new


def test_it_holds_for_a_year_is_in_the_book_and_they_are_told(town: NearTown) -> None:
    mandate = town.take_on(language="ar", proxy_told=True)
    person = town.helped(mandate)
    assert (person.given_name, person.language, person.age) == ("Rune", "ar", "adult")
    assert (mandate.kind, mandate.proxy_id, mandate.proxy_told) == ("staff", town.vera.person_id, True)
    assert mandate.ends_on == mandate_rules.latest_end(mandate.starts_on)
    assert (mandate.consent_version, mandate.consent_language) == (mandate_rules.LATEST, "ar")
    told = Notice.objects.of(town.id).get(kind="mandate.made")
    assert (told.person_id, told.language) == (person.id, "ar")
    line = Entry.objects.get(verb="mandate.made")
    assert (line.actor_id, line.about_id) == (town.vera.person_id, person.id)


def test_who_has_the_same_number_and_name_is_the_same_person(town: NearTown) -> None:
    Person.objects.filter(pk=town.greta.person).update(phone="+46424000420", address="Storgatan 1")
    before = Person.objects.count()
    mandate = town.take_on(given_name="greta", family_name="Fel", address="Någon annanstans 3", language="fi")
    assert (mandate.helped_id, Person.objects.count()) == (town.greta.person_id, before)
    kept = town.helped(mandate)
    assert (kept.address, kept.language, kept.family_name) == ("Storgatan 1", "sv", "Berg")
    assert town.take_on(given_name="Gunnar").helped_id != town.greta.person_id


def test_who_is_protected_is_not_found_and_nothing_tells(town: NearTown) -> None:
    officer = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Per")
    hidden = town.person("Kanariefrida")
    Person.objects.filter(pk=hidden.person).update(phone="+46424000420")
    mark_protected(by=officer, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    known, unknown = town.take_on(given_name="Kanariefrida"), town.take_on(phone="042-400 04 21")
    assert hidden.person_id not in {known.helped_id, unknown.helped_id}


def test_not_in_another_town(town: NearTown, neighbour: NearTown) -> None:
    Person.objects.filter(pk=neighbour.greta.person).update(phone="+46424000420")
    assert town.take_on(given_name="Greta").helped_id != neighbour.greta.person_id


@pytest.mark.parametrize(
    "role", [Role.CONTACT_CENTRE_AGENT, Role.CASEWORKER, Role.COORDINATOR, Role.SERVICE_POINT_HOST]
)
def test_others_may_not(town: NearTown, role: Role) -> None:
    by = town.staff(role, "Nils")
    for who in (by, town.anna):
        with pytest.raises(NotAllowed):
            town.take_on(who)
    assert town.client(by).get(town.url("ny/")).status_code == 403
    assert not Mandate.objects.of(town.id).exists()


def test_only_as_staff_and_never_for_oneself(town: NearTown) -> None:
    with pytest.raises(Problem):
        mandate_take_on(by=town.vera, helped_id=town.greta.person, new=new(kind="relative"))
    with pytest.raises(Problem):
        mandate_take_on(by=town.vera, helped_id=town.vera.person, new=new(kind="staff"))


@pytest.mark.parametrize(
    "said", [{"given_name": " "}, {"consent_how": "shouted"}, {"phone": "12"}, {"services": (str(Person),)}]
)
def test_what_is_wrong_leaves_nobody_behind(town: NearTown, said: dict[str, Any]) -> None:
    before = Person.objects.count()
    with pytest.raises((Problem, Problems, ValueError)):
        town.take_on(**said)
    assert (Person.objects.count(), Mandate.objects.of(town.id).count()) == (before, 0)


def test_twice_gives_one(town: NearTown) -> None:
    first, second = town.take_on(), town.take_on()
    first.refresh_from_db()
    assert (first.helped_id, first.ended_because) == (second.helped_id, "renewed")


def test_as_many_as_one_can_know(town: NearTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mandate_rules, "MOST_HELPED", 2)
    for number in (1, 2):
        town.take_on(phone=f"042-400 05 0{number}")
    with pytest.raises(Problem):
        town.take_on(phone="042-400 05 03")
    assert town.take_on(phone="042-400 05 02")


def test_the_course_first_where_it_is_demanded(town: NearTown) -> None:
    demand_course(by=town.staff(Role.COORDINATOR), wanted=True)
    with pytest.raises(Problem):
        town.take_on()


@pytest.mark.parametrize("by_themselves", [True, False])
def test_it_ends_with_the_role(town: NearTown, by_themselves: bool) -> None:
    mandate, daughter = town.take_on(), town.mandate(proxy=town.vera)
    by = town.vera if by_themselves else town.staff(Role.COORDINATOR)
    take_role(by=by, person_id=town.vera.person, role=Role.AMBASSADOR)
    mandate.refresh_from_db()
    daughter.refresh_from_db()
    assert mandate.ended_because == ("proxy" if by_themselves else "municipality")
    assert daughter.ended_at is None
    assert Notice.objects.of(town.id).filter(kind="mandate.ended").count() == 1


def test_by_the_page(town: NearTown) -> None:
    client = town.client(town.vera)
    page = client.get(town.url("ny/")).content.decode()
    assert mandate_rules.CONSENT[:40] in page
    for code in ("ar", "uk", "fi", "so"):
        assert f'<p lang="{code}"' in page, code
    assert '<p lang="ar" dir="rtl"' in page
    said = {"given_name": "Amal", "phone": "042-400 04 22", "language": "ar", "consent_how": "in_person"}
    assert "said_yes" in client.post(town.url("ny/"), said).content.decode()
    assert not Mandate.objects.of(town.id).exists()
    assert client.post(town.url("ny/"), {**said, "said_yes": "on"})["Location"] == town.url("")
    listed = client.get(town.url("")).content.decode()
    assert ("Amal" in listed, "042-400 04 22" in listed) == (True, True)


@pytest.mark.race
def test_at_the_same_moment_there_is_one(transactional_db: None, at_once: Callable[..., list[Any]]) -> None:
    town = NearTown().cast()
    town.take_on()
    at_once(*[town.take_on] * 3)
    assert Mandate.objects.of(town.id).filter(ended_at=None).count() == 1


def test_an_actor_without_a_person_may_not(town: NearTown) -> None:
    with pytest.raises(NotAllowed):
        town.take_on(Actor(None, town.id))
