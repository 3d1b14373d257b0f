"""What the provider reports of a text: late, twice, in any order, or forged."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from handtag.kernel import clock
from handtag.municipalities.models import Municipality
from handtag.notices import actions
from handtag.notices.models import Notice
from handtag.people.models import Person
from tests.notices.conftest import NOON, Make, again, as_, tell
from tests.notices.elks import Elks

pytestmark = pytest.mark.django_db


def sent(elks: Elks, person: Person, town: Municipality) -> Notice:
    notice = tell(person, town)
    actions.send_due()
    assert elks.taken[-1].report_to.endswith(f"/rapport/{notice.id}/")
    return notice


@pytest.mark.parametrize(
    ("statuses", "state", "arrived"),
    [
        (("sent", "delivered"), "sent", True),
        (("delivered", "sent"), "sent", True),
        (("delivered", "delivered"), "sent", True),
        (("delivered", "failed"), "sent", True),
        (("failed", "delivered"), "sent", True),
        (("failed", "failed"), "failed", False),
        (("nonsense", ""), "sent", False),
    ],
)
def test_reports_in_any_order(
    elks: Elks,
    make: Make,
    town: Municipality,
    client: Client,
    statuses: tuple[str, ...],
    state: str,
    arrived: bool,
) -> None:
    notice = sent(elks, make(), town)
    assert [elks.report(client, elks.taken[0], status) for status in statuses] == [204, 204]
    assert (again(notice).state, again(notice).delivered_at is not None) == (state, arrived)


def test_what_was_not_delivered_goes_another_way_once(
    elks: Elks, make: Make, town: Municipality, client: Client
) -> None:
    person = make(email="a@example.org")
    actions.choose_channels(by=as_(person, town), wish=actions.Wish(("sms", "email")))
    sent(elks, person, town)
    for _ in range(3):
        elks.report(client, elks.taken[0], "failed")
    with clock.travelling(NOON + timedelta(minutes=1)):
        actions.send_due()
    assert len(mail.outbox) == 1


def test_a_report_finds_a_worker_killed(elks: Elks, make: Make, town: Municipality, client: Client) -> None:
    notice = sent(elks, make(), town)
    Notice.objects.everywhere().filter(pk=notice.pk).update(
        state="claimed", claimed_until=NOON, provider_id="", sent_at=None
    )
    elks.report(client, elks.taken[0], "sent")
    with clock.travelling(NOON + timedelta(hours=1)):
        assert actions.send_due() == 0
    assert len(elks.taken) == 1


def test_a_forged_report_is_not_found(elks: Elks, make: Make, town: Municipality, client: Client) -> None:
    notice, other = sent(elks, make(), town), sent(elks, make(phone="+46701740606"), town)
    path = "/" + elks.taken[0].report_to.split("://", 1)[1].split("/", 1)[1]
    form = {"id": elks.taken[0].id, "status": "failed"}
    wrong = [
        path.replace("/sms/", "/sms/x"),
        path.replace(str(notice.id), str(other.id)),
        path.replace(town.slug, "nowhere"),
    ]
    assert [client.post(each, form).status_code for each in wrong] == [404, 404, 404]
    assert client.get(path).status_code == 405
    assert client.post(path, {"id": "somebody else's", "status": "failed"}).status_code == 204
    assert {again(notice).state, again(other).state} == {"sent"}
