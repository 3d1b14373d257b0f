"""What is forgotten here of somebody who is protected from now on, or whose details are destroyed."""

from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from handtag.errands.actions.drafting import forget_drafts_of
from handtag.errands.actions.losing import after_protect, close_ask
from handtag.errands.models import Ask, AskPlace, Errand, Feed, Feedback, Message, Receipt
from handtag.kernel import clock
from handtag.kernel.actor import Actor


def hide_places(by: Actor, person_id: UUID) -> None:
    """No place of a protected person finer than the municipality stays anywhere, old asks included.

    Runs after the asks themselves were moved to the municipality's middle.
    """
    middle = Ask.objects.everywhere().filter(pk=OuterRef("ask_id"))
    AskPlace.objects.filter(ask__asker_id=person_id).update(
        place=None,
        words="",
        door="",
        longitude=Subquery(middle.values("longitude")[:1]),
        latitude=Subquery(middle.values("latitude")[:1]),
    )
    forget_drafts_of(person_id)


def forget_person(by: Actor, person_id: UUID) -> None:
    """What was agreed is called off, open asks close, what they wrote is blanked; rows stay for figures."""
    after_protect(by, person_id)
    asked = Ask.objects.everywhere().filter(asker_id=person_id)
    live = asked.filter(state__in=[Ask.State.OPEN, Ask.State.FILLED]).order_by("pk")
    for ask_id, municipality_id in list(live.values_list("pk", "municipality_id")):
        close_ask(by, municipality_id, ask_id)
    asked.update(need="", know="", for_name="", care_words=[])
    hide_places(by, person_id)
    Message.objects.filter(Q(writer_id=person_id, said_for=None) | Q(said_for_id=person_id)).update(text="")
    theirs = Q(errand__asker_id=person_id) | Q(errand__helper_id=person_id)
    Receipt.objects.everywhere().filter(theirs).delete()
    said_by = Q(side=Errand.Side.ASKER, errand__asker_id=person_id)
    said_by |= Q(side=Errand.Side.HELPER, errand__helper_id=person_id)
    said = list(Feedback.objects.filter(said_by).values_list("pk", flat=True))
    Feedback.objects.filter(pk__in=said).update(thanks="", for_municipality="")
    Feed.objects.everywhere().filter(person_id=person_id, revoked_at=None).update(revoked_at=clock.now())
