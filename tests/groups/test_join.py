"""Joining and leaving groups: open, by approval, by invitation."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handtag.groups import queries, rules
from handtag.groups.actions import NewGroup, answer, invite, invite_address, join, leave, make_group
from handtag.groups.models import Group, Membership
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, TooLate
from handtag.people.actions import erase_person, give_role, mark_protected
from tests.login.conftest import Town, letters

Enter = Callable[[Actor], Client]


def group(town: Town, joining: str = "open", name: str = "Odlarna") -> Group:
    return make_group(by=town.product, new=NewGroup(name=name, joining=joining))


def state(town: Town, found: Group, person: Actor) -> str:
    return queries.state_in(town.id, found.id, person.person)


def waiting(town: Town, found: Group) -> Membership:
    return Membership.objects.of(town.id).get(group=found, state="asked")


def test_an_open_group_takes_one_in_at_once_and_lets_one_go(town: Town) -> None:
    nils, odlarna = town.person("Nils"), group(town)
    join(by=nils, group_id=odlarna.id)
    assert queries.of_person(town.id, nils.person) == {odlarna.id}
    leave(by=nils, group_id=odlarna.id)
    assert queries.of_person(town.id, nils.person) == set()


def test_each_sees_how_they_stand_themselves(town: Town) -> None:
    """Of a group by invitation nobody hears but those who are in it."""
    nils, eva, odlarna, laget = (
        town.person("Nils"),
        town.person("Eva"),
        group(town),
        group(town, name="Laget"),
    )
    closed = group(town, "invitation", "Sällskapet")
    join(by=nils, group_id=odlarna.id)
    Membership.objects.create(
        municipality=town.municipality, group=closed, person_id=nils.person, state="member"
    )

    def stands(who: Actor) -> dict[str, str]:
        made = {odlarna.id, laget.id, closed.id}
        return {row.name: row.state for row in queries.for_person(who) if row.id in made}

    assert stands(nils) == {"Laget": "", "Odlarna": "member", "Sällskapet": "member"}
    assert stands(eva) == {"Laget": "", "Odlarna": ""}


def test_one_may_be_in_several_groups(town: Town) -> None:
    nils, two = town.person("Nils"), [group(town), group(town, name="Byrådet")]
    for one in two:
        join(by=nils, group_id=one.id)
    assert queries.of_person(town.id, nils.person) == {one.id for one in two}


def test_by_approval_somebody_says_yes_first_and_writes(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    closed = group(town, "approval")
    join(by=nils, group_id=closed.id)
    assert queries.of_person(town.id, nils.person) == set()
    answer(by=maria, group_id=closed.id, membership_id=waiting(town, closed).id, answer="approve")
    assert queries.of_person(town.id, nils.person) == {closed.id}
    (letter,) = letters("group.approve")
    assert closed.name not in letter.subject + letter.body


def test_a_no_can_be_followed_by_asking_again(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    closed = group(town, "approval")
    join(by=nils, group_id=closed.id)
    answer(by=maria, group_id=closed.id, membership_id=waiting(town, closed).id, answer="decline")
    assert state(town, closed, nils) == "declined"
    join(by=nils, group_id=closed.id)
    assert state(town, closed, nils) == "asked"


def test_by_invitation_only_the_invited_get_in_and_others_do_not_see_it(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    secret = group(town, "invitation")
    with pytest.raises(NotFound):
        join(by=nils, group_id=secret.id)
    assert secret.id not in {row.id for row in queries.for_person(nils)}
    invite(by=maria, group_id=secret.id, person_id=nils.person)
    assert secret.id in {row.id for row in queries.for_person(nils)}
    join(by=nils, group_id=secret.id)
    assert state(town, secret, nils) == "member"


def test_to_invite_who_asks_is_to_let_them_in(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    closed = group(town, "approval")
    join(by=nils, group_id=closed.id)
    invite(by=maria, group_id=closed.id, person_id=nils.person)
    assert state(town, closed, nils) == "member"


def test_an_address_nobody_has_is_answered_the_same(town: Town) -> None:
    maria, nils = town.person("Maria", "coordinator"), town.person("Nils")
    odlarna = group(town)
    invite_address(by=maria, group_id=odlarna.id, email="nobody@example.se")
    invite_address(by=maria, group_id=odlarna.id, email="NILS@example.se")
    assert state(town, odlarna, nils) == "invited"


def test_twice_changes_nothing(town: Town) -> None:
    nils, odlarna = town.person("Nils"), group(town)
    assert join(by=nils, group_id=odlarna.id).id == join(by=nils, group_id=odlarna.id).id
    leave(by=nils, group_id=odlarna.id)
    leave(by=nils, group_id=odlarna.id)
    assert Membership.objects.of(town.id).count() == 1


def test_an_answer_given_twice_is_too_late(town: Town) -> None:
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    closed = group(town, "approval")
    join(by=nils, group_id=closed.id)
    asked = waiting(town, closed)
    answer(by=maria, group_id=closed.id, membership_id=asked.id, answer="approve")
    with pytest.raises(TooLate):
        answer(by=maria, group_id=closed.id, membership_id=asked.id, answer="approve")


def test_a_resident_lets_nobody_in(town: Town) -> None:
    nils, closed = town.person("Nils"), group(town, "approval")
    join(by=nils, group_id=closed.id)
    asked = waiting(town, closed).id
    with pytest.raises(NotAllowed):
        answer(by=nils, group_id=closed.id, membership_id=asked, answer="approve")
    with pytest.raises(NotAllowed):
        invite(by=nils, group_id=closed.id, person_id=nils.person)


def test_who_looks_after_one_group_looks_after_no_other(town: Town, client_of: Enter) -> None:
    mine, other = group(town, "approval"), group(town, name="Byrådet")
    nils = town.person("Nils")
    give_role(by=town.product, person_id=nils.person, role="group_coordinator", groups=[mine.id])
    nils = town.actor(nils.person)
    assert [row.id for row in queries.kept_by(nils)] == [mine.id]
    client = client_of(nils)
    assert client.get(f"/{town.slug}/grupper/{mine.id}/").status_code == 200
    assert client.get(f"/{town.slug}/grupper/{other.id}/").status_code == 403
    page = client.get(f"/{town.slug}/grupper/skotsel/").content.decode()
    assert ("Odlarna" in page, "Byrådet" in page, 'name="joining"' in page) == (True, False, False)
    with pytest.raises(NotAllowed):
        make_group(by=nils, new=NewGroup(name="Ny"))


def test_who_looks_after_a_group_lets_people_into_it_and_into_no_other(town: Town) -> None:
    mine, other = group(town, "approval"), group(town, "approval", name="Byrådet")
    nils, anna, hidden = town.person("Nils"), town.person("Anna"), town.person("Gunilla")
    give_role(by=town.product, person_id=nils.person, role="group_coordinator", groups=[mine.id])
    nils = town.actor(nils.person)
    for one in (mine, other):
        join(by=anna, group_id=one.id)
    answer(by=nils, group_id=mine.id, membership_id=waiting(town, mine).id, answer="approve")
    assert state(town, mine, anna) == "member"
    with pytest.raises(NotAllowed):
        answer(by=nils, group_id=other.id, membership_id=waiting(town, other).id, answer="approve")
    join(by=hidden, group_id=mine.id)
    mark_protected(by=town.product, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    with pytest.raises(NotFound):
        answer(by=nils, group_id=mine.id, membership_id=waiting(town, mine).id, answer="approve")


def test_another_towns_group_does_not_exist(town: Town, neighbour: Town, client_of: Enter) -> None:
    theirs = group(neighbour)
    nils, maria = town.person("Nils"), town.person("Maria", "coordinator")
    for deed in (join, leave):
        with pytest.raises(NotFound):
            deed(by=nils, group_id=theirs.id)
    with pytest.raises(NotFound):
        invite(by=maria, group_id=theirs.id, person_id=nils.person)
    client = client_of(maria)
    assert client.get(f"/{town.slug}/grupper/{theirs.id}/").status_code == 404
    assert client.get(f"/{neighbour.slug}/grupper/").status_code == 403


def test_a_stranger_cannot_be_invited(town: Town, neighbour: Town) -> None:
    stranger = neighbour.person("Sven")
    with pytest.raises(NotFound):
        invite(by=town.person("Maria", "coordinator"), group_id=group(town).id, person_id=stranger.person)


def test_a_protected_member_is_on_no_list_and_in_no_figure(town: Town, client_of: Enter) -> None:
    maria, hidden = town.person("Maria", "coordinator"), town.person("Gunilla", family_name="Kanarie")
    odlarna = group(town)
    join(by=hidden, group_id=odlarna.id)
    mark_protected(by=town.product, person_id=hidden.person, kind="secrecy_mark", reason="Beslut visat")
    page = queries.page(maria, odlarna.id)
    assert (page.members, page.group.members) == ([], 0)
    assert "Gunilla" not in client_of(maria).get(f"/{town.slug}/grupper/{odlarna.id}/").content.decode()
    row = Membership.objects.of(town.id).get(group=odlarna)
    with pytest.raises(NotFound):
        answer(by=maria, group_id=odlarna.id, membership_id=row.id, answer="remove")
    assert len(queries.for_person(town.actor(hidden.person))) > 0


def test_whoever_is_erased_is_in_no_group(town: Town) -> None:
    nils = town.person("Nils")
    join(by=nils, group_id=group(town).id)
    erase_person(by=town.product, person_id=nils.person)
    assert not Membership.objects.of(town.id).exists()


@pytest.mark.race
def test_at_the_same_moment_there_is_one_membership(town: Town, at_once: Callable[..., list[Any]]) -> None:
    nils, odlarna = town.person("Nils"), group(town)
    at_once(*[lambda: join(by=nils, group_id=odlarna.id)] * 6)
    assert Membership.objects.of(town.id).filter(state="member").count() == 1


@pytest.mark.parametrize("joining", ["open", "approval", "invitation"])
@pytest.mark.parametrize("before", ["none", "asked", "invited", "member", "declined", "left"])
def test_joining_never_throws_out_a_member_nor_lets_in_the_uninvited(joining: str, before: str) -> None:
    after = rules.after_join(joining, before)
    if before in ("member", "invited"):
        assert after == "member"
    elif joining != "open":
        assert after != "member"


def test_by_the_pages_one_joins_and_leaves(
    town: Town, client_of: Enter, django_assert_max_num_queries: Any
) -> None:
    client, odlarna = client_of(town.person("Nils")), group(town)
    page = f"/{town.slug}/grupper/"
    assert client.post(f"{page}{odlarna.id}/ga-med/")["Location"] == page
    with django_assert_max_num_queries(12):
        said = client.get(page).content.decode()
    assert f"{page}{odlarna.id}/lamna/" in said
    client.post(f"{page}{odlarna.id}/lamna/")
    assert f"{page}{odlarna.id}/lamna/" not in client.get(page).content.decode()
