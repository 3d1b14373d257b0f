"""A helper's calendar feed (RFC 5545): coming and recent errands, cancelled ones too, no place or need."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from handtag.errands.models import Errand, Feed
from handtag.errands.rules import lifecycle
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.people.models import Person
from handtag.people.queries import shown_as
from handtag.permits.queries import ServiceRow, services

RECENT: Final = timedelta(days=30)
AGAIN: Final = timedelta(minutes=15)


def feed_of(municipality_id: UUID, token: str) -> bytes:
    """The feed behind a secret; NotFound for a revoked one, an unknown one, or a protected person's."""
    feed = (
        Feed.objects.of(municipality_id)
        .filter(token_hash=ids.hashed(token), revoked_at=None, person__protection=Person.Protection.NONE)
        .select_related("person", "municipality")
        .first()
    )
    if feed is None:
        raise NotFound("feed")
    with translation.override(feed.person.language):
        return bytes(_calendar(feed).to_ical())


def _calendar(feed: Feed) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Handtag//handtag//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Handtag in %(town)s") % {"town": feed.municipality.name})
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    errands = (
        Errand.objects.of(feed.municipality_id)
        .filter(helper_id=feed.person_id, ends_at__gte=clock.now() - RECENT)
        .select_related("asker", "occasion__ask__area")
        .order_by("starts_at", "id")
    )
    offered = {row.id: row for row in services(feed.municipality_id, on=None)}
    reader = Actor(feed.person_id, feed.municipality_id)
    for errand in errands:
        calendar.add_component(_event(feed, errand, offered[errand.occasion.ask.service_id], reader))
    return calendar


def _event(feed: Feed, errand: Errand, service: ServiceRow, reader: Actor) -> Event:
    link = reverse("errand", args=[feed.municipality.slug, errand.id])
    cancelled = errand.state in lifecycle.CANCELLED
    event = Event()
    event.add("uid", f"{errand.id}@handtag")
    event.add("dtstamp", errand.ended_at or errand.started_at or errand.agreed_at)
    event.add("dtstart", errand.starts_at)
    event.add("dtend", errand.ends_at)
    event.add("sequence", errand.feed_sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", _summary(errand, service, reader, cancelled=cancelled))
    event.add("url", f"{settings.BASE_URL}{link}")
    return event


def _summary(errand: Errand, service: ServiceRow, reader: Actor, *, cancelled: bool) -> str:
    """Service, area and first name; of a cancelled errand or a protected asker the service alone."""
    area = errand.occasion.ask.area
    if cancelled or errand.asker.is_protected or area is None:
        return service.words.name
    name = shown_as(errand.asker, to=reader)
    return _("%(service)s in %(area)s, %(name)s") % {
        "service": service.words.name,
        "area": area.name,
        "name": name,
    }
