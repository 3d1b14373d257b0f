"""A municipality is set up: reached, looked at, read."""

import struct
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage

from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.municipalities import actions, queries
from handtag.municipalities.actions import SetUp, Statement
from handtag.municipalities.models import Municipality
from handtag.papers import palette
from tests.municipalities.ground import Town

WORDS = SetUp(
    phone="042-10 50 00",
    hours="måndag till fredag kl. 8–17",
    email="kontakt@example.se",
    accent="#7A1F2B",
    font="atkinson",
    languages=("sv", "en"),
    welcome="Här hjälper vi varandra.",
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">II", 240, 80)
    + b"\x08\x06\x00\x00\x00" * 9
    + b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
WEBP = b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + bytes(8) + b"\xef\x00\x00" + b"\x4f\x00\x00" + bytes(8)
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10" + bytes(14) + b"\xff\xc0\x00\x11\x08\x00\x50\x00\xf0" + bytes(9) + b"\xff\xd9"
)


def test_everything_on_the_page_is_kept(town: Town, coordinator: Actor) -> None:
    actions.set_up(by=coordinator, words=WORDS)
    kept = town.fresh()
    assert (kept.phone, kept.hours, kept.accent) == ("042-10 50 00", WORDS.hours, "#7a1f2b")
    assert (kept.languages, kept.welcome, kept.email) == (["sv", "en"], WORDS.welcome, WORDS.email)
    assert Entry.objects.get(verb="municipality.set_up").municipality_id == town.id


def test_a_phone_number_is_shown_in_one_way(town: Town, coordinator: Actor) -> None:
    actions.set_up(by=coordinator, words=replace(WORDS, phone="+46 42 105000"))
    assert town.fresh().phone == "042-10 50 00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": "ring mig"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"accent": "red"}, "accent"),
        ({"accent": "#ffd75e"}, "accent"),
        ({"font": "comic"}, "font"),
        ({"languages": ("en",)}, "languages"),
        ({"languages": ("sv", "tlh")}, "languages"),
    ],
)
def test_what_cannot_be_is_refused(town: Town, coordinator: Actor, wrong: dict[str, Any], field: str) -> None:
    before = town.fresh().__dict__ | {"_state": None}
    with pytest.raises(Problem) as refusal:
        actions.set_up(by=coordinator, words=replace(WORDS, **wrong))
    assert refusal.value.field == field
    assert town.fresh().__dict__ | {"_state": None} == before


def test_a_pale_colour_is_answered_with_one_that_will_do(coordinator: Actor) -> None:
    with pytest.raises(queries.PaleColour) as refusal:
        actions.set_up(by=coordinator, words=replace(WORDS, accent="#ffd75e"))
    nearest = refusal.value.nearest
    assert nearest in str(refusal.value)
    palette.derive(nearest)


def test_a_resident_may_not(resident: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.set_up(by=resident, words=WORDS)


def test_the_neighbour_keeps_its_own(town: Town, neighbour: Town, bjuv_coordinator: Actor) -> None:
    actions.set_up(by=bjuv_coordinator, words=WORDS)
    assert town.fresh().accent == palette.DEFAULT
    assert neighbour.fresh().accent == "#7a1f2b"


@pytest.mark.parametrize(
    ("data", "kind"), [(PNG, "png"), (WEBP, "webp"), (JPEG, "jpg")], ids=["png", "webp", "jpg"]
)
def test_a_logo_is_known_by_its_content(town: Town, coordinator: Actor, data: bytes, kind: str) -> None:
    made = actions.set_logo(by=coordinator, data=data)
    name = str(made.logo.name)
    assert name.endswith(f".{kind}")
    with default_storage.open(name) as file:
        assert file.read() == data
    assert made.logo_href.startswith("/helsingborg/logotyp/?v=")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"",
        b"GIF89a" + bytes(40),
        PNG[:-12],
        PNG + bytes(500_001),
        PNG.replace(struct.pack(">II", 240, 80), struct.pack(">II", 9000, 80)),
        PNG.replace(struct.pack(">II", 240, 80), struct.pack(">II", 240, 8)),
        JPEG[:8],
        WEBP[:20],
    ],
)
def test_what_is_no_logo_is_refused(town: Town, coordinator: Actor, data: bytes) -> None:
    with pytest.raises(Problem) as refusal:
        actions.set_logo(by=coordinator, data=data)
    assert refusal.value.field == "logo"
    assert not town.fresh().logo


