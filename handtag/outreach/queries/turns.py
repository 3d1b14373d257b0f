"""What is asked at every turn of an ask: who was told, what is left, how each stands who could be told."""

from typing import Any

from django.db.models import Count, F, QuerySet

from handtag.errands.models import Errand, Invitation, Occasion, Offer, Series, Told
from handtag.errands.queries.eligible import ASKED_IN_PARTICULAR
from handtag.errands.rules.lifecycle import IN_FORCE
from handtag.helpers.models import HelperProfile
from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import Prepared, a_list, a_moment, an_id
from handtag.outreach.models import Attention, Wave


def _offered() -> QuerySet[Offer, Any]:
    made = Offer.objects.of(an_id("town")).filter(occasion__ask_id=an_id("ask"), state=Offer.State.MADE)
    return made.order_by("-made_at").values_list("person_id", "made_at")


def _told() -> QuerySet[Told, Any]:
    rows = Told.objects.of(an_id("town")).filter(ask_id=an_id("ask"), wave__gt=0)
    return rows.order_by("told_at", "id").values_list("person_id", "told_at", "declined_at", "yes_at")


def _invited() -> QuerySet[Invitation, Any]:
    theirs = Invitation.objects.of(an_id("town")).filter(occasion__ask_id=an_id("ask"))
    rows = theirs.filter(state__in=ASKED_IN_PARTICULAR).order_by("sent_at", "id")
    return rows.values_list("person_id", "sent_at", "state")


def _given_up() -> QuerySet[Errand, Any]:
    """When a helper last could not come after all."""
    gone = Errand.objects.of(an_id("town")).filter(occasion__ask_id=an_id("ask"), ended_at__isnull=False)
    rows = gone.filter(state=Errand.State.CANCELLED_BY_HELPER).order_by("-ended_at")
    return rows.values_list("ended_at")[:1]


def _left() -> QuerySet[Occasion, Any]:
    """How many a date still wants."""
    rows = Occasion.objects.of(an_id("town")).filter(id=an_id("occasion"))
    return rows.values_list(F("wanted") - F("filled"))


def _steps() -> QuerySet[Wave, Any]:
    rows = Wave.objects.of(an_id("town")).filter(ask_id=an_id("ask"), at__gte=a_moment("since"))
    return rows.values_list("step")


def _places() -> QuerySet[HelperProfile, Any]:
    rows = HelperProfile.objects.of(an_id("town")).filter(OneOf(F("person_id"), a_list("people")))
    return rows.values_list("person_id", "longitude", "latitude")


def _load() -> QuerySet[Errand, Any]:
    recent = Errand.objects.of(an_id("town")).filter(
        OneOf(F("helper_id"), a_list("people")), state__in=IN_FORCE, ends_at__gte=a_moment("since")
    )
    return recent.order_by().values_list("helper_id").annotate(Count("id"))


def _prices() -> QuerySet[Attention, Any]:
    rows = Attention.objects.of(an_id("town")).filter(OneOf(F("person_id"), a_list("people")))
    return rows.values_list("person_id", "price", "since")


def _series() -> QuerySet[Series, Any]:
    return Series.objects.filter(ask_id=an_id("ask")).values_list("pk")[:1]


OFFERED, TOLD, INVITED = Prepared(_offered), Prepared(_told), Prepared(_invited)
GIVEN_UP, LEFT, STEPS = Prepared(_given_up), Prepared(_left), Prepared(_steps)
PLACES, LOAD, PRICES, SERIES = Prepared(_places), Prepared(_load), Prepared(_prices), Prepared(_series)
