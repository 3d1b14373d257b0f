"""The municipality's line at the provider: its numbers, its secret addresses, and whether one is right."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.notices.models import Line


class LineView(NamedTuple):
    """What the settings page shows of the line; the secret is no more to be read."""

    number: str = ""
    voice_number: str = ""
    made_at: datetime | None = None
    is_ready: bool = False
    old_until: datetime | None = None
    refused: int = 0


def line(by: Actor) -> LineView:
    """The municipality's line as it stands."""
    by.must(Right.SET_UP)
    row = Line.objects.of(by.tenant).first()
    if row is None:
        return LineView()
    old = row.previous_until if row.previous_until and row.previous_until > clock.now() else None
    return LineView(row.number, row.voice_number, row.made_at, bool(settings.SMS_URL), old, row.refused)


def has_line(municipality_id: UUID | None) -> Line | None:
    """The line by which answers come in, if there is one."""
    return Line.objects.of(municipality_id).first() if municipality_id else None


def opens(municipality_id: UUID, secret: str) -> bool:
    """Whether this is the secret of the address at which texts and calls come in, or the one before it."""
    row, said = Line.objects.of(municipality_id).first(), ids.hashed(secret)
    if row is None:
        return False
    is_old = constant_time_compare(row.previous_hash, said)
    overlaps = row.previous_until is not None and clock.now() < row.previous_until
    return constant_time_compare(row.secret_hash, said) or (is_old and overlaps)


def voice_line(municipality_id: UUID) -> str:
    """The number that calls come from and go to; empty where calls are not put through."""
    row = has_line(municipality_id) if settings.SMS_URL else None
    return (row.voice_number or row.number) if row else ""


def reports(municipality_id: UUID, secret: str, notice_id: UUID) -> bool:
    """Whether this is the secret of the address at which this message's delivery is reported."""
    return constant_time_compare(secret, report_secret(municipality_id, notice_id))


def report_secret(municipality_id: UUID, notice_id: UUID) -> str:
    """The secret of the addresses that belong to one message or one call: kept nowhere, made anew."""
    return salted_hmac("handtag.notices.report", f"{municipality_id} {notice_id}").hexdigest()[:40]


def report_address(municipality_id: UUID | None, notice_id: UUID) -> str:
    """Where the provider reports what became of one message; none outside a municipality."""
    return address_of(municipality_id, notice_id, "sms_report")


def address_of(municipality_id: UUID | None, row_id: UUID, page: str) -> str:
    """An address at which the provider speaks to us about one message or one call."""
    town = by_id(municipality_id) if municipality_id else None
    if town is None:
        return ""
    return f"{settings.BASE_URL}{reverse(page, args=[town.slug, report_secret(town.id, row_id), row_id])}"
