"""The number on a card, noted at a counter: a hash, for those who see cards, in their own town."""

from typing import Any

import pytest

from handtag.history.models import Entry
from handtag.kernel import numbers, sealing
from handtag.kernel.errors import FreshLoginNeeded, NotAllowed, NotFound, Problem
from handtag.people.actions import AnotherPerson, erase_person, know_number, mark_protected
from handtag.people.models import KnownNumber
from tests.login.conftest import Town
from tests.login.test_provider import COORDINATION, NUMBER


def test_it_is_kept_as_a_hash_and_finds_the_person(town: Town) -> None:
    nils = town.person("Nils")
    know_number(by=town.person("Hanna", "service_point_host"), person_id=nils.person, words="900118-9811")
    row = KnownNumber.objects.of(town.id).get()
    assert NUMBER not in str(vars(row))
    assert row.number_hash != sealing.keyed_hash("identity number", NUMBER)  # each town has its own
    assert Entry.objects.get(verb="person.number_seen").facts == {}


def test_who_sees_no_cards_notes_none(town: Town) -> None:
    nils = town.person("Nils")
    for role in ("contact_centre_agent", "evaluator"):
        with pytest.raises((NotAllowed, NotFound)):
            know_number(by=town.person(role.title(), role), person_id=nils.person, words=NUMBER)


def test_the_neighbour_does_not(town: Town, neighbour: Town) -> None:
    with pytest.raises(NotFound):
        know_number(
            by=neighbour.person("Hanna", "caseworker"), person_id=town.person("Nils").person, words=NUMBER
        )


@pytest.mark.parametrize("words", ["", "19900118-9812", "abc", "19901301-0000", "1" * 40])
def test_what_is_no_number_is_refused_without_being_repeated(town: Town, words: str) -> None:
    with pytest.raises(Problem) as refused:
        know_number(by=town.product, person_id=town.person("Nils").person, words=words)
    assert not words or words not in str(refused.value)
    assert refused.value.__cause__ is None


def test_twice_is_once_and_somebody_elses_is_refused(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria")
    for _twice in range(2):
        know_number(by=town.product, person_id=nils.person, words=NUMBER)
    assert Entry.objects.filter(verb="person.number_seen").count() == 1
    with pytest.raises(AnotherPerson):
        know_number(by=town.product, person_id=maria.person, words=NUMBER)


def test_a_protected_persons_is_for_the_officer_who_has_just_shown_who_they_are(town: Town) -> None:
    from dataclasses import replace

    vera, olle = town.person("Vera"), town.person("Olle", "protected_identity_officer")
    mark_protected(by=town.product, person_id=vera.person, kind="secrecy_mark", reason="prov")
    with pytest.raises(NotFound):
        know_number(by=town.person("Hanna", "caseworker"), person_id=vera.person, words=NUMBER)
    with pytest.raises(FreshLoginNeeded):
        know_number(by=replace(olle, is_fresh=False), person_id=vera.person, words=NUMBER)
    know_number(by=olle, person_id=vera.person, words=NUMBER)


def test_who_is_erased_has_none(town: Town) -> None:
    nils = town.person("Nils")
    know_number(by=town.product, person_id=nils.person, words=NUMBER)
    erase_person(by=town.product, person_id=nils.person)
    assert not KnownNumber.objects.everywhere().exists()


def test_coordination_numbers_and_their_levels() -> None:
    found = numbers.normal(COORDINATION)
    assert found.is_coordination
    levels = {"styrkt": "confirmed", "Confirmed": "confirmed", "sannolik": "probable", "": "uncertain"}
    levels |= {"osäker": "uncertain", "something else": "uncertain"}
    for said, means in levels.items():
        assert numbers.certainty(found, said).value == means
    assert numbers.certainty(numbers.normal(NUMBER), "") == numbers.Certainty.CONFIRMED


def test_who_is_of_age() -> None:
    from datetime import date

    found = numbers.normal(NUMBER)  # born on 18 January 1990
    assert not numbers.is_adult(found, date(2008, 1, 17))
    assert numbers.is_adult(found, date(2008, 1, 18))


def test_on_the_page(town: Town, client_of: Any) -> None:
    client, nils = client_of(town.person("Hanna", "caseworker")), town.person("Nils")
    page = f"/{town.slug}/personer/{nils.person}/e-legitimation/"
    assert client.get(page).status_code == 200
    bad = client.post(page, {"number": "19900118-9812", "certainty": "confirmed"})
    assert bad.status_code == 200
    assert client.post(page, {"number": NUMBER, "certainty": "confirmed"})["Location"] == page
    assert NUMBER not in client.get(page).content.decode()
