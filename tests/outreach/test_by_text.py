"""What a wave asks by text is answered by text: JA, NEJ and VEM, with its number, like an invitation."""

from datetime import timedelta

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Errand, Offer, Told
from handtag.notices import actions as notices
from handtag.notices.models import Notice
from handtag.outreach.actions import waves
from tests.errands.stage import Stage
from tests.errands.test_by_text import NOON, elks, stage, text
from tests.notices.elks import Elks

__all__ = ["elks", "stage"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(stage: Stage) -> Told:
    """Leila has been told of the only ask there is."""
    stage.profile("olle").delete()
    ask = stage.ask(start=NOON + timedelta(days=2))
    waves.advance_due()
    notices.send_due()
    return Told.objects.of(stage.town.id).get(ask=ask)


def test_the_question_has_a_number_and_names_nobody(told: Told, elks: Elks) -> None:
    assert "JA 1" in elks.words[-1]
    assert "NEJ 1" in elks.words[-1]
    assert not [word for word in ("Exempel", "Asker", "kasse", "Ödåkra") if word in elks.words[-1]]


def test_ja_after_what_applies_is_a_yes(stage: Stage, told: Told, elks: Elks) -> None:
    text(stage, "leila", "ja")
    assert "Ni hjälper varandra som grannar." in elks.words[-1]
    assert not Errand.objects.of(stage.town.id).exists()
    text(stage, "leila", "ja")
    errand = Errand.objects.of(stage.town.id).get()
    assert errand.helper_id == stage.people["leila"].id
    told.refresh_from_db()
    assert told.yes_at == NOON


def test_where_the_asker_chooses_it_is_an_offer(stage: Stage, elks: Elks) -> None:
    stage.profile("olle").delete()
    ask = stage.ask(agreement="asker", start=NOON + timedelta(days=2))
    waves.advance_due()
    notices.send_due()
    for _twice in range(2):
        text(stage, "leila", "ja 1")
    assert Offer.objects.of(stage.town.id).get(occasion__ask=ask).state == "made"
    assert not Errand.objects.of(stage.town.id).exists()


def test_nej_is_a_no_and_the_next_is_asked(stage: Stage, told: Told, elks: Elks) -> None:
    text(stage, "leila", "nej")
    told.refresh_from_db()
    assert told.declined_at == NOON
    text(stage, "leila", "ja 1")
    assert not Errand.objects.of(stage.town.id).exists()


def test_vem_says_what_it_is_about_and_no_name(stage: Stage, told: Told, elks: Elks) -> None:
    text(stage, "leila", "vem 1")
    assert "Exempel" not in elks.words[-1]
    assert "km" in elks.words[-1]


def test_too_late_is_said(stage: Stage, told: Told, elks: Elks) -> None:
    stage.helper("anna")
    meeting.make_offer(by=stage.actor("anna"), occasion_id=stage.occasion(told.ask).id)
    text(stage, "leila", "ja 1")
    assert Errand.objects.of(stage.town.id).count() == 1


def test_told_and_then_invited_there_is_one_question(stage: Stage, told: Told, elks: Elks) -> None:
    by, who = stage.actor("karin"), stage.people["leila"].id
    meeting.invite(by=by, occasion_id=stage.occasion(told.ask).id, person_id=who)
    notices.send_due()
    for _twice in range(2):
        text(stage, "leila", "ja")
    assert Errand.objects.of(stage.town.id).get().helper_id == who


def test_what_was_told_by_letter_alone_is_not_meant_by_a_bare_ja(stage: Stage, elks: Elks) -> None:
    stage.ask(start=NOON + timedelta(days=2))
    waves.advance_due()
    Notice.objects.of(stage.town.id).update(channel="letter", number=None)
    text(stage, "leila", "ja")
    assert not Errand.objects.of(stage.town.id).exists()
