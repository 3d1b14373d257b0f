"""What a helper agrees to: in the language they read, and beneath it in the Swedish that holds."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.utils import translation

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, Errand
from handtag.kernel import clock
from handtag.kernel.actor import Via, system
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.people.models import Person
from handtag.permits.queries import service
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.notices.elks import Elks, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def elks(settings: Any) -> Iterator[Elks]:
    with running() as server, clock.travelling(clock.at(date(2026, 11, 26), time(12))):
        settings.SMS_URL = server.url
        yield server


@pytest.fixture
def stage(elks: Elks) -> Stage:
    found = stages.build()
    found.helper("leila")
    Person.objects.filter(pk=found.people["leila"].pk).update(language="ar")
    return found


def both(stage: Stage) -> tuple[str, str]:
    """The text of responsibility in Arabic and in Swedish."""
    row = service(stage.town.id, stage.service.id)
    with translation.override("ar"):
        return row.words.responsibility, row.binding_words


def as_the_service_says(stage: Stage) -> Ask:
    ask = stage.ask()
    Ask.objects.of(stage.town.id).filter(pk=ask.pk).update(responsibility=both(stage)[1])
    return ask


def test_until_a_speaker_has_read_it_the_swedish_stands_beneath(stage: Stage) -> None:
    ask = as_the_service_says(stage)
    arabic, swedish = both(stage)
    page = stage.browser("leila").get(f"/{stage.town.slug}/hjalpa-till/{ask.id}/").text
    assert page.index(arabic[:60]) < page.index(swedish[:60])
    assert f'<p class="muted" lang="sv" dir="ltr">{swedish[:60]}' in page
    assert "<details><summary>" not in page


def test_then_it_is_folded_beneath(stage: Stage, settings: Any) -> None:
    settings.LANGUAGES_REVIEWED = {"ar": date(2026, 12, 1)}
    ask = as_the_service_says(stage)
    page = stage.browser("leila").get(f"/{stage.town.slug}/hjalpa-till/{ask.id}/").text
    assert "<details><summary>" in page
    assert both(stage)[1][:60] in page


def test_by_text_both_are_sent_and_a_yes_after_them_counts(stage: Stage, elks: Elks) -> None:
    stage.person("karin", role=Role.COORDINATOR)
    leila = stage.people["leila"]
    Person.objects.filter(pk=leila.pk).update(email="", phone="+46701740601")
    notices.open_line(by=system(stage.town.id), number="+46766861004")
    ask = as_the_service_says(stage)
    Ask.objects.of(stage.town.id).filter(pk=ask.pk).update(agreement="coordinator")
    meeting.invite(by=stage.actor("karin"), occasion_id=stage.occasion(ask).id, person_id=leila.id)
    for number, word in enumerate(("نعم", "نعم")):
        notices.send_due()
        by = system(stage.town.id, Via.SMS)
        notices.receive(by=by, provider_id=f"in-{number}", sender="+46701740601", text=word)
    notices.send_due()
    arabic, swedish = (" ".join(text.split()) for text in both(stage))
    assert any(arabic in text and swedish in text for text in elks.words)
    assert Errand.objects.of(stage.town.id).filter(helper=leila).exists()
