"""What was noted about an ask when its asker was rung."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.errands.queries.steering import steered
from handtag.history.models import Entry
from handtag.kernel.actor import Actor
from handtag.people.queries import names


@dataclass(frozen=True, slots=True)
class Call:
    """One note of a call."""

    at: datetime
    who: str
    words: str


def calls(by: Actor, ask_id: UUID) -> list[Call]:
    """The notes, oldest first, for who may steer the ask."""
    steered(by, ask_id)
    rows = Entry.objects.filter(object_id=ask_id, verb="ask.phoned").order_by("at", "id")
    noted = list(rows.values_list("at", "actor_id", "words__text"))
    called = names(by, {actor for _, actor, _ in noted if actor})
    return [Call(at, called[actor] if actor else "", words or "") for at, actor, words in noted]
