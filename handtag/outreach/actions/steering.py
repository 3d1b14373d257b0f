"""What a coordinator does with the search for a helper: stop it, let it go on, hurry it, widen it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.actions import announcing
from handtag.errands.actions import steering as errands
from handtag.errands.models import Ask
from handtag.errands.queries.eligible import TAKEN_FREELY
from handtag.errands.queries.steering import steered
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import TooLate
from handtag.outreach.actions.waves import note
from handtag.outreach.rules.widening import Step


@transaction.atomic
def stop(*, by: Actor, ask_id: UUID) -> None:
    """Tell nobody more of an ask, until somebody says so; who has been told may still say yes."""
    ask = _searched(by, ask_id)
    if ask.announce_at is None:
        raise TooLate(_("Nobody more is being asked already."))
    _write(by, ask, Step.STOPPED)
    announcing.rest(by=by, ask_id=ask_id, until=None)


@transaction.atomic
def go_on(*, by: Actor, ask_id: UUID) -> None:
    """Let a search that was stopped go on."""
    ask = _searched(by, ask_id)
    if ask.announce_at is not None:
        raise TooLate(_("We are asking neighbours already."))
    _write(by, ask, Step.RESUMED)
    announcing.rest(by=by, ask_id=ask_id, until=clock.now())


@transaction.atomic
def hurry(*, by: Actor, ask_id: UUID) -> None:
    """From now on as if it were needed within hours: more at a time, sooner. The night stays quiet."""
    ask = _searched(by, ask_id)
    _write(by, ask, Step.HURRIED)
    announcing.rest(by=by, ask_id=ask_id, until=clock.now())


@transaction.atomic
def widen(*, by: Actor, ask_id: UUID, metres: int) -> Ask:
    """Let those further away see the ask, and go on with them."""
    ask = errands.widen(by=by, ask_id=ask_id, metres=metres)
    note(by=by, ask_id=ask_id, step=Step.RADIUS, metres=metres)
    return ask


def _searched(by: Actor, ask_id: UUID) -> Ask:
    """An ask that this actor may steer and that helpers are told of; held to the end of the transaction."""
    ask = steered(by, ask_id)
    still = Ask.objects.of(by.tenant).filter(pk=ask.pk, state=Ask.State.OPEN, agreement__in=TAKEN_FREELY)
    held = still.select_for_update().first()
    if held is None or ask.asker.is_protected:
        raise TooLate(_("This is no longer open."))
    return held


def _write(by: Actor, ask: Ask, step: Step) -> None:
    note(by=by, ask_id=ask.pk, step=step)
    history.record(by=by, verb=f"search.{step}", kind="ask", object_id=ask.pk, about=ask.asker_id)
