"""What is happening with an ask, in words: a heading, a line to lean on, and the steps of the timeline."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.errands.queries.status import Status
from handtag.errands.rules import times
from handtag.kernel import spoken


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timeline: done, now or next."""

    state: str
    icon: str
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An ask's page in words."""

    title: str
    lead: str
    steps: tuple[Step, ...]


def said(status: Status) -> Said:
    """What to say of how an ask stands."""
    title, lead = _HEADINGS[status.phase](status)
    return Said(title, lead, tuple(_steps(status)))


def names(status: Status) -> str:
    """Who comes, as one phrase."""
    return spoken.join([each.name for each in status.coming]) or _("a neighbour")


def _when(status: Status) -> str:
    return spoken.day(status.focus.starts_at)


def _counted(text: str, count: int) -> str:
    """A count of people as the beginning of a sentence."""
    return _capital(text % {"number": spoken.number(count)})


def _reply(status: Status) -> str:
    """How the asker hears of a yes."""
    if status.ask.asker.email:
        return _("We e-mail you when somebody has said yes.")
    return _("We ring you when somebody has said yes.")


def _sent(status: Status) -> tuple[str, str]:
    lead = _("We are finding out which neighbours can come. You need not do anything now.")
    return _("Your question has been sent"), " ".join(
        filter(None, [lead, _looked_after(status), _usual(status), _reply(status)])
    )


def _usual(status: Status) -> str:
    """The true figure, or nothing."""
    if status.wait is None:
        return ""
    return _("Most questions like yours get a yes within %(time)s.") % {
        "time": spoken.duration(times.at_most(status.wait))
    }


def _told(status: Status) -> tuple[str, str]:
    told = status.reached.told
    title = ngettext(
        "%(number)s neighbour has had your question", "%(number)s neighbours have had your question", told
    )
    lead = _("You need not do anything now.")
    said = [_unanswered(status), lead, _looked_after(status), _usual(status), _reply(status)]
    return _counted(title, told), " ".join(filter(None, said))


def _unanswered(status: Status) -> str:
    """The plain truth, where there is no answer of any kind."""
    return "" if status.reached.declined else _("Nobody has answered yet.")


def _looked_after(status: Status) -> str:
    """Whether the municipality has taken it in hand as well."""
    return _("The municipality is helping to look.") if status.ask.listed_at else ""


def _placing(status: Status) -> tuple[str, str]:
    lead = _("The municipality chooses whom to ask, and knows them. You need not do anything now.")
    return _("We are finding somebody for you"), f"{lead} {_reply(status)}"


def _offers(status: Status) -> tuple[str, str]:
    offered = status.reached.offered
    title = ngettext("%(number)s neighbour wants to come", "%(number)s neighbours want to come", offered)
    return _counted(title, offered), _("Choose who it shall be. The others get a friendly no from us.")


def _partly(status: Status) -> tuple[str, str]:
    left = status.focus.wanted - status.focus.filled
    title = _("%(name)s is coming %(day)s") % {"name": names(status), "day": _when(status)}
    lead = ngettext(
        "We are looking for %(number)s more. You need not do anything now.",
        "We are looking for %(number)s more. You need not do anything now.",
        left,
    )
    return title, lead % {"number": spoken.number(left)}


def _agreed(status: Status) -> tuple[str, str]:
    title = _("%(name)s is coming %(day)s") % {"name": names(status), "day": _when(status)}
    return title, _("Approved by the municipality to help with this.")


def _started(status: Status) -> tuple[str, str]:
    return _("%(name)s is with you") % {"name": names(status)}, _("Ring us if something does not feel right.")


def _over(status: Status) -> tuple[str, str]:
    return _("How did it go?"), _("%(name)s was to come %(time)s. Tell us whether it went well.") % {
        "name": names(status),
        "time": spoken.moment(status.focus.starts_at),
    }


def _done(status: Status) -> tuple[str, str]:
    if status.coming and not all(each.is_thanked for each in status.coming):
        return _("All done"), _("Would you like to thank %(name)s, and tell us how it was?") % {
            "name": names(status)
        }
    return _("All done"), _("Thank you for telling us how it was. You are welcome to ask again.")


