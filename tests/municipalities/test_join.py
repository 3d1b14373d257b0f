"""Municipalities run one programme together: they watch, and may join."""

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.municipalities import actions, queries
from handtag.municipalities.models import Partnership
from tests.municipalities import ground
from tests.municipalities.ground import Town

CODES = ["1283", "1260", "1284"]


@pytest.fixture
def partnership(town: Town) -> Partnership:
    return actions.found_partnership(by=town.product, name="Familjen", slug="familjen", codes=CODES)


def test_all_watch_at_first(partnership: Partnership) -> None:
    (view,) = queries.partnerships()
    assert view.joined == ()
    assert [partner.name for partner in view.watching] == ["Bjuv", "Helsingborg", "Höganäs"]
    assert [partner.is_live for partner in view.watching] == [False, True, False]


def test_one_joins(partnership: Partnership, coordinator: Actor) -> None:
    actions.join(by=coordinator, partnership=partnership)
    (view,) = queries.partnerships(code="1283")
    assert [partner.name for partner in view.joined] == ["Helsingborg"]
    assert [partner.name for partner in view.watching] == ["Bjuv", "Höganäs"]


def test_who_lives_here_and_has_not_joined_only_watches(partnership: Partnership, coordinator: Actor) -> None:
    actions.add(by=system(None), code="1260")
    actions.join(by=coordinator, partnership=partnership)
    page = Client().get("/").content.decode()
    with translation.override("sv"):
        joined = gettext("Have joined: %(joined)s.") % {"joined": "Helsingborg"}
        watching = gettext("Follow it and may join later: %(watching)s.") % {"watching": "Bjuv och Höganäs"}
    assert joined in page
    assert watching in page


def test_one_that_comes_later_finds_its_seat(partnership: Partnership) -> None:
    later = Town(actions.add(by=system(None), code="1260"))
    actions.join(by=later.product, partnership=partnership)
    assert [partner.name for partner in queries.partnerships()[0].joined] == ["Bjuv"]


def test_a_resident_cannot_join_for_the_town(partnership: Partnership, resident: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.join(by=resident, partnership=partnership)


def test_who_is_not_in_it_cannot_join(partnership: Partnership) -> None:
    outside = ground.town("1276")
    with pytest.raises(NotFound):
        actions.join(by=outside.product, partnership=partnership)
    assert queries.partnerships(code="1276") == []


def test_twice_keeps_the_first_day(partnership: Partnership, coordinator: Actor) -> None:
    first = actions.join(by=coordinator, partnership=partnership).joined_at
    assert actions.join(by=coordinator, partnership=partnership).joined_at == first
