"""Every text we send stands on the page of texts, in each language, and says nothing on a locked screen."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.utils import translation

from handtag.errands.models import Ask, AskPlace
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.actions import EVERY_TEXT
from handtag.notices.messages import Letter, pushed, texted
from handtag.notices.models import Notice
from handtag.notices.rules import digest
from handtag.people.models import Person
from tests.errands import stage as stages
from tests.house.ground import HANDTAG, shown
from tests.house.sample import Sample

KIND = re.compile(r"[a-z]+(\.[a-z_]+)+")
TELLING = {"tell", "enqueue", "_tell", "_write", "_send", "_Text"}
TELLS = re.compile(r"\b(tell|enqueue)\(")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def coordinator(town: Municipality) -> Actor:
    return Actor(None, town.id, (Hat(Role.COORDINATOR),))


def known() -> set[str]:
    """The kinds that stand on the page."""
    return {sample.kind for samples in EVERY_TEXT for sample in samples(UUID(int=1), "https://x.example/")}


def written_in(file: Path) -> Iterator[str]:
    """The kinds that a file names: by `kind=`, as a constant, or in a row of its table of letters."""
    for node in ast.walk(ast.parse(file.read_text())):
        for value in _values(node):
            if isinstance(value, ast.Constant) and KIND.fullmatch(str(value.value)):
                yield str(value.value)
            if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
                yield f"{value.values[0].value!s}*"


def _values(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.keyword) and node.arg == "kind":
        return [node.value]
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLING:
        return node.args
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        return [*getattr(node.value, "elts", [node.value])]
    return []


def tellers() -> list[Path]:
    """Every file that puts something in the outbox."""
    return [
        file
        for file in sorted(HANDTAG.rglob("*.py"))
        if file.name == "messages.py"
        or file.parent.name == "messages"
        or (TELLS.search(words := file.read_text()) and "handtag.notices" in words)
    ]


@pytest.mark.django_db
def test_every_kind_of_notice_stands_on_the_page() -> None:
    there = known()
    missing = {
        f"{shown(file)}: {kind}"
        for file in tellers()
        for kind in written_in(file)
        if not (any(one.startswith(kind[:-1]) for one in there) if kind.endswith("*") else kind in there)
    }
    assert missing == set(), "give the room a sample of it: see docs/house.md"


@pytest.mark.django_db
def test_every_room_that_tells_has_its_samples() -> None:
    rooms = {file.relative_to(HANDTAG).parts[0] for file in tellers()}
    registered = {samples.__module__.split(".")[1] for samples in EVERY_TEXT}
    assert rooms <= registered


def test_what_may_wait_for_the_letter_of_the_day_exists(db: None) -> None:
    assert known() >= digest.MAY_WAIT | digest.MAY_WAIT_A_WHILE


@pytest.mark.on_sqlite
def test_the_sample_town_sent_nothing_else(sample: Sample) -> None:
    told = set(Notice.objects.everywhere().values_list("kind", flat=True))
    assert told <= known()
    assert len(told) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_written_in_each_language(language: str) -> None:
    stage = stages.build()
    texts = actions.previews(by=coordinator(stage.town), language=language)
    assert len(texts) > 60
    for each in texts:
        assert "%(" not in f"{each.subject}{each.mail}{each.text}", each.kind
        assert each.text, each.kind
        assert each.parts <= 4 if each.kind.startswith("sms.") else each.parts <= 2, each.kind


def test_the_page_is_for_who_sets_up(db: None) -> None:
    stage = stages.build()
    stage.person("maria", role=Role.COORDINATOR)
    stage.person("anna")
    path = f"/{stage.town.slug}/installningar/texter/"
    page = stage.browser("maria").get(path, {"sprak": "ar"})
    assert 'dir="rtl"' in page.content.decode()
    assert stage.browser("maria").get(path, {"sprak": "tlh"}).status_code == 404
    assert stage.browser("anna").get(path).status_code in (403, 404)


# --- a locked screen and a list of mails ------------------------------------------------------------------


def on_a_locked_screen(notice: Notice) -> str:
    """The subject, and what goes out by text and by push."""
    letter = Letter(notice.subject, notice.body, notice.link, notice.is_question)
    with translation.override(notice.language):
        said = json.loads(pushed(letter, "tag"))
        return " ".join((notice.subject, texted(letter, 7), said["title"], said["link"]))


def words_of_people() -> set[str]:
    """Names, places and needs of the sample, as far as they are words that give somebody away."""
    found: set[str] = set()
    columns = ("given_name", "family_name", "chosen_name", "email", "phone", "address")
    for row in Person.objects.values_list(*columns):
        found |= {word for word in row if word}
    found |= set(Ask.objects.everywhere().values_list("need", flat=True))
    found |= set(AskPlace.objects.values_list("words", flat=True))
    return {word for word in found if len(word) > 3}


@pytest.mark.on_sqlite
def test_no_subject_text_or_push_names_anybody_a_place_or_a_need(sample: Sample) -> None:
    secrets = words_of_people()
    assert len(secrets) > 100
    told = False
    for notice in Notice.objects.everywhere().exclude(kind__startswith="sms."):
        said = on_a_locked_screen(notice)
        words = set(re.findall(r"[\w@.-]+", said))
        named = [each for each in secrets if each in (said if " " in each else words)]
        assert named == [], notice.kind
        told = True
    assert told


@pytest.mark.django_db
def test_no_kind_at_all_says_more_than_that_there_is_news() -> None:
    """With a name, a place and a need in every row that a text could be made of."""
    stage = stages.build()
    stage.person("asker", chosen_name="Kanarina")
    stage.helper("leila")
    stage.errand(need="Kanariefrö från Kanaltorget")
    Person.objects.update(given_name="Kanarina", family_name="Fågelholm", address="Kanariegatan 7")
    secrets = ("Kanar", "Fågelholm", "Exempelv", "Kanal", "Portkod", "2580", "Ödåkra")
    for language in LANGUAGES:
        for each in actions.previews(by=coordinator(stage.town), language=language):
            if each.kind.startswith("sms."):
                continue
            said = f"{each.subject} {each.text} {each.screen}"
            assert not [secret for secret in secrets if secret in said], each.kind
    for notice in Notice.objects.everywhere().exclude(kind__startswith="sms."):
        assert not [secret for secret in secrets if secret in on_a_locked_screen(notice)], notice.kind
