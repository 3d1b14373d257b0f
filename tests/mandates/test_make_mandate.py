"""Making a mandate: who may, what must be said, and what is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.history.models import Entry
from handtag.kernel import ids
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, Problems
from handtag.kernel.rights import Role
from handtag.mandates import queries, rules
from handtag.mandates.actions import make_mandate
from handtag.mandates.models import Mandate
from handtag.notices.models import Notice
from handtag.notices.queries import unreached
from handtag.people.actions import mark_protected
from tests.mandates.conftest import MandateTown, new


def test_it_holds_is_in_the_book_and_both_are_told(town: MandateTown) -> None:
    mandate = town.mandate()
    assert queries.in_force(town.id, town.anna.person, town.greta.person) == mandate
    assert (mandate.evidence_by_id, mandate.consent_to_id) == (town.petra.person_id, town.petra.person_id)
    told = Notice.objects.of(town.id).filter(about_id=mandate.id)
    assert {(each.person_id, each.kind) for each in told} == {
        (town.greta.person_id, "mandate.made"),
        (town.anna.person_id, "mandate.made_proxy"),
    }
    assert not [each for each in told if "Anna" in each.subject + each.body or "Greta" in each.body]
    assert Entry.objects.get(verb="mandate.made").about_id == town.greta.person_id


def test_whom_nothing_reaches_is_seen_by_staff(town: MandateTown) -> None:
    from handtag.people.models import Person

    Person.objects.filter(pk=town.greta.person).update(email="")
    town.mandate()
    maria = town.staff(Role.COORDINATOR)
    assert town.greta.person_id in {each.person_id for each in unreached(maria)}


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.AMBASSADOR, Role.EVALUATOR])
def test_others_may_not(town: MandateTown, role: Role) -> None:
    by = town.staff(role, "Nils")
    with pytest.raises(NotAllowed):
        make_mandate(by=by, helped_id=town.greta.person, proxy_id=town.anna.person, new=new())
    with pytest.raises(NotAllowed):
        make_mandate(by=town.anna, helped_id=town.greta.person, proxy_id=town.anna.person, new=new())


def test_nobody_makes_their_own(town: MandateTown) -> None:
    for helped, proxy in ((town.greta, town.petra), (town.petra, town.greta)):
        with pytest.raises(Problem):
            town.mandate(helped, proxy)
    with pytest.raises(Problem):
        town.mandate(town.greta, town.greta)


def test_nobody_of_another_town_nor_a_stranger(town: MandateTown, neighbour: MandateTown) -> None:
    with pytest.raises(NotFound):
        town.mandate(neighbour.greta, town.anna)
    with pytest.raises(NotFound):
        town.mandate(town.greta, neighbour.anna)
    with pytest.raises(NotFound):
        make_mandate(by=town.petra, helped_id=ids.new(), proxy_id=town.anna.person, new=new())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ends_on": date(2099, 1, 1)}, "ends_on"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
        ({"evidence": "  "}, "evidence"),
        ({"evidence_on": date(2099, 1, 1)}, "evidence_on"),
        ({"consent": "ja"}, "consent"),
        ({"consent_on": date(2099, 1, 1)}, "consent_on"),
        ({"services": (ids.new(),)}, "services"),
        ({"kind": "friend"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(town: MandateTown, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Problems) as wrong:
        town.mandate(**said)
    assert field in {each.field for each in wrong.value.problems}
    assert not Mandate.objects.of(town.id).exists()


def test_a_new_one_takes_the_place_of_the_earlier(town: MandateTown) -> None:
    earlier, later = town.mandate(), town.mandate(services=(town.service().id,))
    earlier.refresh_from_db()
    assert earlier.ended_because == "renewed"
    found = queries.in_force(town.id, town.anna.person, town.greta.person)
    assert found is not None
    assert found == later
    assert queries.within(found) == frozenset({town.service().id})


@pytest.mark.race
def test_at_the_same_moment_there_is_one(transactional_db: None, at_once: Callable[..., list[Any]]) -> None:
    town = MandateTown().cast()
    answers = at_once(*[town.mandate] * 4)
    assert Mandate.objects.of(town.id).filter(ended_at=None).count() == 1
    assert any(isinstance(each, Mandate) for each in answers)


def test_protected_persons_only_by_the_officer(town: MandateTown, officer: Callable[[], Actor]) -> None:
    per = officer()
    hidden = town.person("Kanariefrida")
    mark_protected(by=per, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    for helped, proxy in ((hidden, town.anna), (town.greta, hidden)):
        with pytest.raises(NotFound):
            town.mandate(helped, proxy)
    made = make_mandate(by=per, helped_id=hidden.person, proxy_id=town.anna.person, new=new())
    client = town.client(town.petra)
    for path in (f"personer/{town.anna.person}/fullmakter/", "personer/"):
        assert "anariefrida" not in client.get(f"/{town.slug}/{path}").content.decode()
    assert client.get(f"/{town.slug}/personer/{hidden.person}/fullmakter/").status_code == 404
    assert client.get(f"/{town.slug}/fullmakter/{made.id}/utskrift/").status_code == 404
    assert client.get(f"/{town.slug}/fullmakter/{made.id}/avsluta/").status_code == 404
    assert "anariefrida" not in "".join(each.body + each.subject for each in Notice.objects.of(town.id))


def test_the_officer_says_why_before_the_record_opens(
    town: MandateTown, officer: Callable[[], Actor]
) -> None:
    per, hidden = officer(), town.person("Frida")
    mark_protected(by=per, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    client, page = town.client(per), f"/{town.slug}/personer/{hidden.person}/fullmakter/"
    assert "Frida" not in client.get(page).content.decode()
    assert "Frida" in client.post(page, {"reason": "Hon ringde"}).content.decode()
    assert Entry.objects.filter(verb="person.read", about_id=hidden.person).count() == 1


def test_by_the_pages_staff_find_make_and_list(town: MandateTown, django_assert_max_num_queries: Any) -> None:
    client = town.client(town.petra)
    base = f"/{town.slug}/personer/{town.greta.person}/fullmakter/"
    assert base in client.get(f"/{town.slug}/personer/{town.greta.person}/").content.decode()
    found = client.post(f"{base}ny/", {"words": "Anna"}).content.decode()
    assert f"{base}ny/{town.anna.person}/" in found
    page = f"{base}ny/{town.anna.person}/"
    assert rules.CONSENT[:40] in client.get(page).content.decode()
    said = vars_of(new(services=(town.service().id,)))
    assert client.post(page, {**said, "ends_on": "2099-01-01"}).status_code == 200
    assert client.post(page, said)["Location"] == base
    with django_assert_max_num_queries(12):
        listed = client.get(base).content.decode()
    assert "Anna Berg" in listed
    mandate = Mandate.objects.of(town.id).get()
    assert (
        rules.CONSENT[:40] in client.get(f"/{town.slug}/fullmakter/{mandate.id}/utskrift/").content.decode()
    )


def vars_of(made: Any) -> dict[str, Any]:
    names = (
        "kind",
        "evidence",
        "evidence_on",
        "consent",
        "consent_how",
        "consent_on",
        "starts_on",
        "ends_on",
    )
    said = {name: str(getattr(made, name)) for name in names}
    return {**said, "services": [str(each) for each in made.services]}


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.integers(-10, 500))
def test_no_mandate_holds_longer_than_a_year(start: date, days: int) -> None:
    """Whatever is typed, what passes holds at most a year, its last day in full and not a day more."""
    end = start + timedelta(days=days)
    wrong = {name for name, _code in rules.problems(new(starts_on=start, ends_on=end), start)}
    if "ends_on" not in wrong:
        assert 0 <= days <= 365
        assert rules.state(start, end, False, end) == rules.State.IN_FORCE
        assert rules.state(start, end, False, end + timedelta(days=1)) == rules.State.LAPSED
