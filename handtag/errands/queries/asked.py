"""What a question is about, told to who asks VEM before they answer: no more than the page shows by then."""

from typing import NamedTuple
from uuid import UUID

from handtag.errands.models import Ask, Invitation, Occasion, Offer
from handtag.errands.queries.saying import distance_words
from handtag.errands.queries.texting import Kind, Question, takeable
from handtag.geo.points import Point
from handtag.geo.steps import snapped_metres, step_of
from handtag.helpers.models import HelperProfile
from handtag.kernel import spoken
from handtag.kernel.actor import Actor
from handtag.people.queries import shown_as
from handtag.permits.queries import service


class About(NamedTuple):
    """A question in few words: which service, whom or how far, and when."""

    service: str
    who: str
    when: str


def about(by: Actor, question: Question) -> About | None:
    """What a question to this helper or this asker is about; None where it is not theirs."""
    if question.kind == Kind.OFFERED:
        return _offer(by, question.id)
    occasion_id = _invited_to(by, question.id) if question.kind == Kind.INVITED else None
    return _to_helper(by, occasion_id or takeable(by, question.ask_id))


def _invited_to(by: Actor, invitation_id: UUID) -> UUID | None:
    rows = Invitation.objects.of(by.tenant).filter(id=invitation_id, person_id=by.person)
    return rows.values_list("occasion_id", flat=True).first()


def _to_helper(by: Actor, occasion_id: UUID | None) -> About | None:
    rows = Occasion.objects.of(by.tenant).select_related("ask__area", "ask__asker")
    row = rows.filter(id=occasion_id).first() if occasion_id else None
    if row is None:
        return None
    ask = row.ask
    hidden = ask.asker.is_protected
    where = "" if hidden or ask.area is None else ask.area.name
    parts = (where, "" if hidden else _distance(by, ask))
    return About(_service(by, ask), ". ".join(part for part in parts if part), _when(row))


def _offer(by: Actor, offer_id: UUID) -> About | None:
    rows = Offer.objects.of(by.tenant).filter(id=offer_id, occasion__ask__asker_id=by.person)
    row = rows.select_related("occasion__ask", "person").first()
    if row is None:
        return None
    ask = row.occasion.ask
    return About(_service(by, ask), shown_as(row.person, to=by), _when(row.occasion))


def _distance(by: Actor, ask: Ask) -> str:
    profile = HelperProfile.objects.of(by.tenant).filter(person_id=by.person).first()
    if profile is None:
        return ""
    mine, theirs = Point(profile.longitude, profile.latitude), Point(ask.longitude, ask.latitude)
    return distance_words(step_of(snapped_metres(mine, theirs)))


def _service(by: Actor, ask: Ask) -> str:
    return service(by.tenant, ask.service_id).words.name


def _when(occasion: Occasion) -> str:
    when = spoken.window(occasion.starts_at, occasion.ends_at)
    return when[:1].upper() + when[1:]
