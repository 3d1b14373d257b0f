"""Keeping an ask's own state in step with its occasions."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handtag.errands.models import Ask, Occasion
from handtag.errands.rules import asks as rules
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.prepared import Prepared, an_id

_OVER = frozenset({Ask.State.DONE, Ask.State.EXPIRED, Ask.State.WITHDRAWN})


@transaction.atomic
def settle(*, by: Actor, ask_id: UUID) -> str:
    """Set an ask's state to what its occasions say, and answer with it; a withdrawn ask stays withdrawn.

    Called last in every deed that changed an occasion: occasions are locked before their ask.
    """
    ask: Ask | None = _ASK.first(ask=ask_id)
    if ask is None:
        raise Ask.DoesNotExist
    states = {state for (state,) in _STATES.ask(ask=ask_id)}
    state = rules.state_of(states)
    if state == ask.state or ask.state == Ask.State.WITHDRAWN:
        return ask.state
    now = clock.now()
    ask.state = state
    ask.filled_at = _filled_at(ask, state)
    ask.ended_at = now if state in _OVER else None
    ask.save(update_fields=["state", "filled_at", "ended_at"])
    history.record(
        by=by, verb=f"ask.{_VERBS[state]}", kind="ask", object_id=ask.id, about=ask.asker_id, state=state
    )
    return state


_ASK = Prepared(lambda: Ask.objects.everywhere().filter(pk=an_id("ask")).select_for_update().order_by())
_STATES = Prepared(
    lambda: Occasion.objects.everywhere().filter(ask_id=an_id("ask")).order_by().values_list("state")
)
_VERBS = {
    "open": "reopened",
    "filled": "filled",
    "done": "done",
    "expired": "expired",
    "withdrawn": "withdrawn",
}


def _filled_at(ask: Ask, state: str) -> datetime | None:
    """When it was filled: kept when it is done, gone when it is open again."""
    if state == Ask.State.FILLED:
        return clock.now()
    return ask.filled_at if state == Ask.State.DONE else None
