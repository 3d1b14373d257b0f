"""A second step for staff, and showing anew that it is you before protected records."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from handtag.history.models import Entry
from handtag.kernel import clock, sealing
from handtag.login.actions import confirm_app, set_second_step
from handtag.login.models import User
from handtag.login.rules import mark
from handtag.people.actions import mark_protected
from tests.login.conftest import Town, letters


@pytest.fixture
def strict(town: Town) -> None:
    """The town demands the step, as it does by itself outside the sample."""
    set_second_step(by=town.product, is_on=True)


@pytest.fixture
def by_code(client_of: Any) -> Any:
    """A browser in which somebody has logged in with a code by e-mail, and with nothing else."""

    def enter(actor: Any) -> Client:
        client = client_of(actor)
        session = client.session
        del session["shown_at"]
        session.save()
        return client

    return enter


def now_shown(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def with_app(actor: Any) -> str:
    """An app for somebody's login: its secret."""
    login, secret = User.objects.get(person_id=actor.person), totp.generate_totp_secret()
    totp.TOTP.activate(login, secret)
    return secret


def test_outside_the_sample_the_step_is_demanded_unless_the_town_says_otherwise(
    town: Town, settings: Any
) -> None:
    from handtag.login.queries import demands_second_step

    assert not demands_second_step(town.id)
    settings.SAMPLE = False
    assert demands_second_step(town.id)
    set_second_step(by=town.product, is_on=False)
    assert not demands_second_step(town.id)


def test_staff_without_a_second_step_are_led_to_one_before_any_staff_page(
    town: Town, strict: None, by_code: Any
) -> None:
    maria = town.person("Maria", "coordinator")
    client = by_code(maria)
    for page in ("personer/", "oversikt/", "installningar/", "roller/"):
        answer = client.get(f"/{town.slug}/{page}")
        assert answer["Location"] == f"/bekrafta/?next=/{town.slug}/{page}"
    assert client.get("/vidare/")["Location"].startswith("/bekrafta/")
    page = client.get("/bekrafta/").content.decode()
    assert "/mina-inloggningar/ny/" in page
    assert "/bekrafta/app/" in page


def test_until_then_they_are_residents(town: Town, strict: None, by_code: Any) -> None:
    client = by_code(town.person("Maria", "coordinator"))
    assert client.get(f"/{town.slug}/mina-fragor/").status_code == 200
    assert client.get(f"/{town.slug}/mina-fragor/").wsgi_request.actor.hat is None


def test_residents_are_never_asked(town: Town, strict: None, by_code: Any) -> None:
    client = by_code(town.person("Gun-Britt"))
    assert client.get("/vidare/")["Location"] == f"/{town.slug}/"
    assert client.get(f"/{town.slug}/personer/").status_code == 403


def test_an_app_is_set_up_and_opens_the_staff_pages(town: Town, strict: None, by_code: Any) -> None:
    maria = town.person("Maria", "coordinator")
    client = by_code(maria)
    page = client.get(f"/bekrafta/app/?next=/{town.slug}/personer/")
    assert b"data:image/svg+xml" in page.content
    secret = sealing.unseal(client.session["new_app"])
    assert secret not in str(dict(client.session))
    wrong = client.post("/bekrafta/app/", {"code": "000000"})
    assert not Authenticator.objects.exists()
    assert wrong.status_code == 200
    codes = client.post("/bekrafta/app/", {"code": now_shown(secret), "next": f"/{town.slug}/personer/"})
    assert f'href="/{town.slug}/personer/"' in codes.content.decode()
    assert client.get(f"/{town.slug}/personer/").status_code == 200
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert sealing.unseal(kept) == secret
    assert [letter.kind for letter in letters("login.second_step_added")] == ["login.second_step_added"]
    assert Entry.objects.filter(verb="step.added").count() == 1


def test_the_apps_code_is_taken_once(town: Town, strict: None, by_code: Any) -> None:
    maria = town.person("Maria", "coordinator")
    client = by_code(maria)
    code = now_shown(with_app(maria))
    again = Client()
    again.cookies = client.cookies.copy()
    page = f"/{town.slug}/personer/"
    assert client.post("/bekrafta/", {"code": code, "next": page})["Location"] == page
    assert client.get(page).status_code == 200
    second = by_code_again(maria)
    assert second.post("/bekrafta/", {"code": code}).status_code == 200
    assert second.get(page).status_code == 302


def by_code_again(actor: Any) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(person_id=actor.person), backend="handtag.login.middleware.sessions.Backend"
    )
    session = client.session
    del session["shown_at"]
    session.save()
    return client


def test_a_spare_code_works_once(town: Town, strict: None, by_code: Any) -> None:
    maria = town.person("Maria", "coordinator")
    client = by_code(maria)
    secret = totp.generate_totp_secret()
    login = User.objects.get(person_id=maria.person)
    codes = confirm_app(by=maria, login=login, sealed=sealing.seal(secret), code=now_shown(secret))
    assert len(codes) == len(set(codes)) >= 8
    assert client.post("/bekrafta/", {"code": codes[0]}).status_code == 302
    assert by_code_again(maria).post("/bekrafta/", {"code": codes[0]}).status_code == 200


