"""Whether asks, occasions and errands agree with each other, for `verify`."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from handtag.errands.models import Errand, Occasion
from handtag.errands.rules.lifecycle import IN_FORCE

UNDER_WAY = (Errand.State.AGREED, Errand.State.STARTED)


def faults() -> Iterator[str]:
    """Each disagreement in one sentence; nothing is changed."""
    yield from _miscounted()
    yield from _overlapping()


def _miscounted() -> Iterator[str]:
    counted = (
        Occasion.objects.everywhere()
        .annotate(really=Count("errands", filter=Q(errands__state__in=IN_FORCE)))
        .exclude(filled=F("really"))
    )
    for row in counted.values_list("id", "filled", "really"):
        yield f"occasion {row[0]} says {row[1]} helpers and has {row[2]}"


def _overlapping() -> Iterator[str]:
    coming = Errand.objects.everywhere().filter(state__in=UNDER_WAY)
    other = coming.filter(
        helper=OuterRef("helper"),
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
        id__gt=OuterRef("id"),
    )
    for errand_id in coming.filter(Exists(other)).values_list("id", flat=True):
        yield f"errand {errand_id} overlaps another of the same helper"