def test_a_new_logo_takes_the_old_file_away(
    town: Town, coordinator: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    first = str(actions.set_logo(by=coordinator, data=PNG).logo.name)
    with django_capture_on_commit_callbacks(execute=True):
        second = str(actions.set_logo(by=coordinator, data=PNG).logo.name)
    assert not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_logo(by=coordinator)
    assert not default_storage.exists(second)
    assert town.fresh().logo_href == ""


def test_a_resident_may_not_touch_the_logo(resident: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.set_logo(by=resident, data=PNG)
    with pytest.raises(NotAllowed):
        actions.remove_logo(by=resident)


STATEMENT = Statement(
    actor="Helsingborgs kommun",
    service="Handtag",
    conformity="partial",
    faults="Kartan läses inte upp.\n\nEn bild saknar text.\n",
    reasons="Mendas i vår.",
    assessed_on=date(2026, 10, 1),
    method="external",
    contact="",
)


def test_until_a_statement_is_published_it_says_so(town: Town) -> None:
    shown = queries.statement(town.municipality)
    assert (shown.actor, shown.conformity, shown.faults) == ("Helsingborgs kommun", "not_assessed", ())


def test_the_statement_is_published_with_its_day(town: Town, coordinator: Actor) -> None:
    shown = queries.statement(actions.set_statement(by=coordinator, statement=STATEMENT))
    assert shown.faults == ("Kartan läses inte upp.", "En bild saknar text.")
    assert (shown.assessed_on, shown.method) == (date(2026, 10, 1), "external")
    assert shown.published_on is not None


def test_words_on_personal_data(town: Town, coordinator: Actor) -> None:
    made = actions.set_privacy_notice(by=coordinator, text="Första.\r\n\r\nAndra.\nRad två. ")
    assert queries.paragraphs(made.privacy_notice) == ["Första.", "Andra.\nRad två."]
    assert queries.paragraphs(actions.set_privacy_notice(by=coordinator, text=" ").privacy_notice) == []


def test_a_resident_may_publish_nothing(resident: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.set_statement(by=resident, statement=STATEMENT)
    with pytest.raises(NotAllowed):
        actions.set_privacy_notice(by=resident, text="x")


def test_the_committees_decision_is_recorded_and_taken_back(town: Town, coordinator: Actor) -> None:
    committee = queries.committees(town.id)[0]
    day = date(2026, 1, 7)
    made = actions.set_committee_decision(
        by=coordinator, committee_id=committee.id, on=day, reference=" § 41 "
    )
    assert (made.automatic_from, made.automatic_reference) == (day, "§ 41")
    gone = actions.set_committee_decision(by=coordinator, committee_id=committee.id, on=None, reference="")
    assert (gone.automatic_from, gone.automatic_reference) == (None, "")
    verbs = Entry.objects.filter(object_id=committee.id).order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs) == ["committee.allowed_automatic", "committee.stopped_automatic"]


@pytest.mark.parametrize(
    ("day", "reference", "field"), [(date(2999, 1, 1), "§ 1", "on"), (date(2026, 1, 7), " ", "reference")]
)
def test_half_a_decision_is_none(
    town: Town, coordinator: Actor, day: date, reference: str, field: str
) -> None:
    committee = queries.committees(town.id)[0]
    with pytest.raises(Problem) as refusal:
        actions.set_committee_decision(by=coordinator, committee_id=committee.id, on=day, reference=reference)
    assert refusal.value.field == field


def test_the_neighbours_committee_is_not_found(town: Town, bjuv_coordinator: Actor) -> None:
    committee = queries.committees(town.id)[0]
    with pytest.raises(NotFound):
        actions.set_committee_decision(
            by=bjuv_coordinator, committee_id=committee.id, on=date(2026, 1, 7), reference="§ 1"
        )
    with pytest.raises(NotFound):
        actions.name_committee(by=bjuv_coordinator, name="Vår nämnd", committee_id=committee.id)


def test_committees_are_named_and_added(town: Town, coordinator: Actor, resident: Actor) -> None:
    committee = queries.committees(town.id)[1]
    actions.name_committee(by=coordinator, name="Vård- och  omsorgsnämnden", committee_id=committee.id)
    actions.name_committee(by=coordinator, name="Fritidsnämnden")
    names = [one.name for one in queries.committees(town.id)]
    assert names == ["Fritidsnämnden", "Kommunstyrelsen", "Vård- och omsorgsnämnden"]
    for taken in ("Kommunstyrelsen", " "):
        with pytest.raises(Problem):
            actions.name_committee(by=coordinator, name=taken)
    with pytest.raises(NotAllowed):
        actions.name_committee(by=resident, name="X")


def test_the_list_of_what_is_left_shrinks(town: Town, coordinator: Actor) -> None:
    def left() -> set[str]:
        return {step.key for step in queries.checklist(coordinator) if not step.is_done}

    before = left()
    assert {"contact", "look", "committee", "statement", "coordinators", "caseworker"} <= before
    assert "areas" not in before
    actions.set_up(by=coordinator, words=WORDS)
    actions.set_statement(by=coordinator, statement=STATEMENT)
    assert before - left() == {"contact", "look", "statement"}


def test_feedback_goes_to_the_room_that_keeps_cases(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from handtag.kernel.actor import NOBODY
    from handtag.municipalities.actions import feedback

    told: list[Any] = []
    monkeypatch.setattr(feedback, "AFTER_FEEDBACK", [lambda by, said: told.append((by.tenant, said))])
    said = actions.Feedback("Jag ser inte knappen.", "nn@example.se")
    actions.send_feedback(by=NOBODY, municipality_id=town.id, feedback=said)
    assert told == [(town.id, said)]
    with pytest.raises(Problem):
        actions.send_feedback(by=NOBODY, municipality_id=town.id, feedback=actions.Feedback("  "))
    assert Municipality.objects.count() == 1
