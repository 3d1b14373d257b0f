"""The letters about a meeting: each leads to a page that exists, and says neither who nor what."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import translation

from handtag.errands.messages import meeting as messages
from handtag.kernel import ids
from handtag.notices.models import Notice
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db

TO_THE_ASK = {"asked", "invited", "offered", "helper_cancelled"}


@pytest.mark.parametrize("news", sorted(messages._LETTERS))
def test_a_letter_leads_to_the_page_it_is_about(news):
    stage = stages.build()
    person, about, ask = stage.person("leila"), ids.new(), ids.new()
    messages.tell(stage.town.id, person.id, news, about, ask_id=ask if news in TO_THE_ASK else None)
    letter = Notice.objects.of(stage.town.id).get(person_id=person.id)
    page = resolve(urlsplit(letter.link).path)
    row = next((value for name, value in page.kwargs.items() if name != "town"), None)
    assert page.kwargs["town"] == stage.town.slug
    assert row == (ask if news in TO_THE_ASK else None if news == "not_chosen" else about)
    assert letter.about_id == about
    assert "Leila" not in letter.subject + letter.body


def test_a_letter_is_in_the_language_of_who_gets_it():
    stage = stages.build()
    said = {}
    for name, language in (("leila", "sv"), ("sam", "en")):
        person = stage.person(name, language=language)
        with translation.override("sv"):
            messages.tell(stage.town.id, person.id, "thanked", ids.new())
        said[language] = Notice.objects.of(stage.town.id).get(person_id=person.id).subject
    assert said["en"] == "A thank-you is waiting for you"
    assert said["sv"] != said["en"]
