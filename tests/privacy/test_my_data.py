"""What is held about somebody is read in words: each column, each code, each deed of the log."""

import ast
import html
import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from handtag.errands.actions import moving, settling
from handtag.errands.models import Invitation, Offer
from handtag.errands.rules.asks import REPAID
from handtag.groups import actions as groups
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.rights import Role
from handtag.login import actions as login
from handtag.municipalities.queries import places
from handtag.notices.models import Notice
from handtag.outreach.rules.widening import Step
from handtag.people import actions as people
from handtag.permits.actions import apply, decide
from handtag.permits.models import Decision, Service
from handtag.permits.rules import DEMANDS
from handtag.privacy.queries import holdings, references
from handtag.privacy.queries.columns import COLUMNS
from handtag.privacy.queries.deeds import DEEDS, deed_words
from handtag.privacy.queries.values import CODES, value_words
from handtag.privacy.rules.record import Record
from handtag.privacy.rules.register import BY_TYPE, REGISTER
from tests.privacy.conftest import Town

SHOWN = [(record, column) for record in REGISTER if record.mine for column in holdings.shown(record)]


def named(one: tuple[Record, str]) -> str:
    return f"{one[0].type}.{one[1]}"


def test_every_column_that_is_shown_has_words_and_no_words_are_idle() -> None:
    assert [named(one) for one in SHOWN if not {named(one), one[1]} & set(COLUMNS)] == []
    assert set(COLUMNS) <= {named(one) for one in SHOWN} | {column for _record, column in SHOWN}


@pytest.mark.parametrize("one", SHOWN, ids=named)
def test_every_code_of_a_column_has_words(one: tuple[Record, str]) -> None:
    record, column = one
    if column in references.REFERENCES:
        return
    field = apps.get_model(record.table)._meta.get_field(column)
    for code, _label in field.flatchoices:
        assert value_words(record, column, code) != code


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("role.role", [role.value for role in Role]),
        ("history.via", list(Via)),
        ("check.kind", [kind for kind in DEMANDS if kind != "caseworker"]),
        ("outlay.how", REPAID),
        ("ask.outlay_how", REPAID),
        ("ask.agreement", Service.Agreement.values),
        ("case.concern", ["unsafe", "money", "no_show", "behaviour", "other"]),
    ],
)
def test_codes_that_no_table_lists_have_words_too(column: str, codes: Iterable[str]) -> None:
    record_type, _dot, name = column.partition(".")
    for code in codes:
        assert value_words(BY_TYPE[record_type], name, code) != code


def test_codes_are_those_of_columns_that_are_shown() -> None:
    columns = {named(one) for one in SHOWN} | {column for _record, column in SHOWN}
    assert set(CODES) <= columns


@pytest.mark.parametrize(
    ("record_type", "column", "value", "words"),
    [
        ("person", "speaks", ["ar", "sv"], "arabiska och svenska"),
        ("person", "phone", "+46701740605", "070-174 06 05"),
        ("availability", "weekday", 0, "måndagar"),
        ("availability", "to_minute", 1440, "midnatt"),
        ("helper_profile", "reach", 10_000, "10 km"),
        ("series", "excepted", ["2026-12-24"], "24 december 2026"),
        ("series", "from_time", time(9, 30), "kl. 9.30"),
        ("check", "seen_on", date(2026, 11, 26), "26 november 2026"),
        ("message", "at", clock.at(date(2026, 11, 26), time(14, 0)), "26 november 2026 kl. 14"),
        ("login", "is_active", False, "nej"),
        ("helper_profile", "longitude", 12.7450682, "12,7451"),
        ("told", "reasons", [["near", ""], ["day", "3"]], "Nära dig; Torsdagar passar dig"),
        ("draft", "words", {"need": "Mjölk", "when": "soon", "door": "7 31"}, "Mjölk; 7 31"),
        ("destruction", "protocol", {"notice": 1200}, "Det vi har skickat till dig: 1\N{NO-BREAK SPACE}200"),
    ],
)
def test_values_read_as_people_say_them(record_type: str, column: str, value: Any, words: str) -> None:
    assert value_words(BY_TYPE[record_type], column, value) == words


def test_what_somebody_wrote_stands_as_it_was_written() -> None:
    """Also where it happens to be a code."""
    for record_type, column in (("message", "text"), ("ask", "need"), ("feedback", "thanks")):
        assert value_words(BY_TYPE[record_type], column, "done") == "done"


def test_every_deed_that_is_written_in_the_log_has_words() -> None:
    written = set(moving.VERBS.values()) | {f"ask.{verb}" for verb in settling._VERBS.values()}
    written |= {f"permit.{verb}" for verb in Decision.Verb.values}
    written |= {f"offer.{state}" for state in Offer.State.values}
    written |= {f"invitation.{state}" for state in Invitation.State.values}
    written |= {f"group.{done}" for done in groups.DONE.values()}
    written |= {f"search.{step}" for step in (Step.STOPPED, Step.RESUMED, Step.HURRIED)}
    written |= {f"profile.{what}" for what in _notes_of_helpers()}
    kinds = {deed.partition(".")[0] for deed in DEEDS}
    written |= {words for words in _texts_of_actions() if words.partition(".")[0] in kinds}
    assert written <= set(DEEDS), sorted(written - set(DEEDS))
    assert set(DEEDS) <= written, sorted(set(DEEDS) - written)
    assert "." not in deed_words("something.forgotten")


