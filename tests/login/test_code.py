"""Logging in by a code in an e-mail, and becoming a member with it."""

import re
from collections.abc import Callable

import time_machine
from django.test import Client

from handtag.kernel import clock
from handtag.login.actions import forget_unused
from handtag.login.models import User
from handtag.people.models import Person
from tests.login.conftest import Town, letters


def ask(client: Client, email: str, next: str = "") -> str:
    """Ask for a code; gives back where one is led."""
    answer = client.post("/logga-in/", {"email": email, "next": next})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def code() -> str:
    """The code in the last letter."""
    found = re.search(r"\b(\d{6})\b", letters("login.code")[-1].body)
    assert found
    return found[1]


def test_a_code_lets_in_whoever_is_known(town: Town, client: Client, login_of: Callable[..., User]) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page = ask(client, "Maria@example.se", f"/{town.slug}/grupper/")
    answer = client.post(page, {"code": code()})
    assert client.get(answer["Location"])["Location"] == f"/{town.slug}/grupper/"
    assert client.get("/mina-inloggningar/").status_code == 200


def test_a_code_works_as_it_is_pasted(town: Town, client: Client, login_of: Callable[..., User]) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page, given = ask(client, "maria@example.se"), code()
    assert client.post(page, {"code": f" {given[:3]} {given[3:]} "}).status_code == 302
    assert client.get("/mina-inloggningar/").status_code == 200


