"""Who may speak as the provider: by the secret path, and from the addresses that it publishes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.models import Call, Incoming, Line, Notice
from handtag.notices.rules.sources import OF_46ELKS, is_among, moment, sources
from tests.notices.conftest import Make
from tests.notices.elks import Elks

pytestmark = pytest.mark.django_db
THEIRS = "https://u:p@api.46elks.com/a1/sms"


@pytest.mark.parametrize(
    ("wanted", "url", "found"),
    [
        ([], THEIRS, OF_46ELKS),
        ([], "http://u:p@127.0.0.1:9/a1/sms", None),
        (["any"], THEIRS, None),
        (["10.0.0.0/8"], THEIRS, ("10.0.0.0/8",)),
        ([], "https://u:p@not46elks.com/a1/sms", None),
    ],
)
def test_which_addresses(wanted: list[str], url: str, found: Any) -> None:
    assert sources(wanted, url) == found


@pytest.mark.parametrize(
    ("address", "is_theirs"),
    [
        ("176.10.154.199", True),
        ("::ffff:176.10.154.199", True),
        ("2001:9b0:2:902::199", True),
        ("176.10.154.198", False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_an_address_of_theirs(address: str, is_theirs: bool) -> None:
    assert is_among(address, OF_46ELKS) == is_theirs


def test_a_network() -> None:
    assert is_among("10.1.2.3", ("10.0.0.0/8",))
    assert not is_among("11.1.2.3", ("10.0.0.0/8",))


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("2018-07-13T13:57:23.741000", datetime(2018, 7, 13, 13, 57, 23, 741000, tzinfo=UTC)),
        ("2018-07-13T15:57:23+02:00", datetime(2018, 7, 13, 13, 57, 23, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
    ],
)
def test_when_they_say_it_was(words: str, when: datetime | None) -> None:
    assert moment(words) == when


@pytest.fixture
def opened(elks: Elks, town: Municipality, make: Make) -> actions.Opened:
    make()
    keeper = Actor(None, town.id, (Hat(Role.ADMINISTRATOR),))
    return actions.open_line(by=keeper, number="+46766861004")


def post(client: Client, address: str, **more: Any) -> int:
    form = {"id": "s1", "callid": "c1", "from": "+46701740605", "message": "ja", "state": "success"}
    return client.post("/" + address.split("://", 1)[1].split("/", 1)[1], form, **more).status_code


def stored() -> int:
    return sum(table.objects.everywhere().count() for table in (Incoming, Notice, Call))


def test_from_another_place_nothing_is_taken(
    opened: actions.Opened, town: Municipality, client: Client, settings: Any
) -> None:
    settings.SMS_SOURCES = ["176.10.154.199"]
    assert [post(client, each) for each in opened] == [403, 403]
    assert (stored(), Line.objects.of(town.id).get().refused) == (0, 2)


def test_behind_a_proxy_that_we_trust_the_real_address_counts(
    opened: actions.Opened, client: Client, settings: Any
) -> None:
    settings.SMS_SOURCES, settings.TRUSTED_PROXIES = ["176.10.154.199"], ["127.0.0.1"]
    right, forged = "6.6.6.6, 176.10.154.199", "176.10.154.199, 6.6.6.6"
    assert post(client, opened.texts, headers={"X-Forwarded-For": right}) == 204
    assert post(client, opened.texts, headers={"X-Forwarded-For": forged}) == 403


def test_who_claims_to_be_forwarded_is_not_believed(
    opened: actions.Opened, client: Client, settings: Any
) -> None:
    settings.SMS_SOURCES = ["176.10.154.199"]
    assert post(client, opened.texts, headers={"X-Forwarded-For": "176.10.154.199"}) == 403


def test_a_wrong_secret_is_not_found_and_counted(
    opened: actions.Opened, town: Municipality, client: Client
) -> None:
    for address in (opened.texts, opened.calls):
        assert post(client, address[:-5] + "xxxx/") == 404
    assert (stored(), Line.objects.of(town.id).get().refused) == (0, 2)
