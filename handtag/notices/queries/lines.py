"""The municipality's line at the SMS provider: its number, its secret addresses, and whether one is right."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from handtag.kernel import ids
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.notices.models import Line


class LineView(NamedTuple):
    """What the settings page shows of the line; the secret is no more to be read."""

    number: str = ""
    made_at: datetime | None = None
    is_ready: bool = False


def line(by: Actor) -> LineView:
    """The municipality's line as it stands."""
    by.must(Right.SET_UP)
    row = Line.objects.of(by.tenant).first()
    return LineView(row.number, row.made_at, bool(settings.SMS_URL)) if row else LineView()


def has_line(municipality_id: UUID | None) -> Line | None:
    """The line by which answers come in, if there is one."""
    return Line.objects.of(municipality_id).first() if municipality_id else None


def opens(municipality_id: UUID, secret: str) -> bool:
    """Whether this is the secret of the address at which messages come in."""
    row = Line.objects.of(municipality_id).first()
    return row is not None and constant_time_compare(row.secret_hash, ids.hashed(secret))


def reports(municipality_id: UUID, secret: str, notice_id: UUID) -> bool:
    """Whether this is the secret of the address at which this message's delivery is reported."""
    return constant_time_compare(secret, report_secret(municipality_id, notice_id))


def report_secret(municipality_id: UUID, notice_id: UUID) -> str:
    """The secret of the address at which one message's delivery is reported: kept nowhere, made anew."""
    return salted_hmac("handtag.notices.report", f"{municipality_id} {notice_id}").hexdigest()[:40]


def report_address(municipality_id: UUID | None, notice_id: UUID) -> str:
    """Where the provider reports what became of one message; none outside a municipality."""
    town = by_id(municipality_id) if municipality_id else None
    if town is None:
        return ""
    secret = report_secret(town.id, notice_id)
    return f"{settings.BASE_URL}{reverse('sms_report', args=[town.slug, secret, notice_id])}"