def _expired(status: Status) -> tuple[str, str]:
    return _("Nobody could come this time"), _(
        "We are sorry. Another time often goes better: ask again, or ring us and we look together. The "
        "municipality can see that this question got no answer."
    )


def _withdrawn(status: Status) -> tuple[str, str]:
    return _("The question has been taken back"), _(
        "Nobody will come. Those who were asked have been told, without any reason."
    )


_HEADINGS: Final[dict[str, Callable[[Status], tuple[str, str]]]] = {
    "sent": _sent,
    "told": _told,
    "placing": _placing,
    "offers": _offers,
    "partly": _partly,
    "agreed": _agreed,
    "started": _started,
    "over": _over,
    "done": _done,
    "expired": _expired,
    "withdrawn": _withdrawn,
}
# How far along the timeline each phase is: asked, told, said yes, met, done.
_REACHED: Final = {
    "sent": 1,
    "placing": 1,
    "told": 1,
    "offers": 2,
    "partly": 2,
    "agreed": 2,
    "started": 3,
    "over": 3,
    "done": 5,
    "expired": 1,
    "withdrawn": 1,
}


def _steps(status: Status) -> list[Step]:
    sent = Step("done", "check", _("You sent the question"), _ago(status))
    if status.phase in ("withdrawn", "expired"):
        return [sent, _end(status)]
    at = _REACHED[status.phase]
    ahead = {1: _asked(status), 2: _yes(status), 3: _meet(status)}
    if at > 1 and not status.reached.told:
        del ahead[1]  # somebody came without anybody having been told: by invitation, or from the list
    return [sent, *(_placed(step, at, place) for place, step in ahead.items())]


def _placed(step: Step, at: int, place: int) -> Step:
    """The same step as done, now or next."""
    state = "done" if place < at else "now" if place == at else "next"
    return Step(state, step.icon, step.title, step.words)


def _ago(status: Status) -> str:
    return _capital(spoken.ago(status.ask.opened_at))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _end(status: Status) -> Step:
    ended = status.ask.ended_at or status.ask.opened_at
    if status.phase == "expired":
        return Step("now", "calendar-off", _("The time ran out"), spoken.moment(ended))
    return Step("now", "undo-2", _("The question was taken back"), _capital(spoken.ago(ended)))


def _asked(status: Status) -> Step:
    told = status.reached.told
    if status.phase == "placing":
        return Step("now", "users", _("The municipality is asking around"))
    if not told:
        words = _("Only those whom the municipality has approved for this.")
        return Step("now", "users", _("Neighbours who can help get to see it"), words)
    title = ngettext("%(number)s neighbour has had it", "%(number)s neighbours have had it", told)
    return Step("now", "users", _counted(title, told), " ".join(_read(status)))


def _read(status: Status) -> list[str]:
    """Who has read it and who cannot come: counts, never names."""
    seen, declined = status.reached.seen, status.reached.declined
    if status.reached.told == 1:
        alone = _("The neighbour has been approved by the municipality.")
        return [
            alone,
            *([_("They have read it.")] if seen else []),
            *([_("They cannot come.")] if declined else []),
        ]
    said = [_("The municipality has approved them for this.")]
    if seen:
        read = ngettext("%(number)s of them has read it.", "%(number)s of them have read it.", seen)
        said.append(_counted(read, seen))
    if declined:
        cannot = ngettext("%(number)s of them cannot come.", "%(number)s of them cannot come.", declined)
        said.append(_counted(cannot, declined))
    return said


def _yes(status: Status) -> Step:
    if status.coming:
        agreed = status.coming[0].agreed_at
        words = _("%(time)s. You are agreed.") % {"time": spoken.moment(agreed)}
        title = _("%(name)s said yes") % {"name": names(status)}
        return Step("now", "handshake", title, _capital(words))
    if status.phase == "offers":
        return Step("now", "handshake", _("You choose who comes"))
    words = _("Then you see their first name, and how to reach each other.")
    return Step("next", "handshake", _("A neighbour says yes"), words)


def _meet(status: Status) -> Step:
    window = spoken.window(status.focus.starts_at, status.focus.ends_at)
    words = _capital(window)
    if status.phase == "done":
        return Step("done", "door-open", _("You met"), words)
    return Step("next", "door-open", _("You meet at the door"), words)
