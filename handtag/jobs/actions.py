"""The worker's duties: registering them, and doing those that are due, each by one worker at a time."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from handtag.jobs import rules
from handtag.jobs.models import Duty, Heartbeat
from handtag.kernel import clock

logger = logging.getLogger(__name__)

Deed = Callable[[], object]
LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Registered:
    """A duty as the code declares it."""

    deed: Deed
    every: timedelta


DUTIES: dict[str, Registered] = {}


class RowsFailed(Exception):
    """Of the rows of a duty some failed, each logged with its id; all others were done."""

    def __init__(self, done: int, kinds: set[str]) -> None:
        super().__init__(f"some rows: {', '.join(sorted(kinds))}")
        self.done = done
        self.kinds = kinds


def duty(name: str, *, every: timedelta) -> Callable[[Deed], Deed]:
    """Register a function of a room's `tasks` as something the worker does again and again.

    The function must be safe to run twice: a worker may be killed in the middle of it.
    """

    def register(deed: Deed) -> Deed:
        DUTIES[name] = Registered(deed, every)
        return deed

    return register


def each_row(rows: Mapping[UUID, Callable[[], int]]) -> int:
    """Do each row, named by its id, in a transaction of its own; returns the sum of what the deeds say.

    A row that fails is logged and skipped; RowsFailed is raised once all the others are done.
    """
    done, kinds = 0, set()
    for row_id, deed in rows.items():
        try:
            with transaction.atomic():
                done += deed()
        except Exception as fault:  # one row must not stop the others
            if not connection.is_usable():
                raise
            logger.exception("row failed", extra={"row": str(row_id)})
            kinds.add(type(fault).__name__)
    if kinds:
        raise RowsFailed(done, kinds)
    return done


def in_turn(*parts: Callable[[], int]) -> int:
    """Do the parts of a duty one after the other, also where rows of an earlier one failed."""
    done, kinds = 0, set()
    for part in parts:
        try:
            done += part()
        except RowsFailed as some:
            done += some.done
            kinds |= some.kinds
    if kinds:
        raise RowsFailed(done, kinds)
    return done


def prepare() -> None:
    """Make sure that every registered duty has its row, and that rows of former duties go."""
    Duty.objects.exclude(name__in=DUTIES).delete()
    Duty.objects.bulk_create([Duty(name=name) for name in DUTIES], ignore_conflicts=True)


def take_over(lives: Callable[[str], bool]) -> int:
    """Free the duties of workers that are known to live no more; returns how many.

    Whoever was killed in the middle of a duty is so not waited for until the lease runs out.
    """
    held = Duty.objects.filter(claimed_until__isnull=False).exclude(claimed_by="")
    names = held.order_by().values_list("claimed_by", flat=True).distinct()
    gone = [worker for worker in names if not lives(worker)]
    return held.filter(claimed_by__in=gone).update(claimed_until=None, claimed_by="") if gone else 0


def run_due(limit: int = 50, *, worker: str = "") -> int:
    """Do the duties that are due, at most `limit`; returns how many were done or failed."""
    done = 0
    for name in _due_names()[:limit]:
        if _claim(name, worker):
            _run(name, DUTIES[name])
            done += 1
    return done


def _due_names() -> list[str]:
    now = clock.now()
    due = Duty.objects.filter(due_at__lte=now, parked=False).filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now)
    )
    return [name for name in due.order_by("due_at", "name").values_list("name", flat=True) if name in DUTIES]


def _claim(name: str, worker: str) -> bool:
    """Take the lease: of several workers one gets it, and a dead worker's lease runs out."""
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return (
        Duty.objects.filter(free, name=name, due_at__lte=now, parked=False).update(
            claimed_until=now + rules.LONGEST_RUN, claimed_by=worker
        )
        == 1
    )


def _run(name: str, registered: Registered) -> None:
    last_error = ""
    try:
        registered.deed()
    except RowsFailed as some:
        # Done for all others: it goes on at its pace and is not parked, but what failed is to be seen.
        last_error = str(some)
    except Exception as fault:  # the worker must outlive any duty
        logger.exception("duty failed", extra={"duty": name})
        _note_failure(name, fault)
        return
    now = clock.now()
    Duty.objects.filter(name=name).update(
        due_at=now + registered.every,
        claimed_until=None,
        claimed_by="",
        last_done_at=now,
        failures=0,
        last_error=last_error[:LONGEST_ERROR],
    )


def _note_failure(name: str, fault: Exception) -> None:
    # The type alone: the words of an error may hold personal data.
    with transaction.atomic():
        Duty.objects.filter(name=name).update(failures=F("failures") + 1, last_error=type(fault).__name__)
        row = Duty.objects.get(name=name)
        Duty.objects.filter(name=name).update(
            due_at=clock.now() + rules.wait_after(row.failures),
            claimed_until=None,
            claimed_by="",
            parked=row.failures >= rules.MOST_FAILURES,
        )


def retry(name: str) -> bool:
    """Let a parked duty run again now; False where there is none of that name."""
    return (
        Duty.objects.filter(name=name).update(
            parked=False, failures=0, claimed_until=None, claimed_by="", due_at=clock.now()
        )
        == 1
    )


def beat(worker: str) -> None:
    """Say that this worker lives, and forget workers silent for a day."""
    now = clock.now()
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now})
    Heartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()


def leave(worker: str) -> None:
    """Say that this worker has stopped as it should."""
    Heartbeat.objects.filter(worker=worker).delete()
    connection.close()
