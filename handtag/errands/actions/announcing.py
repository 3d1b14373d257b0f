"""Telling helpers of an ask: whoever has decided whom takes the ask's turn, and nobody is told twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from handtag.errands.messages import meeting as messages
from handtag.errands.models import Ask, Told
from handtag.errands.rules.reasons import Reason
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.actions import cancel


@dataclass(frozen=True, slots=True)
class Whom:
    """A helper to be told, and why it is them."""

    person_id: UUID
    reasons: tuple[Reason, ...]


@transaction.atomic
def take_turn(*, by: Actor, ask_id: UUID) -> Ask | None:
    """Take the turn of an open ask whose time has come, and hold it; None where it has not, or is taken.

    Compare and swap: of two workers one tells. Whoever takes it says in the same transaction, by `rest`, when
    the next turn comes; a worker killed before that leaves the turn as it was.
    """
    due = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN, announce_at__lte=clock.now())
    ask = due.first()
    if ask is None:
        return None
    mine = due.filter(announce_at=ask.announce_at, waves=ask.waves)
    return ask if mine.update(announce_at=None) else None


@transaction.atomic
def tell(*, by: Actor, ask_id: UUID, who: Sequence[Whom], version: str) -> list[Told]:
    """Tell these of an ask whose turn is held, as its next wave; returns whom it reached.

    Who has said no at the very same moment has been told already, and is left alone.
    """
    held = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN, announce_at=None)
    if not who or not held.update(waves=F("waves") + 1):
        return []
    wave, now = Ask.objects.of(by.tenant).values_list("waves", flat=True).get(id=ask_id), clock.now()
    rows = [
        Told(
            municipality_id=by.tenant,
            ask_id=ask_id,
            person_id=each.person_id,
            wave=wave,
            reasons=[list(reason) for reason in each.reasons],
            told_at=now,
        )
        for each in who
    ]
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    told = list(Told.objects.of(by.tenant).filter(ask_id=ask_id, id__in=[row.id for row in rows]))
    for row in told:
        messages.tell(by.tenant, row.person_id, "asked", row.id, ask_id=ask_id)
    history.record(
        by=by,
        verb="ask.announced",
        kind="ask",
        object_id=ask_id,
        wave=wave,
        told=len(told),
        weights=version,
    )
    return told


@transaction.atomic
def rest(*, by: Actor, ask_id: UUID, until: datetime | None) -> bool:
    """Tell nobody more until then; with None until somebody says so. False where the ask is not open."""
    still = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN)
    return bool(still.update(announce_at=until))


@transaction.atomic
def go_further(*, by: Actor, ask_id: UUID, metres: int) -> bool:
    """Let those so much further away see the ask too; False where it reaches that far already."""
    narrower = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN, wider_by__lt=metres)
    if not narrower.update(wider_by=metres):
        return False
    history.record(by=by, verb="ask.widened", kind="ask", object_id=ask_id, metres=metres)
    return True


@transaction.atomic
def hand_to_coordinators(*, by: Actor, ask_id: UUID) -> bool:
    """From now on the ask stands on the coordinators' list as theirs to see to; once is enough."""
    new = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN, listed_at=None)
    if not new.update(listed_at=clock.now()):
        return False
    history.record(by=by, verb="ask.listed", kind="ask", object_id=ask_id)
    return True


def spare(*, by: Actor, ask_id: UUID, person_id: UUID) -> int:
    """Who is invited in particular need not also read that they were told: what is not sent yet is not."""
    by.must(Right.STEER_ASKS)
    told = Told.objects.of(by.tenant).filter(ask_id=ask_id, person_id=person_id)
    return sum(
        cancel(about_id=each, kinds=messages.TELLS_OF_AN_ASK) for each in told.values_list("id", flat=True)
    )


def look_again(*, by: Actor, ask_id: UUID) -> bool:
    """Somebody has said no: whoever decides whom to tell looks at the ask at once, where more is to come."""
    waits = Ask.objects.of(by.tenant).filter(id=ask_id, state=Ask.State.OPEN, announce_at__gt=clock.now())
    return bool(waits.update(announce_at=clock.now()))


def note_yes(*, by: Actor, ask_id: UUID, person_id: UUID) -> None:
    """Who was told of the ask has said yes to it."""
    told = Told.objects.of(by.tenant).filter(ask_id=ask_id, person_id=person_id, yes_at=None)
    told.update(yes_at=clock.now(), declined_at=None)