def test_wrong_codes_run_out(town: Town, strict: None, by_code: Any) -> None:
    maria = town.person("Maria", "coordinator")
    client = by_code(maria)
    secret = with_app(maria)
    for _turn in range(5):
        client.post("/bekrafta/", {"code": "000000"})
    assert client.post("/bekrafta/", {"code": now_shown(secret)}).status_code == 200
    assert "shown_at" not in client.session
    assert Entry.objects.filter(verb="step.refused").count() == 5


def test_who_has_an_app_adds_nothing_without_showing_it(town: Town, strict: None, by_code: Any) -> None:
    """A thief of the mailbox could else put a lock of their own on the door."""
    maria = town.person("Maria", "coordinator")
    client = by_code(maria)
    with_app(maria)
    for page in ("/bekrafta/app/", "/mina-inloggningar/ny/"):
        assert client.get(page)["Location"].startswith("/bekrafta/?next=")
    assert client.post("/bekrafta/koder/")["Location"].startswith("/bekrafta/")


def test_only_the_administrator_turns_the_step_off(town: Town, client_of: Any) -> None:
    from handtag.kernel.errors import NotAllowed

    with pytest.raises(NotAllowed):
        set_second_step(by=town.person("Maria", "coordinator"), is_on=False)


# --- before protected records -----------------------------------------------------------------------------


@pytest.fixture
def vera(town: Town) -> Any:
    person = town.person("Vera")
    mark_protected(by=town.product, person_id=person.person, kind="secrecy_mark", reason="prov")
    return person


def long_ago(client: Client, minutes: int = 11) -> Client:
    from datetime import timedelta

    session = client.session
    mark(session, clock.now() - timedelta(minutes=minutes))
    session.save()
    return client


def test_a_protected_record_asks_anew_after_ten_minutes(town: Town, client_of: Any, vera: Any) -> None:
    client = client_of(town.person("Olle", "protected_identity_officer"))
    page = f"/{town.slug}/personer/{vera.person}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "prov"}).status_code == 200
    long_ago(client)
    assert client.get(page)["Location"].startswith("/bekrafta/")
    assert client.get(f"{page}skydd/")["Location"].startswith("/bekrafta/")
    assert not Entry.objects.filter(verb="person.read", at__gt=clock.now()).exists()


def test_an_ordinary_record_does_not(town: Town, client_of: Any) -> None:
    client = long_ago(client_of(town.person("Olle", "protected_identity_officer")))
    nils = town.person("Nils")
    assert client.get(f"/{town.slug}/personer/{nils.person}/").status_code == 200


def test_who_may_not_see_protected_people_learns_nothing_by_it(town: Town, client_of: Any, vera: Any) -> None:
    client = long_ago(client_of(town.person("Maria", "coordinator")))
    assert client.get(f"/{town.slug}/personer/{vera.person}/").status_code == 404


def test_what_was_being_sent_is_kept_and_sent_after_the_step(town: Town, client_of: Any) -> None:
    olle = town.person("Olle", "protected_identity_officer")
    client = long_ago(client_of(olle))
    login = User.objects.get(person_id=olle.person)
    User.objects.filter(pk=login.id).update(username="olle")
    login.refresh_from_db()
    login.set_password("handtag")
    login.save()
    client.force_login(login, backend="handtag.login.middleware.sessions.Backend")
    long_ago(client)
    nils = town.person("Nils")
    page = f"/{town.slug}/personer/{nils.person}/skydd/"
    sent = {"kind": "secrecy_mark", "chosen_name": "", "reason": "Hemliga ord", "submission": "abc"}
    asked = client.post(page, sent)
    assert asked["Location"].startswith("/bekrafta/?next=")
    assert "Hemliga ord" not in str(dict(client.session))
    said = {"username": "olle", "password": "handtag", "next": "/bekrafta/vidare/"}
    assert client.post("/login/bekrafta/", said)["Location"] == "/bekrafta/vidare/"
    waiting = client.get("/bekrafta/vidare/").content.decode()
    assert f'action="{page}"' in waiting
    assert "Hemliga ord" in waiting
    assert client.post(page, sent).status_code == 302
    nils_now = type(login.person).objects.get(pk=nils.person)
    assert nils_now.is_protected


def test_the_password_of_somebody_else_is_no_step(town: Town, client_of: Any, login_of: Any) -> None:
    client = long_ago(client_of(town.person("Olle", "protected_identity_officer")))
    login_of(town.person("Nils"), "nils@example.se", username="nils", password="handtag")
    client.post("/login/bekrafta/", {"username": "nils", "password": "handtag"})
    nils = town.person("Vera")
    assert client.get(f"/{town.slug}/personer/{nils.person}/skydd/")["Location"].startswith("/bekrafta/")