def test_a_resident_reads_which_service_group_town_and_place(town: Town) -> None:
    person_id = town.register("Greta", "greta@example.org")
    place = places(town.id)[0]
    by = town.as_(person_id, Role.RESIDENT)
    people.change_details(
        by=by,
        person_id=person_id,
        new=people.NewPerson(given_name="Greta", speaks=("ar", "sv"), place_id=place.id),
    )
    group = groups.make_group(by=town.as_(person_id, Role.COORDINATOR), new=groups.NewGroup(name="Odlarna"))
    groups.join(by=by, group_id=group.id)
    service = Service.objects.of(town.id).get(kind="shopping")
    permit = apply(by=by, service_id=service.id, side="perform")
    caseworker = town.as_(town.register("Johan"), Role.CASEWORKER)
    decide(by=caseworker, permit_id=permit.id, verb="refused")
    read = cells(by, person_id)
    assert read["person"]["Närmaste plats"] == {place.name}
    assert read["person"]["Språk du talar"] == {"arabiska och svenska"}
    assert read["role"]["Kommun"] == {"Helsingborg"}
    assert read["group_membership"]["Grupp"] == {"Odlarna"}
    assert read["permit"] | {"Sökt": set(), "Ändrad": set()} == {
        "Tjänst": {"Handla"},
        "För vad": {"att hjälpa"},
        "Läge": {"Inte godkänd"},
        "Sökt": set(),
        "Ändrad": set(),
    }
    assert read["decision"]["Gäller"] == {"Handla"}
    assert read["decision"]["Vad som gjordes"] == {"Inte godkänd"}


def test_a_narrowed_role_and_a_mark_are_said_by_name(town: Town) -> None:
    person_id = town.register("Greta", "greta@example.org")
    admin = town.as_(town.register("Ulla"), Role.ADMINISTRATOR, Role.PROTECTED_IDENTITY_OFFICER)
    service = Service.objects.of(town.id).get(kind="shopping")
    people.give_role(by=admin, person_id=person_id, role="caseworker", services=[service.id])
    people.mark_protected(by=admin, person_id=person_id, kind="secrecy_mark", reason="Visat beslut")
    read = cells(town.as_(person_id, Role.RESIDENT), person_id)
    assert read["role"]["Bara för de här tjänsterna"] == {"Handla"}
    assert read["person"]["Markeringen sattes av"] == {"Helsingborg"}
    assert read["person"]["Skyddade personuppgifter"] == {"sekretessmarkering"}


def test_the_page_stops_where_the_file_does_not(town: Town, resident: UUID, monkeypatch: Any) -> None:
    """The latest of a kind are shown, with how many there are; the file holds every row and every look."""
    monkeypatch.setattr(holdings, "MOST_ROWS", 3)
    by = town.as_(resident, Role.RESIDENT)
    keeper = town.as_(town.register("Keeper"), Role.ADMINISTRATOR)
    for _time in range(holdings.MOST_LOOKS + 1):
        history.looked(by=keeper, about=resident, page="person")
    held = {holding.record.type: holding for holding in holdings.holdings(by, resident)}
    assert (len(held["notice"].rows), held["notice"].total) == (3, 4)
    assert (len(held["role"].rows), held["role"].total) == (1, 1)
    newest = max(Notice.objects.of(town.id).values_list("created_at", flat=True))
    assert value_words(BY_TYPE["notice"], "created_at", newest) in {
        cell.value for cell in held["notice"].rows[0]
    }
    client = Client()
    client.force_login(login.make_user(by=system(town.id, Via.COMMAND), person_id=resident, email="g@e.se"))
    page = html.unescape(client.get(f"/{town.slug}/mina-uppgifter/").content.decode())
    assert "Här visas de 3 senaste av 4. I filen finns alla." in page
    assert "Här visas de 200 senaste av 201. I filen finns alla." in page
    exported = client.get(f"/{town.slug}/mina-uppgifter/fil/").json()
    assert len(exported["records"]["notice"]) == 4
    assert len(exported["who_has_looked"]) == 201


def cells(by: Actor, person_id: UUID) -> dict[str, dict[str, set[str]]]:
    """What somebody reads: by record and column, the values."""
    read: dict[str, dict[str, set[str]]] = {}
    for holding in holdings.holdings(by, person_id):
        columns = read.setdefault(holding.record.type, {})
        for cell in (cell for row in holding.rows for cell in row):
            columns.setdefault(cell.words, set()).add(cell.value)
    return read


def _texts_of_actions() -> set[str]:
    """Every text with a dot in it, as deeds have, in the actions of every room."""
    return {
        node.value
        for tree in _actions()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", node.value)
    }


def _notes_of_helpers() -> set[str]:
    """What the room helpers notes about a profile: the third word of each `_note(by, profile, "…")`."""
    return {
        str(node.args[2].value)
        for tree in _actions("helpers")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "_note"
        and isinstance(node.args[2], ast.Constant)
    }


def _actions(room: str = "*") -> list[ast.Module]:
    house = settings.BASE_DIR / "handtag"
    files = [*house.glob(f"{room}/actions.py"), *house.glob(f"{room}/actions/**/*.py")]
    return [ast.parse(file.read_text()) for file in files]