def test_the_code_is_not_in_the_subject_and_its_field_is_made_for_it(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page = client.get(ask(client, "maria@example.se")).content.decode()
    assert code() not in letters("login.code")[-1].subject
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_a_wrong_code_is_refused_and_after_three_it_is_over(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page, right = ask(client, "maria@example.se"), code()
    wrong = "000000" if right != "000000" else "111111"
    assert client.post(page, {"code": wrong}).status_code == 200
    assert client.post(page, {"code": wrong}).status_code == 200
    assert client.post(page, {"code": wrong})["Location"].startswith("/logga-in/")
    client.post(page, {"code": right})
    assert client.get("/mina-inloggningar/").status_code == 302


def test_a_code_is_too_old_after_a_quarter_of_an_hour(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page, given = ask(client, "maria@example.se"), code()
    with time_machine.travel(clock.now().timestamp() + 15 * 60 + 1):
        client.post(page, {"code": given})
        assert client.get("/mina-inloggningar/").status_code == 302


def test_a_code_works_once(town: Town, client: Client, login_of: Callable[..., User]) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page, given = ask(client, "maria@example.se"), code()
    client.post(page, {"code": given})
    client.post("/logga-ut/")
    client.post(page, {"code": given})
    assert client.get("/mina-inloggningar/").status_code == 302


def test_a_code_works_only_where_it_was_asked_for(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page = ask(client, "maria@example.se")
    other = Client()
    other.post(page, {"code": code()})
    assert other.get("/mina-inloggningar/").status_code == 302


def test_a_new_code_can_be_asked_for_and_the_old_one_is_dead(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page, old = ask(client, "maria@example.se"), code()
    client.post(page, {"action": "resend"})
    new = code()
    if new != old:
        client.post(page, {"code": old})
        assert client.get("/mina-inloggningar/").status_code == 302
    client.post(page, {"code": new})
    assert client.get("/mina-inloggningar/").status_code == 200


def test_whether_an_address_is_known_is_told_to_nobody(town: Town, login_of: Callable[..., User]) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    known, unknown = Client(), Client()
    pages = []
    for browser, email in ((known, "maria@example.se"), (unknown, "morit@example.se")):
        page = browser.get(ask(browser, email)).content.decode()
        page = re.sub(r'value="[^"]{30,}"', "", page.replace(email, "ADDRESS"))
        pages.append(page)
    assert pages[0] == pages[1]
    assert len(letters("login.code")) == 2


def test_asking_again_and_again_is_refused_kindly(town: Town, client: Client) -> None:
    for _turn in range(5):
        ask(Client(), "nils@example.se")
    answer = client.post("/logga-in/", {"email": "nils@example.se"})
    assert answer.status_code == 200
    assert len(letters("login.code")) == 5


def test_an_address_that_is_none_gets_words_and_keeps_what_was_typed(town: Town, client: Client) -> None:
    page = client.post("/logga-in/", {"email": "nils"}).content.decode()
    assert 'value="nils"' in page
    assert 'aria-invalid="true"' in page


def test_a_closed_login_is_told_by_letter_only(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login = login_of(town.person("Maria"), "maria@example.se")
    User.objects.filter(pk=login.pk).update(is_active=False)
    ask(client, "maria@example.se")
    assert [letter.kind for letter in letters()] == ["login.closed"]


def test_a_new_member_is_asked_three_things_and_is_a_resident(town: Town, client: Client) -> None:
    page = ask(client, "nils@example.se", f"/{town.slug}/grupper/")
    onward = client.post(page, {"code": code()})["Location"]
    welcome = client.get(onward)["Location"]
    assert welcome.startswith(f"/{town.slug}/valkommen/")
    answers = {"given_name": "Nils", "age": "adult", "place": str(town.place().id)}
    assert client.post(welcome, answers)["Location"] == f"/{town.slug}/grupper/"
    nils = Person.objects.get(email="nils@example.se")
    assert (nils.given_name, nils.age, nils.place_id) == ("Nils", "adult", town.place().id)
    assert client.get(f"/{town.slug}/grupper/").status_code == 200


def test_nobody_under_13_gets_an_account_and_nothing_is_kept(town: Town, client: Client) -> None:
    onward = client.post(ask(client, "lisa@example.se"), {"code": code()})["Location"]
    assert client.get(onward)["Location"] == "/valkommen/"
    answers = {"given_name": "Lisa", "age": "child", "place": str(town.place().id)}
    page = client.post(f"/{town.slug}/valkommen/", answers)
    assert page.status_code == 200
    assert "116 111" in page.content.decode()
    assert not User.objects.filter(email="lisa@example.se").exists()
    assert not Person.objects.exists()
    assert client.get("/mina-inloggningar/").status_code == 302


def test_answers_that_lack_something_come_back_with_what_was_typed(town: Town, client: Client) -> None:
    client.post(ask(client, "nils@example.se"), {"code": code()})
    page = client.post(f"/{town.slug}/valkommen/", {"given_name": "Nils"})
    assert 'value="Nils"' in page.content.decode()
    assert not Person.objects.exists()


def test_another_towns_place_is_no_answer(town: Town, neighbour: Town, client: Client) -> None:
    client.post(ask(client, "nils@example.se"), {"code": code()})
    answers = {"given_name": "Nils", "age": "adult", "place": str(neighbour.place().id)}
    assert client.post(f"/{town.slug}/valkommen/", answers).status_code == 200
    assert not Person.objects.exists()


def test_sent_twice_makes_one_member(town: Town, client: Client) -> None:
    client.post(ask(client, "nils@example.se"), {"code": code()})
    answers = {
        "given_name": "Nils",
        "age": "adult",
        "place": str(town.place().id),
        "submission": "0190-one-and-the-same",
    }
    for _turn in range(2):
        client.post(f"/{town.slug}/valkommen/", answers)
    assert Person.objects.count() == 1


def test_a_member_of_another_town_is_asked_whether_to_join(
    town: Town, neighbour: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    onward = client.post(ask(client, "maria@example.se", f"/{neighbour.slug}/grupper/"), {"code": code()})
    welcome = client.get(onward["Location"])["Location"]
    assert welcome.startswith(f"/{neighbour.slug}/valkommen/")
    assert client.post(welcome)["Location"] == f"/{neighbour.slug}/grupper/"
    assert client.get(f"/{neighbour.slug}/grupper/").status_code == 200


def test_a_way_in_leads_nowhere_else(town: Town, client: Client, login_of: Callable[..., User]) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    page = ask(client, "maria@example.se", "https://example.se/")
    onward = client.post(page, {"code": code()})["Location"]
    assert client.get(onward)["Location"] == f"/{town.slug}/"
    assert client.get("/vidare/?next=//example.se/")["Location"] == f"/{town.slug}/"


def test_an_address_that_never_came_back_is_forgotten(
    town: Town, client: Client, login_of: Callable[..., User]
) -> None:
    login_of(town.person("Maria"), "maria@example.se")
    ask(client, "nils@example.se")
    assert forget_unused() == 0
    with time_machine.travel(clock.now().timestamp() + 25 * 3600):
        assert forget_unused() == 1
    assert list(User.objects.values_list("email", flat=True)) == ["maria@example.se"]
