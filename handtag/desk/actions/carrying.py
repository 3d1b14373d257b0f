"""What an agent does because the caller says so: each deed is the web's own, done in the caller's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.desk.actions.acting import voice
from handtag.desk.actions.calls import log
from handtag.desk.actions.ways import stop_telling
from handtag.errands.actions import errand, meeting, taking_back
from handtag.errands.actions.words import note_repaid
from handtag.errands.models import Errand, Occasion
from handtag.errands.queries.sides import errand_of, side_of
from handtag.helpers import actions as helpers
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, Words
from handtag.mandates import actions as mandates
from handtag.people import actions as people

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a caller can have done: what the call was about, the deed, and what the agent is told."""

    topic: str
    do: Callable[[Actor, UUID, Said], Any]
    done: Words


@transaction.atomic
def carry_out(*, by: Actor, person_id: UUID, verb: str, object_id: UUID, said: Said) -> Words:
    """Do it in the caller's name; returns what to say. NotFound for a deed there is none of."""
    deed = DEEDS.get(verb)
    if deed is None:
        raise NotFound("deed")
    caller = voice(by=by, person_id=person_id)
    if verb == "stop_telling":
        stop_telling(by=by, person_id=person_id)
    else:
        deed.do(caller, object_id, said)
    log(by=by, person_id=person_id, topic=deed.topic)
    return deed.done


def _must_have_heard(said: Said) -> None:
    if not said.get("accept"):
        raise Problem(_("Read the text to the caller, and say that they said yes."))


def _say_yes(caller: Actor, occasion_id: UUID, said: Said) -> object:
    _must_have_heard(said)
    return meeting.make_offer(by=caller, occasion_id=occasion_id)


def _accept_invitation(caller: Actor, invitation_id: UUID, said: Said) -> object:
    _must_have_heard(said)
    return meeting.answer_invitation(by=caller, invitation_id=invitation_id, yes=True)


def _say_how(caller: Actor, errand_id: UUID, said: Said) -> object:
    return errand.give_feedback(
        by=caller,
        errand_id=errand_id,
        how=said.get("how", ""),
        thanks=said.get("thanks", ""),
        for_municipality=said.get("words", ""),
    )


def _missed(caller: Actor, errand_id: UUID, said: Said) -> object:
    """Whoever rings and says so is the one who was there."""
    side = side_of(caller, errand_of(caller, errand_id))
    other = Errand.Side.HELPER if side == Errand.Side.ASKER else Errand.Side.ASKER
    return errand.miss(by=caller, errand_id=errand_id, missed_by=other)


def _write(caller: Actor, errand_id: UUID, said: Said) -> object:
    return errand.write_message(by=caller, errand_id=errand_id, text=said.get("text", ""))


def _note_spent(caller: Actor, errand_id: UUID, said: Said) -> object:
    kronor = said.get("spent", "").strip()
    if not kronor.isdecimal():
        raise Problem(_("Write what the goods cost, in whole kronor."))
    return errand.note_spent(by=caller, errand_id=errand_id, spent=int(kronor))


def _one_date(action: Callable[..., object]) -> Callable[[Actor, UUID, Said], object]:
    """A deed done to one date of a weekly ask, named by the date."""

    def do(caller: Actor, occasion_id: UUID, _said: Said) -> object:
        dates = Occasion.objects.of(caller.tenant).filter(pk=occasion_id)
        ask_id = dates.values_list("ask_id", flat=True).first()
        if ask_id is None:
            raise NotFound("date")
        return action(by=caller, ask_id=ask_id, occasion_id=occasion_id)

    return do


def _report(caller: Actor, errand_id: UUID, said: Said) -> object:
    return errand.report(
        by=caller, errand_id=errand_id, concern=said.get("concern", ""), words=said.get("words", "")
    )


def _one(action: Callable[..., object], name: str) -> Callable[[Actor, UUID, Said], object]:
    """A deed that takes nothing but the id of what it is done to."""

    def do(caller: Actor, object_id: UUID, _said: Said) -> object:
        return action(by=caller, **{name: object_id})

    return do


def _own(action: Callable[..., object]) -> Callable[[Actor, UUID, Said], object]:
    """A deed about the caller alone."""
    return lambda caller, _object_id, _said: action(by=caller)


_TAKEN_BACK = _("It is taken back. It can be undone for half an hour.")
DEEDS: Final[dict[str, Deed]] = {
    "withdraw": Deed("change", _one(taking_back.withdraw_ask, "ask_id"), _TAKEN_BACK),
    "restore": Deed("change", _one(taking_back.restore_ask, "ask_id"), _("The question is out again.")),
    "except_date": Deed(
        "change",
        _one_date(taking_back.except_date),
        _("That date is taken away. You can put it back in the list of dates."),
    ),
    "include_date": Deed("change", _one_date(taking_back.include_date), _("The date is back.")),
    "accept_offer": Deed("answer", _one(meeting.accept_offer, "offer_id"), _("They are agreed.")),
    "decline_offer": Deed(
        "answer", _one(meeting.decline_offer, "offer_id"), _("The caller has said no. They are told, kindly.")
    ),
    "invitation_yes": Deed("answer", _accept_invitation, _("They are agreed.")),
    "invitation_no": Deed(
        "answer",
        lambda caller, key, _said: meeting.answer_invitation(by=caller, invitation_id=key, yes=False),
        _("The caller has said no."),
    ),
    "say_yes": Deed("answer", _say_yes, _("The caller has said yes.")),
    "withdraw_offer": Deed("change", _one(meeting.withdraw_offer, "offer_id"), _("It is taken back.")),
    "start": Deed("own", _one(errand.start, "errand_id"), _("Noted: they have met.")),
    "complete": Deed("own", _one(errand.complete, "errand_id"), _("Noted: it is done.")),
    "undo": Deed("own", _one(errand.undo, "errand_id"), _("Undone.")),
    "write": Deed("own", _write, _("Sent to the other one, with your name and the caller's.")),
    "spent": Deed("own", _note_spent, _("Noted.")),
    "repaid": Deed("own", _one(note_repaid, "errand_id"), _("Noted.")),
    "cancel": Deed("change", _one(errand.cancel, "errand_id"), _("It is called off. The other one is told.")),
    "missed": Deed("own", _missed, _("Noted: the other one did not come.")),
    "how": Deed("follow_up", _say_how, _("Noted how it went.")),
    "report": Deed("report", _report, _("A coordinator takes over, and gets in touch with the caller.")),
    "pause": Deed("helping", _own(helpers.pause), _("On a pause until they say otherwise.")),
    "resume": Deed("helping", _own(helpers.resume), _("Back from the pause.")),
    "block": Deed(
        "block", _one(people.block, "other_id"), _("These two shall not meet. The other is not told.")
    ),
    "unblock": Deed("block", _one(people.unblock, "other_id"), _("They may meet again.")),
    "end_mandate": Deed(
        "mandate",
        _one(mandates.end_mandate, "mandate_id"),
        _("It is ended, and holds no more from now on. Both are told."),
    ),
    "stop_telling": Deed("way", _own(lambda **_: None), _("From now on we tell nobody else.")),
}
