"""On pages that run from right to left, what runs the other way keeps its order: numbers to ring first."""

import re

import pytest
from django.test import Client

from handtag.people.models import Person
from tests.house.ground import listed
from tests.house.sample import AT_HOME, Sample
from tests.journeys.walk import pages

# A phone number as people write it, with its groups, in the text of a page.
NUMBER = re.compile(r"(?<![\w/.=-])(?:\+46|0)\d[\d -]{5,}\d(?![\w/-])")
KEPT = re.compile(r'<bdi(?: dir="ltr")?>[^<]*</bdi>|\u2066[^\u2069<]*\u2069')
NOT_READ = re.compile(r"<(script|style|svg|title|option)\b.*?</\1>|<[^>]*>", re.S)


def not_isolated(page: str) -> list[str]:
    """Phone numbers that the page's direction would turn about."""
    return NUMBER.findall(NOT_READ.sub(" ", KEPT.sub(" ", page)))


@pytest.mark.on_sqlite
@pytest.mark.parametrize("key", ["", "asker", "helper", "second_asker", "protected"])
def test_phone_numbers_stand_alone_on_arabic_pages(sample: Sample, key: str) -> None:
    browser = Client() if not key else sample.who(key)
    browser.cookies["sprak"] = "ar"
    if key:
        Person.objects.filter(pk=sample.cast[key]["person_id"]).update(language="ar")
    found, seen, numbers = [], 0, 0
    for page in pages(browser, f"/{AT_HOME}/"):
        seen += 1
        assert 'lang="ar" dir="rtl"' in page.text, page.path
        numbers += len(KEPT.findall(page.text))
        found += [f"{page.path}: {number}" for number in not_isolated(page.text)]
    assert seen > 5
    assert numbers > seen // 2, "hardly a number was seen: are they printed otherwise?"
    assert found == [], listed(found)


def test_a_number_left_bare_is_found() -> None:
    assert not_isolated('<p>اتصل <a href="tel:+4642105000">042-10 50 00</a></p>') == ["042-10 50 00"]
    assert not_isolated('<p><bdi dir="ltr">042-10 50 00</bdi></p>') == []
