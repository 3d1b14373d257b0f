"""What a coordinator does with an ask that nobody has taken: widen it, ask a group, ring the asker."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.actions import meeting
from handtag.errands.actions.asking import announced_from
from handtag.errands.models import Ask, AskGroup, Invitation
from handtag.errands.queries import eligible
from handtag.errands.queries.calls import Ringing, ringing
from handtag.errands.queries.sought import as_sought
from handtag.errands.queries.steering import steered
from handtag.errands.rules import steering
from handtag.groups.models import Group
from handtag.history import actions as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right


@transaction.atomic
def widen(*, by: Actor, ask_id: UUID, metres: int) -> Ask:
    """Let those further away see the ask, and tell the next ten: at once, or in the morning."""
    ask = steered(by, ask_id)
    if metres not in steering.WIDER:
        raise Problem(_("Choose how far."), field="metres")
    narrower = Ask.objects.of(by.tenant).filter(pk=ask.pk, state=Ask.State.OPEN, wider_by__lt=metres)
    if not narrower.update(
        wider_by=metres, announce_at=announced_from(ask.agreement, ask.asker.is_protected)
    ):
        raise TooLate(_("The ask has been taken, or reaches that far already."))
    history.record(by=by, verb="ask.widened", kind="ask", object_id=ask.id, about=ask.asker_id, metres=metres)
    ask.refresh_from_db()
    return ask


@transaction.atomic
def ask_group(*, by: Actor, ask_id: UUID, group_id: UUID) -> int:
    """Invite those of a group who may take the ask's next date, however far away; returns how many.

    Where the ask is shown in chosen groups alone, it is shown in this one too from now on.
    """
    ask = steered(by, ask_id)
    group = Group.objects.of(by.tenant).filter(pk=group_id, closed_at=None).first()
    if group is None:
        raise NotFound("group")
    sought = as_sought(by.tenant, ask_id, protected=ask.asker.is_protected)
    if sought is None or not sought.slots:
        raise TooLate(_("This is no longer open."))
    occasion_id = sought.slots[0].id
    anywhere = replace(sought, group_ids=(group.id,), slots=sought.slots[:1], wider_by=eligible.FURTHEST)
    found = eligible.helpers(anywhere, telling=False)
    asked = Invitation.objects.of(by.tenant).filter(occasion_id=occasion_id, state=Invitation.State.SENT)
    people = found.exclude(person_id__in=asked.values("person_id")).order_by("person_id")
    chosen = list(people.values_list("person_id", flat=True)[: steering.MOST_ASKED])
    if not chosen:
        raise Problem(_("Nobody else in that group can take this just now. Try another way."))
    for person_id in chosen:
        meeting.invite(by=by, occasion_id=occasion_id, person_id=person_id)
    if sought.group_ids and group.id not in sought.group_ids:
        AskGroup.objects.create(ask=ask, group=group)
    history.record(
        by=by,
        verb="ask.group_asked",
        kind="ask",
        object_id=ask.id,
        about=ask.asker_id,
        group=str(group.id),
        asked=len(chosen),
    )
    return len(chosen)


@transaction.atomic
def open_contact(*, by: Actor, ask_id: UUID) -> Ringing:
    """How the asker is reached, the reading logged; of a protected one by the person's page alone."""
    by.must(Right.SEE_PEOPLE)
    ask = steered(by, ask_id)
    if ask.asker.is_protected:
        raise NotFound("contact")
    history.looked(by=by, about=ask.asker_id, page="ask")
    return ringing(by, ask)


@transaction.atomic
def note_call(*, by: Actor, ask_id: UUID, words: str) -> None:
    """Write down what was agreed by phone. The words can be erased without breaking the book."""
    ask = steered(by, ask_id)
    said = words.strip()
    if not said:
        raise Problem(_("Write what you came to."), field="words")
    history.record(
        by=by, verb="ask.phoned", kind="ask", object_id=ask.id, about=ask.asker_id, reason=said[:1000]
    )
