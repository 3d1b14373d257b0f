"""Ringing an asker: how they are reached, and what was noted when somebody rang before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.errands.models import Ask
from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.people.queries import Contact, contact_of, names, shown_as
from handtag.permits.queries import service


@dataclass(frozen=True, slots=True)
class Call:
    """One note of a call."""

    at: datetime
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Ringing:
    """Whom to ring about which ask, and what was said earlier."""

    id: UUID
    asker: str
    contact: Contact
    service: str
    need: str
    calls: list[Call]


def ringing(by: Actor, ask: Ask) -> Ringing:
    """The page of who rings. Who may steer the ask has found it, and the reading is logged by the action."""
    name = service(by.tenant, ask.service_id).words.name
    return Ringing(
        ask.id, shown_as(ask.asker, to=by), contact_of(ask.asker, to=by), name, ask.need, calls(by, ask)
    )


def calls(by: Actor, ask: Ask) -> list[Call]:
    """The notes about an ask, oldest first."""
    rows = Entry.objects.filter(object_id=ask.id, verb="ask.phoned").order_by("at", "id")
    noted = list(rows.values_list("at", "actor_id", "words__text"))
    called = names(by, {actor for _, actor, _ in noted if actor})
    return [Call(at, called[actor] if actor else "", words or "") for at, actor, words in noted]
