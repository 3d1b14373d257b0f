"""Our own texts fit in two parts of a text message, in every language and at their longest."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import translation

from handtag.cases import messages as cases
from handtag.errands.messages import texting as errands
from handtag.errands.queries.bridging import Facts
from handtag.kernel import clock, spoken
from handtag.kernel.actor import system
from handtag.municipalities.actions import add
from handtag.notices import messages as notices
from handtag.notices.rules.heard import Word
from handtag.notices.rules.short import MOST_PARTS, parts, plain
from tests.errands.stage import Stage
from tests.errands.test_by_text import built

pytestmark = pytest.mark.django_db
WINTER = clock.at(date(2026, 12, 30), time(13, 45))


def ours(town_id: object) -> Iterator[tuple[str, Callable[[], str]]]:
    """Every answer of ours, with its name."""
    when = spoken.window(WINTER + timedelta(days=9), WINTER + timedelta(days=9, hours=2), now=WINTER)
    when = when[:1].upper() + when[1:]
    for is_helper in (True, False):
        where = "Drottninggatan 117 A, Ödåkra, Portkod 2580, tredje våningen till vänster"
        found = Facts(is_helper, "Alexandra", when, where if is_helper else "", "4821")
        yield f"agreed {is_helper}", lambda found=found: errands._agreed(found)
        yield f"facts {is_helper}", lambda found=found: errands.facts(found)
    for name in ("declined", "nothing_open", "arrived", "done", "nothing_going_on", "nothing_to_call_off"):
        yield name, getattr(errands, name)
    for name in ("called_off", "passed_on"):
        yield name, getattr(errands, name)
    yield "rated", lambda: errands.rated("bad")
    yield "which", lambda: errands.which([12, 13, 14])
    yield "nothing_coming", lambda: errands.nothing_coming(town_id)  # type: ignore[arg-type]
    for name in ("not_possible", "came_late", "what_can_be_texted", "not_put_through"):
        yield name, getattr(notices, name)
    yield "unknown", lambda: notices.unknown_number(town_id)  # type: ignore[arg-type]
    for word in Word:
        yield f"case {word}", lambda word=word: cases.answer_to_text(word)
    yield "again", cases.texts_again
    pause = "You are on a pause now, and we ask you nothing. What you have agreed on still stands. "
    pause += "Write START when you want to help again, or STOPP once more to get no texts."
    yield "pause", lambda: translation.gettext(pause)
    back = "Welcome back! We ask you again when somebody near you needs a hand."
    yield "back", lambda: translation.gettext(back)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_text_of_ours_fits(language: str) -> None:
    town = add(by=system(None), code="1283")
    town.phone = "+4642105000"
    town.save()
    long = {}
    with clock.travelling(WINTER), translation.override(language):
        for name, say in ours(town.id):
            words = plain(say())
            if parts(words) > MOST_PARTS:
                long[name] = (parts(words), len(words), words)
    assert long == {}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_an_agreement_with_a_link_fits(language: str, settings: object) -> None:
    stage: Stage = built()
    with translation.override(language):
        words = errands.agreed(stage.actor("karin"), uuid4())
    assert parts(words) <= MOST_PARTS
    assert words.endswith("/")
