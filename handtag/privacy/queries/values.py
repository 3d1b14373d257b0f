"""What a stored value says to those whom it is about: codes, languages, times and numbers in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext_lazy

from handtag.ambassadors import queries as ambassadors
from handtag.cases import queries as cases
from handtag.desk.queries import codes
from handtag.errands.queries.saying import reason_words
from handtag.errands.rules.reasons import Reason
from handtag.kernel import clock, phones, spoken
from handtag.kernel.rights import WORDS
from handtag.kernel.tongues import TONGUES
from handtag.mandates import queries as mandates
from handtag.permits.queries import words as permits
from handtag.privacy.queries.deeds import deed_words
from handtag.privacy.queries.words import TITLES
from handtag.privacy.rules.record import Record

Codes = Mapping[str, str | Promise]

YES, NO = pgettext_lazy("value", "yes"), pgettext_lazy("value", "no")
ENDED: Final[Codes] = {
    "done": pgettext_lazy("value", "done"),
    "expired": pgettext_lazy("value", "passed"),
    "withdrawn": pgettext_lazy("value", "taken back"),
}
ASKED: Final[Codes] = {
    "open": pgettext_lazy("ask", "open"),
    "filled": pgettext_lazy("value", "somebody comes"),
    **ENDED,
}
ANSWERED: Final[Codes] = {
    "sent": pgettext_lazy("value", "no answer yet"),
    "made": pgettext_lazy("value", "offered"),
    "accepted": pgettext_lazy("value", "accepted"),
    "declined": pgettext_lazy("value", "declined"),
    "withdrawn": pgettext_lazy("value", "taken back"),
    "lapsed": pgettext_lazy("value", "run out"),
    "superseded": pgettext_lazy("value", "not needed any more"),
}
SIDES: Final[Codes] = {"asker": later("who asked"), "helper": later("the helper")}
REPAID: Final[Codes] = {
    "swish": pgettext_lazy("value", "by Swish"),
    "cash": pgettext_lazy("value", "in cash"),
    "ahead": pgettext_lazy("value", "in advance"),
}

CHANNELS: Final[Codes] = {
    "push": pgettext_lazy("value", "a notice on the screen"),
    "email": pgettext_lazy("value", "e-mail"),
    "sms": pgettext_lazy("value", "text message"),
    "letter": pgettext_lazy("value", "letter"),
    "phone": pgettext_lazy("value", "a call"),
}

# The codes of a column; `record.column` goes before `column`.
CODES: Final[dict[str, Codes]] = {
    "age": {
        "adult": pgettext_lazy("value", "18 or older"),
        "youth": pgettext_lazy("value", "13 to 17 years"),
        "unknown": pgettext_lazy("value", "not said"),
    },
    "protection": {
        "none": NO,
        "secrecy_mark": pgettext_lazy("value", "secrecy mark"),
        "protected_registration": pgettext_lazy("value", "protected registration"),
    },
    "role": {role.value: words for role, words in WORDS.items()},
    "type": {"webauthn": later("passkey"), "totp": later("code app"), "recovery_codes": later("spare codes")},
    "channel": CHANNELS,
    "certainty": {
        "confirmed": pgettext_lazy("value", "sure"),
        "probable": pgettext_lazy("value", "likely"),
        "uncertain": pgettext_lazy("value", "not sure"),
    },
    "incoming.word": {
        "yes": pgettext_lazy("value", "yes"),
        "no": NO,
        "done": later("done"),
        "here": later("arrived"),
        "facts": later("who, where and when"),
        "cancel": pgettext_lazy("value", "taken back"),
        "how": TITLES["feedback"],
        "ring": later("ring me"),
        "staff": later("something for a person to read"),
        "help": later("what can be written"),
        "stop": later("pause"),
        "start": later("the pause is over"),
        "other": later("something for a person to read"),
    },
    "notice.state": {
        "waiting": pgettext_lazy("value", "waits to be sent"),
        "printed": pgettext_lazy("value", "printed, to be posted"),
        "claimed": pgettext_lazy("value", "is being sent"),
        "sent": pgettext_lazy("value", "sent off"),
        "unreachable": pgettext_lazy("value", "no address to send to"),
        "failed": pgettext_lazy("value", "could not be sent"),
        "cancelled": pgettext_lazy("value", "not sent"),
        "held": pgettext_lazy("value", "waits for the letter of the day"),
        "joined": pgettext_lazy("value", "sent in the letter of the day"),
        "phoned": pgettext_lazy("value", "told by phone"),
    },
    "call.way": {"out": later("on the web"), "in": later("by phone")},
    "call.state": {
        **dict.fromkeys(("asked", "ringing", "through"), pgettext_lazy("value", "under way")),
        "met": pgettext_lazy("value", "answered"),
        "busy": pgettext_lazy("value", "busy"),
        "failed": pgettext_lazy("value", "not answered"),
    },
    "group_membership.state": {
        "member": pgettext_lazy("value", "member"),
        "asked": pgettext_lazy("group", "has asked to join"),
        "invited": pgettext_lazy("group", "invited"),
        "declined": pgettext_lazy("group", "not let in"),
        "left": pgettext_lazy("group", "has left"),
    },
    "mandate.kind": mandates.KINDS,
    "branch": ambassadors.BRANCHES,
    "consent_how": mandates.HOW,
    "ended_because": mandates.BECAUSE,
    "via": {
        "web": later("on the web"),
        "phone": later("by phone"),
        "counter": later("at a counter"),
        "sms": later("by text message"),
        "letter": later("by letter"),
        "worker": later("by the service itself"),
        "command": later("by those who run the service"),
    },
    "check.kind": {
        "identity": pgettext_lazy("value", "identity seen"),
        "adult": pgettext_lazy("value", "18 or older"),
        "interview": pgettext_lazy("value", "interview held"),
        "reference": pgettext_lazy("value", "reference taken"),
        "training": pgettext_lazy("value", "training done"),
        "record_extract": pgettext_lazy("value", "record extract shown"),
        "organisation": later("an organisation vouches"),
    },
    "check.name": permits.TRAININGS,
    "permit.side": {"ask": pgettext_lazy("value", "to ask"), "perform": pgettext_lazy("value", "to help")},
    "permit.state": permits.STATES,
    "decision.verb": permits.VERBS,
    "reason_code": permits.REASONS,
    "ask.state": ASKED,
    "occasion.state": ASKED,
    "for_whom": {
        "self": pgettext_lazy("value", "oneself"),
        "household": pgettext_lazy("value", "somebody at home"),
    },
    "outlay_how": REPAID,
    "outlay.how": REPAID,
    "agreement": permits.AGREEMENTS,
    "invitation.state": ANSWERED,
    "offer.state": ANSWERED,
    "errand.state": {
        "agreed": pgettext_lazy("value", "agreed"),
        "started": pgettext_lazy("value", "under way"),
        "completed": pgettext_lazy("value", "finished"),
        "cancelled_by_helper": pgettext_lazy("value", "called off by the helper"),
        "cancelled_by_asker": pgettext_lazy("value", "called off by who asked"),
        "missed": pgettext_lazy("value", "did not happen"),
        "unconfirmed": pgettext_lazy("value", "nobody has said how it went"),
        "reported": pgettext_lazy("value", "reported"),
    },
    "missed_by": SIDES,
    "feedback.side": SIDES,
    "feedback.how": {
        "good": pgettext_lazy("value", "it went well"),
        "fair": pgettext_lazy("value", "it was all right"),
        "bad": pgettext_lazy("value", "it did not go well"),
    },
    "consent.kind": codes.CONSENTS,
    "consent.how": mandates.HOW,
    "ring_back.why": codes.WHY,
    "ring_back.state": codes.STATES,
    "desk_call.outcome": codes.OUTCOMES,
    "case.kind": cases.TITLES,
    "concern": cases.TITLES,
    "came_of": cases.OUTCOME_WORDS,
    "case.state": {
        "new": pgettext_lazy("case", "received"),
        "in_hand": pgettext_lazy("case", "somebody is looking into it"),
        "closed": pgettext_lazy("case", "answered"),
    },
    "case_note.verb": cases.VERB_WORDS,
    "record_type": TITLES,
}


def value_words(record: Record, column: str, value: Any) -> str:
    """A stored value as it is read; what somebody wrote in their own words stands as it was written."""
    if column in record.free_text and isinstance(value, str):
        return value
    for key in (f"{record.type}.{column}", column):
        if key in TELLERS:
            return TELLERS[key](value)
        if key in CODES:
            return str(CODES[key].get(str(value), value))
    return _plainly(value)


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, datetime):
        return _("%(day)s %(at_time)s") % {"day": spoken.full_date(value), "at_time": spoken.hour(value)}
    if isinstance(value, date):
        return spoken.full_date(value)
    if isinstance(value, time):
        return spoken.hour(clock.at(clock.today(), value))
    if isinstance(value, list):
        return spoken.join([_plainly(one) for one in value])
    if isinstance(value, float):
        return number_format(round(value, 4), decimal_pos=4)
    return spoken.grouped(value) if isinstance(value, int) else str(value)


def _tongue(code: str) -> str:
    return str(TONGUES.get(code) or dict(settings.LANGUAGES).get(code, code))


def _tongues(codes: Iterable[str]) -> str:
    return spoken.join([_tongue(code) for code in codes])


def _minutes(value: int) -> str:
    """Minutes after midnight; the last of them is the end of the day."""
    if value >= timedelta(days=1) / timedelta(minutes=1):
        return _("midnight")
    return _plainly(time(value // 60, value % 60))


def _metres(value: int) -> str:
    return _("%(number)s km") % {"number": spoken.grouped(value // 1000)}


def _days(written: Iterable[str]) -> str:
    return spoken.join([spoken.full_date(date.fromisoformat(one)) for one in written])


def _reasons(kept: Iterable[Iterable[str]]) -> str:
    return "; ".join(reason_words(Reason(*one)) for one in kept)


def _begun(answers: Mapping[str, Any]) -> str:
    """What somebody wrote themselves in an ask they have begun; what they picked waits for them there."""
    own = (answers.get(name) for name in ("for_name", "need", "know", "address", "door"))
    return "; ".join(str(words) for words in own if words)


def _counts(of: Mapping[str, int]) -> str:
    return "; ".join(f"{TITLES.get(name, name)}: {spoken.grouped(count)}" for name, count in of.items())


def _channels(chosen: Iterable[str]) -> str:
    return spoken.join([str(CHANNELS.get(one, one)) for one in chosen])


def _topics(kept: Iterable[str]) -> str:
    return spoken.join([str(codes.TOPICS.get(one, one)) for one in kept])


TELLERS: Final[dict[str, Callable[[Any], str]]] = {
    "preference.channels": _channels,
    "topics": _topics,
    "quiet_from": lambda hour: _minutes(hour * 60),
    "quiet_until": lambda hour: _minutes(hour * 60),
    "sender": phones.shown,
    "verb": deed_words,
    "phone": phones.shown,
    "language": _tongue,
    "written_in": _tongue,
    "consent_language": _tongue,
    "speaks": _tongues,
    "languages": _tongues,
    "weekday": spoken.weekdays,
    "from_minute": _minutes,
    "to_minute": _minutes,
    "reach": _metres,
    "excepted": _days,
    "reasons": _reasons,
    "draft.words": _begun,
    "planned": _counts,
    "protocol": _counts,
}
