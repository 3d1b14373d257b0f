"""The codes of the desk in words, as staff and the person they are about read them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handtag.desk.models import Call, Consent, RingBack

WHY: Final[dict[str, Promise]] = {
    RingBack.Why.NEWS: _("There is something to tell"),
    RingBack.Why.ASKED: _("Wants us to ring"),
    RingBack.Why.FOLLOW_UP: _("How did it go?"),
}
STATES: Final[dict[str, Promise]] = {
    RingBack.State.WAITING: pgettext_lazy("call", "waits"),
    RingBack.State.TAKEN: pgettext_lazy("call", "somebody is ringing"),
    RingBack.State.REACHED: pgettext_lazy("call", "reached"),
    RingBack.State.GIVEN_UP: pgettext_lazy("call", "not reached"),
}
TOPICS: Final[dict[str, Promise]] = {
    "ask": pgettext_lazy("call", "a question"),
    "continued": pgettext_lazy("call", "a question"),
    "change": pgettext_lazy("call", "a change"),
    "answer": pgettext_lazy("call", "an answer"),
    "own": pgettext_lazy("call", "an errand"),
    "follow_up": pgettext_lazy("call", "how it went"),
    "news": pgettext_lazy("call", "news"),
    "asked": pgettext_lazy("call", "to ring back"),
    "ring_back": pgettext_lazy("call", "to ring back"),
    "way": pgettext_lazy("call", "how we tell"),
    "helping": pgettext_lazy("call", "about helping"),
    "block": pgettext_lazy("call", "who shall not meet"),
    "mandate": pgettext_lazy("call", "who may act for whom"),
    "report": pgettext_lazy("call", "something felt wrong"),
    "verify": pgettext_lazy("call", "somebody at the door"),
    "handed_on": pgettext_lazy("call", "something for others"),
    "registered": pgettext_lazy("call", "new here"),
    "other": pgettext_lazy("call", "something else"),
}
OUTCOMES: Final[dict[str, Promise]] = {
    Call.Outcome.HELPED: pgettext_lazy("call", "helped"),
    Call.Outcome.REACHED: pgettext_lazy("call", "reached"),
    Call.Outcome.NO_ANSWER: pgettext_lazy("call", "no answer"),
    Call.Outcome.WRONG_NUMBER: pgettext_lazy("call", "wrong number"),
    Call.Outcome.HANDED_ON: pgettext_lazy("call", "handed on"),
    Call.Outcome.YES: pgettext_lazy("value", "yes"),
    Call.Outcome.NO: pgettext_lazy("value", "no"),
}
CONSENTS: Final[dict[str, Promise]] = {
    Consent.Kind.ASK: pgettext_lazy("call", "a question"),
    Consent.Kind.TELL: pgettext_lazy("call", "whom we tell"),
}
