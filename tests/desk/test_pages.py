"""The pages of the desk: one sheet from the call to the filed ask, and nothing personal in an address."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from handtag.desk.models import Call, Consent, RingBack
from handtag.desk.rules.calls import NOTE_SHOWN
from handtag.errands.actions.asking import open_ask
from handtag.errands.models import Ask
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.notices.queries import chosen
from handtag.people.models import Person
from tests.desk.conftest import DeskTown


def typed(town: DeskTown, **said: Any) -> dict[str, Any]:
    usual = {
        "service": str(town.service().id),
        "need": "Mjölk och bröd",
        "when": town.wish().day.isoformat(),
        "part": "morning",
        "place": str(town.place().id),
        "address": "Storgatan 8",
        "wanted": "1",
        "stage": "read",
        "submission": uuid4().hex,
    }
    return {**usual, "when": "day", "day": town.wish().day.isoformat(), **said}


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found, "nothing to read aloud on the page"
    return found.group(1)


def filed(town: DeskTown, client: Client, path: str, **said: Any) -> Any:
    """Both sendings of the sheet: what to read, and then file it."""
    first = client.post(town.path(path), typed(town, **said)).text
    passed_by = re.findall(r'name="passed_by" value="([\w-]+)"', first)
    if passed_by:
        first = client.post(town.path(path), typed(town, **said, passed_by=passed_by)).text
    more = {"stage": "file", "digest": digest(first), "accepted": "on", "way": "ring", "passed_by": passed_by}
    return client.post(town.path(path), typed(town, **{**said, **more}))


def test_a_whole_number_leads_straight_to_whose_it_is(town: DeskTown) -> None:
    answer = town.browser(town.agent).post(town.path(), {"words": "042 400 04 84"})
    assert answer["Location"] == town.path(f"{town.berta.person}/")


def test_a_name_lists_candidates_with_what_tells_them_apart(town: DeskTown) -> None:
    town.caller("Berta", phone="042-400 04 85", address="Lillgatan 1")
    page = town.browser(town.agent).post(town.path(), {"words": "Berta"}).text
    assert all(each in page for each in ("Storgatan 8", "Lillgatan 1", "042-400 04 84", "042-400 04 85"))


def test_nothing_that_was_typed_stands_in_an_address(town: DeskTown) -> None:
    client = town.browser(town.agent)
    for words in ("Berta Berg", "042-400 04 84", "Okänd Person"):
        answer = client.post(town.path(), {"words": words})
        where = re.sub(r"[0-9a-f-]{36}", "", answer.get("Location", ""))  # an id may hold any figures
        assert "Berta" not in where
        assert "400" not in where
        assert not re.search(r'href="[^"]*(Berta|4000484|Okänd)', answer.text)


def test_from_the_name_nobody_knows_to_the_filed_ask(town: DeskTown) -> None:
    client = town.browser(town.agent)
    page = client.post(town.path(), {"words": "Ebba Ek"}).text
    assert 'value="Ebba"' in page
    assert 'value="Ek"' in page
    who = {
        "given_name": "Ebba",
        "family_name": "Ek",
        "phone": "042-400 04 90",
        "age": "adult",
        "language": "sv",
    }
    answer = filed(town, client, "ny/", **who)
    made = Person.objects.get(given_name="Ebba")
    assert answer["Location"] == town.path(f"{made.id}/")
    assert Ask.objects.of(town.id).get().asker_id == made.id
    assert (made.phone, made.email, chosen(made.id).channels) == ("+46424000490", "", ("phone",))
    assert Consent.objects.of(town.id).get().heard_by_id == town.agent.person


def test_sent_twice_is_filed_once(town: DeskTown) -> None:
    client, path = town.browser(town.agent), town.path(f"{town.berta.person}/")
    read = digest(client.post(path, typed(town)).text)
    said = typed(town, stage="file", digest=read, accepted="on", way="ring")
    answers = [client.post(path, said)["Location"] for _time in range(2)]
    assert answers == [path, path]
    assert Ask.objects.of(town.id).count() == 1


def test_nothing_is_filed_without_a_yes(town: DeskTown) -> None:
    client, path = town.browser(town.agent), town.path(f"{town.berta.person}/")
    page = client.post(path, typed(town)).text
    answer = client.post(path, typed(town, stage="file", digest=digest(page), way="ring"))
    assert answer.status_code == 200
    assert not Ask.objects.of(town.id).exists()


def test_what_is_wrong_is_said_and_what_was_typed_stays(town: DeskTown) -> None:
    path = town.path(f"{town.berta.person}/")
    page = town.browser(town.agent).post(path, typed(town, day="2020-01-01", need="Fyra äpplen")).text
    assert "error" in page
    assert "Fyra äpplen" in page
    assert 'name="digest"' not in page


def test_somebody_who_looks_known_is_shown_first_and_what_was_typed_stays(town: DeskTown) -> None:
    client = town.browser(town.agent)
    who = {
        "given_name": "Berta",
        "family_name": "Berg",
        "phone": "042-400 04 84",
        "age": "adult",
        "language": "sv",
    }
    page = client.post(town.path("ny/"), typed(town, **who)).text
    assert "Är det någon som redan finns här?" in page
    page = client.post(town.path("ny/"), typed(town, **who, use=str(town.berta.person))).text
    assert "Mjölk och bröd" in page
    assert f"/telefon/{town.berta.person}/" in page
    assert Person.objects.filter(given_name="Berta").count() == 1


def test_the_daughters_ask_is_shown_and_goes_on(town: DeskTown) -> None:
    mandate = town.mandate(helped=town.berta)
    ask = open_ask(by=town.acting(mandate), wish=town.wish())
    client, path = town.browser(town.agent), f"{town.berta.person}/"
    page = client.post(town.path(path), typed(town)).text
    assert "Är det den här?" in page
    assert "Anna Berg" in page
    client.post(town.path(f"{path}fortsatt/"), typed(town))
    assert list(Ask.objects.of(town.id)) == [ask]
    assert "continued" in Call.objects.of(town.id).get(person_id=town.berta.person).topics
    filed(town, client, path)
    assert Ask.objects.of(town.id).count() == 2, "another one may be filed all the same"


def test_the_text_is_in_the_callers_language_with_the_swedish_beneath(town: DeskTown) -> None:
    Person.objects.filter(pk=town.berta.person).update(language="ar")
    page = town.browser(town.agent).post(town.path(f"{town.berta.person}/"), typed(town)).text
    assert 'lang="ar" dir="rtl"' in page
    assert "Du ber om hjälp genom kommunen" in page


def test_from_the_call_list_to_reached(town: DeskTown) -> None:
    town.agree(town.file(), town.helper())
    client, row = town.browser(town.agent), RingBack.objects.of(town.id).get()
    assert "Berta Berg" in client.get(town.path()).text
    client.post(town.path(f"ring/{row.id}/ta/"))
    page = client.get(town.path(f"{town.berta.person}/")).text
    news = re.findall(r'name="news" value="([\w-]+)"', page)
    assert news
    assert "042-400 04 84" in page
    client.post(town.path(f"ring/{row.id}/utfall/"), {"outcome": "reached", "news": news})
    row.refresh_from_db()
    assert row.state == "reached"
    assert client.get(town.path("samtal/")).status_code == 200


def test_a_deed_from_the_callers_page(town: DeskTown) -> None:
    ask, client = town.file(), town.browser(town.agent)
    client.post(town.path(f"{town.berta.person}/gor/withdraw/{ask.id}/"))
    ask.refresh_from_db()
    assert ask.state == "withdrawn"
    page = client.get(town.path(f"{town.berta.person}/")).text
    assert f"/gor/restore/{ask.id}/" in page


def test_the_change_of_a_filed_ask(town: DeskTown) -> None:
    ask, client = town.file(), town.browser(town.agent)
    path = town.path(f"{town.berta.person}/fraga/{ask.id}/")
    assert client.get(path).status_code == 200
    client.post(path, typed(town, need="Bara ost"))
    ask.refresh_from_db()
    assert ask.need == "Bara ost"


def test_what_is_for_others_and_the_note(town: DeskTown) -> None:
    client, path = town.browser(town.agent), f"{town.berta.person}/"
    said = {"concern": "home_care", "words": "Behöver hjälp att duscha", "days": "1", "agreed": "on"}
    answer = client.post(town.path(f"{path}lamna-vidare/"), said)
    assert answer["Location"] == town.path(path)
    assert "Berta Berg" in client.get(town.path()).text
    client.post(town.path(f"{path}anteckna/"), {"note": "Hör dåligt på vänster öra"})
    assert "Hör dåligt på vänster öra" in client.get(town.path(path)).text


def test_somebody_at_a_door(town: DeskTown) -> None:
    town.helper()
    client = town.browser(town.agent)
    assert "<strong>Ja</strong>" in client.post(town.path("vid-dorren/"), {"words": "Leila"}).text
    page = client.post(town.path("vid-dorren/"), {"words": "Rövare"}).text
    assert "<strong>Nej</strong>" in page
    assert "112" in page


def test_a_protected_caller_and_nobody_are_told_apart_by_nothing(town: DeskTown) -> None:
    town.protect(town.berta)
    client = town.browser(town.agent)

    def page(words: str) -> str:
        text = client.post(town.path(), {"words": words}).text
        return re.sub(r'value="[^"]*"|nonce-[\w-]+', "", text)

    assert page("042-400 04 84") == page("042-400 99 99")
    for path in ("", f"fraga/{uuid4()}/", "lamna-vidare/"):
        assert client.get(town.path(f"{town.berta.person}/{path}")).status_code == 404
        assert client.get(town.path(f"{uuid4()}/{path}")).status_code == 404


def test_an_officer_says_why_before_a_protected_caller(town: DeskTown) -> None:
    town.protect(town.berta)
    client, path = town.browser(town.officer()), town.path(f"{town.berta.person}/")
    assert "Berta" not in client.get(path).text
    assert "Berta Berg" in client.post(path, {"reason": "Ringer om sin fråga"}).text


def test_an_officer_files_for_a_protected_caller_and_says_why_once(town: DeskTown) -> None:
    town.protect(town.berta)
    client, caller = town.browser(town.officer()), f"{town.berta.person}/"
    kept = 'name="reason" value="Ringer om sin fråga"'
    assert kept in client.post(town.path(caller), {"reason": "Ringer om sin fråga"}).text
    assert kept in client.post(town.path(caller), typed(town, reason="Ringer om sin fråga")).text
    filed(town, client, caller, reason="Ringer om sin fråga")
    assert Ask.objects.of(town.id).get().asker_id == town.berta.person


@pytest.mark.parametrize("path", ["", "samtal/", "ny/", "{caller}/", "{caller}/lamna-vidare/"])
def test_only_who_answers_calls(town: DeskTown, neighbour: DeskTown, path: str) -> None:
    there = town.path(path.format(caller=town.berta.person))
    assert town.browser(town.anna).get(there).status_code == 403
    assert town.browser(neighbour.agent).get(there).status_code in (403, 404)
    assert Client().get(there).status_code == 302


def test_another_towns_caller(town: DeskTown, neighbour: DeskTown) -> None:
    assert town.browser(neighbour.agent).get(neighbour.path(f"{town.berta.person}/")).status_code == 404


def test_the_agent_begins_here(town: DeskTown) -> None:
    answer = town.browser(town.agent).get("/", follow=True)
    assert town.path() in answer.text
    assert town.browser(town.staff(Role.COORDINATOR, "Maria")).get(town.path()).status_code == 200


def test_a_helper_who_rings_hears_what_is_near_and_says_yes(town: DeskTown) -> None:
    ask, helper = town.file(address="Storgatan 8"), town.helper()
    client, path = town.browser(town.agent), town.path(f"{helper.person}/")
    page = client.get(path).text
    found = re.search(r"/gor/say_yes/([\w-]+)/", page)
    assert found
    assert "Storgatan 8" not in page, "the exact place comes with the agreement"
    client.post(town.path(f"{helper.person}/gor/say_yes/{found.group(1)}/"), {"accept": "1"})
    ask.refresh_from_db()
    assert ask.state == "filled"
    assert "Storgatan 8" in client.get(path).text


def test_a_note_is_shown_for_a_month(town: DeskTown) -> None:
    client, path = town.browser(town.agent), town.path(f"{town.berta.person}/")
    client.post(f"{path}anteckna/", {"note": "Hör dåligt på vänster öra"})
    assert "vänster öra" in client.get(path).text
    long_ago = clock.now() - NOTE_SHOWN - timedelta(days=1)
    Call.objects.of(town.id).update(at=long_ago, latest_at=long_ago)
    assert "vänster öra" not in client.get(path).text
