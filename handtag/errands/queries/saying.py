"""Reasons, distances, states and deeds in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from handtag.errands.rules.reasons import Reason
from handtag.geo.steps import Step
from handtag.history.queries import Line
from handtag.kernel import spoken
from handtag.kernel.actor import Actor
from handtag.kernel.tongues import TONGUES
from handtag.people import queries as people

DISTANCES: Final[dict[Step, Promise]] = {
    Step.UNDER_1_KM: later("Under 1 km from you"),
    Step.KM_1_TO_2: later("1 to 2 km from you"),
    Step.KM_2_TO_5: later("2 to 5 km from you"),
    Step.KM_5_TO_10: later("5 to 10 km from you"),
    Step.KM_10_TO_20: later("10 to 20 km from you"),
    Step.KM_20_TO_50: later("20 to 50 km from you"),
    Step.OVER_50_KM: later("More than 50 km from you"),
}
STATES: Final[dict[str, tuple[str, Promise]]] = {
    "agreed": ("ok", later("You are agreed")),
    "started": ("ok", later("You have met")),
    "completed": ("ok", later("Done")),
    "cancelled_by_helper": ("", later("The helper could not come")),
    "cancelled_by_asker": ("", later("Called off")),
    "missed": ("warn", later("You did not meet")),
    "unconfirmed": ("warn", later("How did it go?")),
    "reported": ("warn", later("The municipality is looking into it")),
}
MOST_STEPS: Final = 4  # of the component: the farthest dot stands for all that is farther


def reason_words(reason: Reason) -> str:
    """One reason as it is shown."""
    code, value = reason
    if code == "day":
        days = spoken.weekdays(int(value))
        return _("%(days)s suit you") % {"days": days[:1].upper() + days[1:]}
    if code == "language":
        return _("You speak %(language)s") % {"language": str(TONGUES.get(value, value))}
    if code == "group":
        return _("You are a member of %(group)s") % {"group": value}
    return {
        "near": _("Near you"),
        "before": _("You have helped here before"),
        "first": _("You are new here, and shall have your turn too"),
        "service": _("You have done this before"),
        "free": _("You are free then"),
    }[code]


def distance_words(step: Step) -> str:
    """How far away, in steps."""
    return str(DISTANCES[step])


def distance_dots(step: Step) -> int:
    """The same as a number of dots, one to four."""
    return min(step + 1, MOST_STEPS)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a timeline, as the component takes it."""

    state: str
    icon: str
    title: str
    words: str


def both_names(by: Actor, lines: Iterable[Line]) -> dict[tuple[UUID, UUID], str]:
    """For each two of whom one has acted for the other: both names, as the reader knows them."""
    pairs = {(line.actor_id, line.behalf_of) for line in lines if line.actor_id and line.behalf_of}
    called = people.names(by, {each for pair in pairs for each in pair if each})
    return {
        (actor, helped): for_another(called[actor], called[helped])
        for actor, helped in pairs
        if actor and helped
    }


def for_another(proxy: str, helped: str) -> str:
    """Both names, of who did it and in whose name."""
    return _("%(proxy)s for %(helped)s") % {"proxy": proxy, "helped": helped}


def timeline(
    lines: Iterable[Line], state: str, start: datetime, named: Mapping[tuple[UUID, UUID], str]
) -> list[StepRow]:
    """What has happened with an errand, and what comes; both names beside what was done for another."""
    told = [line for line in lines if line.verb in _DEEDS]
    done = [StepRow("done", "check", str(_DEEDS[line.verb]), _when(line, named)) for line in told]
    if state == "agreed":
        return [*done, StepRow("now", "calendar-check", _("You meet"), spoken.moment(start)), _how()]
    if state == "started":
        return [*done, StepRow("now", "clock", _("Say when it is done"), ""), _how()]
    if state == "unconfirmed":
        return [*done, StepRow("now", "clock", _("Tell us how it went"), "")]
    return done


def _when(line: Line, named: Mapping[tuple[UUID, UUID], str]) -> str:
    key = (line.actor_id, line.behalf_of)
    who = named.get((key[0], key[1])) if key[0] and key[1] else None
    return f"{spoken.ago(line.at)}, {who}" if who else spoken.ago(line.at)


def _how() -> StepRow:
    return StepRow("next", "heart", _("You both say how it was"), "")


_DEEDS: Final[dict[str, Promise]] = {
    "errand.agreed": later("You agreed"),
    "errand.started": later("You met"),
    "errand.start_undone": later("The start was taken back"),
    "errand.completed": later("It was done"),
    "errand.completion_undone": later("It was not done yet after all"),
    "errand.cancelled_by_helper": later("The helper could not come"),
    "errand.cancelled_by_asker": later("It was called off"),
    "errand.missed": later("You did not meet"),
    "errand.unconfirmed": later("We asked how it went"),
    "errand.handed_over": later("The municipality took over"),
    "errand.reported": later("The municipality was told that something felt wrong"),
    "outlay.spent": later("What the goods cost was noted"),
    "outlay.repaid": later("The money was repaid"),
    "receipt.added": later("A receipt was added"),
    "receipt.removed": later("A receipt was removed"),
}
