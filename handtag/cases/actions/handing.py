"""What a caller asks for that is for others: handed on to a receiver, and never lost if nobody takes it."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from handtag.cases import messages, queries
from handtag.cases.actions.handling import move, wrote
from handtag.cases.actions.opening import open_case
from handtag.cases.models import Case, Note, Reader
from handtag.cases.rules import HANDED_ON, NewCase
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.notices.actions import tell

MOST_DAYS: Final = 14
_AT_A_TIME: Final = 100


@transaction.atomic
def hand_on(
    *, by: Actor, person_id: UUID, concern: str, words: str, days: int, receiver_id: UUID | None = None
) -> Case:
    """Hand what a caller needs on to a receiver, to be taken within so many days; without one to those who
    handle cases.
    """
    by.must(Right.ANSWER_CALLS)
    if concern not in HANDED_ON:
        raise Problem(gettext_lazy("Choose whom it is for."), field="concern")
    if not words.strip():
        raise Problem(gettext_lazy("Write what the caller needs, in a sentence or two."), field="words")
    if not 1 <= days <= MOST_DAYS:
        raise Problem(gettext_lazy("Choose from 1 to 14 days."), field="days")
    if receiver_id and receiver_id not in dict(queries.possible_readers(by, {person_id})):
        raise NotFound("receiver")
    due_at = clock.not_at_night(clock.now() + timedelta(days=days))
    made = open_case(
        by=by,
        new=NewCase(
            kind=Case.Kind.HANDED_ON,
            concern=concern,
            words=words,
            reported_by=person_id,
            receiver_id=receiver_id,
            due_at=due_at,
        ),
    )
    if receiver_id:
        Reader.objects.create(case=made, person_id=receiver_id)
        _tell_receiver(made, receiver_id)
    return made


@transaction.atomic
def accept(*, by: Actor, case_id: UUID) -> Case:
    """The receiver takes it: from now on it is on nobody else's list."""
    found = queries.readable(by).filter(pk=case_id, receiver_id=by.person).first()
    if found is None:
        raise NotFound("case")
    if found.handled_by_id == by.person and found.state == Case.State.IN_HAND:
        return found
    move(by, found, "take", state=Case.State.IN_HAND, handled_by_id=by.person)
    return wrote(by, found, Note.Verb.TAKEN, "case.taken_in_hand")


def fall_back_due() -> int:
    """What nobody took in time is the coordinators' again; returns how many. Safe to run twice."""
    late = Case.objects.everywhere().filter(
        kind=Case.Kind.HANDED_ON, state=Case.State.NEW, receiver__isnull=False, due_at__lte=clock.now()
    )
    return sum(_fall_back(*row) for row in list(late.values_list("id", "municipality_id")[:_AT_A_TIME]))


@transaction.atomic
def _fall_back(case_id: UUID, municipality_id: UUID) -> bool:
    still = Case.objects.of(municipality_id).filter(pk=case_id, state=Case.State.NEW, receiver__isnull=False)
    if not still.update(receiver=None):
        return False
    Note.objects.create(case_id=case_id, verb=Note.Verb.FELL_BACK, at=clock.now())
    history.record(by=system(municipality_id), verb="case.fell_back", kind="case", object_id=case_id)
    return True


def _tell_receiver(case: Case, receiver_id: UUID) -> None:
    town = by_id(case.municipality_id)
    link = f"{settings.BASE_URL}{reverse('case', args=[town.slug, case.id])}" if town else ""
    tell(
        municipality_id=case.municipality_id,
        person_id=receiver_id,
        kind=messages.HANDED_ON,
        write=lambda: messages.handed_on(link),
        about_id=case.id,
    )
