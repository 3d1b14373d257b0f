"""What the two sides of an errand say: messages, what was spent, how it was, and thanks."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.errands.messages import meeting as messages
from handtag.errands.messages import texting
from handtag.errands.models import Errand, Feedback, Message, Outlay
from handtag.errands.queries.sides import errand_of, is_relayed, side_of
from handtag.errands.rules import lifecycle
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, Problem, TooLate
from handtag.kernel.tongues import written_in
from handtag.mandates.queries import must_hold

LONGEST: Final = 1000
LONGEST_THANKS: Final = 500
QUIET_FOR: Final = timedelta(minutes=10)  # several messages in a row are one notice


@transaction.atomic
def write_message(*, by: Actor, errand_id: UUID, text: str) -> Message:
    """Write to the other side: from the agreement until seven days after the end."""
    errand, side = _as_one_of_the_two(by, errand_id)
    text = text.strip()
    if not text:
        raise Problem(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise Problem(_("That is too long. Write at most 1,000 letters."), field="text")
    now = clock.now()
    if not lifecycle.are_close(errand.state, errand.ends_at, now):
        raise TooLate(_("You can no longer write to each other here."))
    other = errand.asker_id if side == Errand.Side.HELPER else errand.helper_id
    mine = Message.objects.filter(errand=errand, writer_id=by.person, said_for_id=by.behalf_of)
    lately = mine.filter(at__gte=now - QUIET_FOR).exists()
    message = Message.objects.create(
        errand=errand,
        writer_id=by.person,
        said_for_id=by.behalf_of,
        text=text,
        written_in=written_in(text),
        at=now,
    )
    history.record(by=by, verb="message.written", kind="errand", object_id=errand.id, about=other)
    by_text = not is_relayed(errand) and texting.tell_message(by.tenant, other, errand.id, text)
    if not lately and not by_text:
        messages.tell(by.tenant, other, "wrote", errand.id)
    return message


@transaction.atomic
def note_spent(*, by: Actor, errand_id: UUID, spent: int) -> Outlay:
    """The helper writes what the goods cost: never more than the ceiling agreed beforehand."""
    errand, side = _as_one_of_the_two(by, errand_id)
    if side != Errand.Side.HELPER:
        raise NotAllowed("only the helper lays out")
    outlay = Outlay.objects.select_for_update().filter(errand=errand).first()
    if outlay is None:
        raise Problem(_("No money was agreed on for this errand."))
    if not 0 <= spent <= outlay.ceiling:
        words = _("You agreed on at most %(ceiling)s kronor. Talk to each other first if it was more.")
        raise Problem(str(words) % {"ceiling": outlay.ceiling}, field="spent")
    if outlay.repaid_at:
        raise TooLate(_("The money has already been repaid."))
    Outlay.objects.filter(pk=outlay.pk).update(spent=spent)
    history.record(
        by=by, verb="outlay.spent", kind="errand", object_id=errand.id, about=errand.asker_id, kronor=spent
    )
    outlay.refresh_from_db()
    return outlay


@transaction.atomic
def note_repaid(*, by: Actor, errand_id: UUID) -> Outlay:
    """Either side says that the money has been repaid."""
    errand, _side = _as_one_of_the_two(by, errand_id)
    outlay = Outlay.objects.filter(errand=errand)
    if not outlay.filter(repaid_at=None, spent__isnull=False).update(repaid_at=clock.now()):
        raise TooLate(_("Write first what the goods cost."))
    history.record(by=by, verb="outlay.repaid", kind="errand", object_id=errand.id, about=errand.asker_id)
    return outlay.get()


@transaction.atomic
def give_feedback(
    *, by: Actor, errand_id: UUID, how: str, thanks: str = "", for_municipality: str = ""
) -> Feedback:
    """Say how it was, once; the thanks are shown to the other side, the rest to the municipality."""
    errand, side = _as_one_of_the_two(by, errand_id)
    if errand.state not in lifecycle.SAYABLE:
        raise TooLate(_("You can say how it was once the errand is done."))
    if how not in Feedback.How.values:
        raise Problem(_("Choose how it was."), field="how")
    if max(len(thanks), len(for_municipality)) > LONGEST_THANKS:
        raise Problem(_("That is too long. Write at most 500 letters."), field="thanks")
    feedback = _said_once(errand, side, how, thanks.strip(), for_municipality.strip())
    other = errand.asker_id if side == Errand.Side.HELPER else errand.helper_id
    history.record(by=by, verb="feedback.given", kind="errand", object_id=errand.id, about=other, how=how)
    if feedback.thanks:
        messages.tell(by.tenant, other, "thanked", errand.id)
    return feedback


def _said_once(errand: Errand, side: Errand.Side, how: str, thanks: str, for_municipality: str) -> Feedback:
    try:
        with transaction.atomic():
            return Feedback.objects.create(
                errand=errand,
                side=side,
                how=how,
                thanks=thanks,
                for_municipality=for_municipality,
                written_in=written_in(thanks or for_municipality),
                at=clock.now(),
            )
    except IntegrityError:
        raise TooLate(_("You have already said how it was. Thank you!")) from None


def _as_one_of_the_two(by: Actor, errand_id: UUID) -> tuple[Errand, Errand.Side]:
    must_hold(by)
    errand = errand_of(by, errand_id)
    side = side_of(by, errand)
    if side is None:
        raise NotAllowed("one of the two")
    return errand, side
