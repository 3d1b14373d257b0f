"""Our own texts fit in two parts of a text message, in every language and at their longest."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import translation

from handtag.cases import messages as cases
from handtag.errands.messages import texting as errands
from handtag.errands.queries.asked import About
from handtag.errands.queries.bridging import Facts
from handtag.kernel import clock, spoken
from handtag.notices import messages as notices
from handtag.notices.rules.heard import Word
from handtag.notices.rules.short import MOST_PARTS, parts, plain
from tests.errands.stage import Stage
from tests.errands.test_by_text import built
from tests.ground import a_town

pytestmark = pytest.mark.django_db
WINTER = clock.at(date(2026, 12, 30), time(13, 45))

LINK = "https://handtag.helsingborg.se/helsingborg/hjalpa-till/0190a4d2-2f7c-7c21-9f43-1c6a52d1f0aa/"
PLAIN = {
    errands: "declined nothing_open arrived done nothing_going_on nothing_to_call_off called_off passed_on",
    notices: "not_possible came_late what_can_be_texted not_put_through",
}


def ours(town_id: UUID) -> dict[str, str]:
    """Every answer of ours, by its name."""
    when = spoken.window(WINTER + timedelta(days=9), WINTER + timedelta(days=9, hours=2), now=WINTER)
    when = when[:1].upper() + when[1:]
    where = "Drottninggatan 117 A, Ödåkra, Portkod 2580, tredje våningen till vänster"
    helper, asker = Facts(True, "Alexandra", when, where, "4821"), Facts(False, "Alexandra", when, "", "4821")
    pause = "You are on a pause now, and we ask you nothing. What you have agreed on still stands. "
    pause += "Write START when you want to help again, or STOPP once more to get no texts."
    back = "Welcome back! We ask you again when somebody near you needs a hand."
    found = {
        "helper agreed": errands._agreed(helper),
        "asker agreed": errands._agreed(asker),
        "helper facts": errands.facts(helper),
        "asker facts": errands.facts(asker),
        "about": errands.about(About("Följe till vården", "Drottninghög. Under 1 km", when)),
        "rated": errands.rated("bad"),
        "which": errands.which([12, 13, 14]),
        "nothing coming": errands.nothing_coming(town_id),
        "unknown": notices.unknown_number(town_id),
        "question": notices.texted(notices.Letter("Would you like to help with this?", "", LINK), 12),
        "pause": translation.gettext(pause),
        "back": translation.gettext(back),
        "again": cases.texts_again(),
    }
    found |= {f"case {word}": cases.answer_to_text(word) for word in Word}
    for room, names in PLAIN.items():
        found |= {name: getattr(room, name)() for name in names.split()}
    return found


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_text_of_ours_fits(language: str) -> None:
    town = a_town("1283")
    town.phone = "+4642105000"
    town.save()
    long = {}
    with clock.travelling(WINTER), translation.override(language):
        for name, said in ours(town.id).items():
            words = plain(said)
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
