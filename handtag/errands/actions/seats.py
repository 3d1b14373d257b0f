"""The guards of an agreement: one helper at a time, no overlap, never more than wanted.

Rows are locked or changed in one order everywhere: permit, helper, occasion, offer and errand, ask.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from handtag.errands.models import Ask, Errand, Occasion
from handtag.errands.rules.lifecycle import BOOKED, CANCELLED, IN_FORCE
from handtag.helpers.models import HelperProfile
from handtag.kernel import clock
from handtag.kernel.errors import Problem, TooLate


class Booked(Problem):
    """The helper already has an errand at that time."""


def lock_helper(person_id: UUID) -> None:
    """Hold this helper, in every town, to the end of the transaction: they agree to one thing at a time."""
    if not lock_helpers(person_id):
        raise Problem(_("Tell us first how you want to help, then you can say yes."))


def lock_helpers(person_id: UUID) -> int:
    """The same where it does not matter whether there is anything to hold; returns how many profiles."""
    profiles = HelperProfile.objects.everywhere().filter(person_id=person_id).order_by("id")
    return len(profiles.select_for_update().values_list("id", flat=True))


def must_be_free(person_id: UUID, occasion: Occasion) -> None:
    """Refuse where the helper has an errand that shares a moment with the occasion, in whatever town.

    Of the occasion itself one that is over counts too: nobody comes twice to the same.
    """
    same_time = Q(state__in=BOOKED, starts_at__lt=occasion.ends_at, ends_at__gt=occasion.starts_at)
    same_occasion = Q(state__in=IN_FORCE, occasion=occasion)
    if Errand.objects.everywhere().filter(same_time | same_occasion, helper_id=person_id).exists():
        raise Booked(_("You have already promised to help somebody at that time."))


def take(occasion_id: UUID, municipality_id: UUID) -> None:
    """Take one of the places that are left, or say that it is too late: compare and swap, one row or none."""
    taken = (
        Occasion.objects.of(municipality_id)
        .filter(
            id=occasion_id,
            filled__lt=F("wanted"),
            state=Occasion.State.OPEN,
            ask__in=Ask.objects.of(municipality_id).filter(state=Ask.State.OPEN).values("pk"),
        )
        .update(filled=F("filled") + 1)
    )
    if not taken:
        raise TooLate(_("Somebody else has just said yes to this. Thank you for wanting to help!"))
    Occasion.objects.of(municipality_id).filter(id=occasion_id, filled=F("wanted")).update(
        state=Occasion.State.FILLED
    )


def lock_occasions(municipality_id: UUID, occasion_ids: Collection[UUID]) -> None:
    """Hold these occasions to the end of the transaction, in one order."""
    held = Occasion.objects.of(municipality_id).filter(id__in=occasion_ids).order_by("id")
    list(held.select_for_update().values_list("id", flat=True))


def recount(municipality_id: UUID, occasion_ids: Collection[UUID]) -> None:
    """Let `filled` be the number of errands in force again, of occasions that are held."""
    in_force = (
        Errand.objects.of(municipality_id)
        .filter(occasion=OuterRef("pk"))
        .exclude(state__in=CANCELLED)
        .order_by()
        .values("occasion")
        .annotate(number=Count("id"))
        .values("number")
    )
    Occasion.objects.of(municipality_id).filter(id__in=occasion_ids).update(
        filled=Coalesce(Subquery(in_force), 0)
    )


def reopen(municipality_id: UUID, occasion_ids: Collection[UUID]) -> None:
    """Open full occasions that have room again and have not begun."""
    Occasion.objects.of(municipality_id).filter(
        id__in=occasion_ids,
        filled__lt=F("wanted"),
        state=Occasion.State.FILLED,
        starts_at__gt=clock.now(),
    ).update(state=Occasion.State.OPEN)
