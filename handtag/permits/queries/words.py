"""What services, demands, frames and reasons are called, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from handtag.kernel import spoken
from handtag.permits import rules

Lazy = str | Promise
Choice = tuple[str, str | list[tuple[str, str]]]


class Spoken(Protocol):
    """What is needed of a service to say what it is called; blank words mean those of the catalogue."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def responsibility(self) -> str: ...
    @property
    def frame(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """The words of one service."""

    name: str
    summary: str
    responsibility: str


NAMES: Final[dict[str, tuple[Lazy, Lazy]]] = {
    "shopping": (gettext_lazy("Shopping"), gettext_lazy("Food, pharmacy or something else from a shop")),
    "errand": (gettext_lazy("Errands"), gettext_lazy("Post something, fetch a parcel or hand something in")),
    "care_companion": (
        gettext_lazy("Company to a care visit"),
        gettext_lazy("Somebody who comes along, there and back"),
    ),
    "company": (gettext_lazy("Company"), gettext_lazy("A coffee, a walk, a chat")),
    "digital": (gettext_lazy("Help with technology"), gettext_lazy("Phone, computer, BankID or television")),
    "homework": (gettext_lazy("Homework help"), gettext_lazy("For children, young people and adults")),
    "language": (gettext_lazy("Language"), gettext_lazy("Practise Swedish or understand a letter")),
    "practical": (
        gettext_lazy("Small things at home"),
        gettext_lazy("Change a bulb, carry, put something together"),
    ),
    "dog_walk": (gettext_lazy("Dog walks"), gettext_lazy("When your dog needs to go out and you cannot")),
    "library": (gettext_lazy("Library books"), gettext_lazy("Fetch books or take them back")),
}

FRAMES: Final[dict[str, tuple[Lazy, Lazy]]] = {
    "general": (
        gettext_lazy("Help between neighbours"),
        gettext_lazy("help between residents, at their own responsibility"),
    ),
    "assignment": (
        gettext_lazy("An assignment from the municipality"),
        gettext_lazy(
            "an assignment from the municipality: insurance and a promise of secrecy are part of it"
        ),
    ),
    "social": (
        gettext_lazy("Part of the social services"),
        gettext_lazy("part of the social services, open to you without an assessment of needs"),
    ),
    "association": (
        gettext_lazy("Run by an association"),
        gettext_lazy("run by an association, which answers for it"),
    ),
}

RESPONSIBILITY: Final[dict[str, Lazy]] = {
    "general": gettext_lazy(
        "This is help between neighbours. Nobody is paid, and you both answer for what you do yourselves. "
        "The municipality brings you together and has checked what its rules say, but it is not responsible "
        "for how the help is done. If something breaks, your own home insurance applies. Agree on money for "
        "what is bought beforehand, and keep what you see and hear to yourself. You can always say no, and "
        "you can always ring us."
    ),
    "assignment": gettext_lazy(
        "This help is an assignment from the municipality. The helper is a volunteer, has been met by us, "
        "has promised secrecy, and is insured against accidents on the way and while helping. The "
        "municipality answers for who is sent; what calls for training, such as medicines or personal care, "
        "is never part of it. Tell us at once if something goes wrong: then it is ours to put right. You "
        "can always say no, and you can always ring us."
    ),
    "social": gettext_lazy(
        "This help is part of the municipality's social services. You need no decision to have it, and "
        "nobody assesses your needs. Secrecy applies to everybody who takes part, helpers too, and only "
        "those who work with this in the social services can see that you use it. The municipality answers "
        "for the help and keeps the notes that the law asks for. You can always say no, and you can always "
        "ring us."
    ),
    "association": gettext_lazy(
        "This help is run by an association. It chooses its own helpers, answers for them, and for the "
        "personal data it needs; the municipality only shows the way. Ask the association which insurance "
        "applies. Keep what you see and hear to yourself. You can always say no, and you can always ring the "
        "municipality too."
    ),
}

AGREEMENTS: Final[dict[str, Lazy]] = {
    "first": gettext_lazy("The first helper who says yes comes"),
    "asker": gettext_lazy("Whoever asks chooses among those who offer"),
    "coordinator": gettext_lazy("A coordinator brings the two together"),
}

TRAININGS: Final[dict[str, Lazy]] = {
    "children": gettext_lazy("Introduction: helping children"),
    "ambassador": gettext_lazy("The ambassadors' course"),
}

# What is demanded, and what to do about it and where.
DEMANDS: Final[dict[str, tuple[Lazy, Lazy]]] = {
    "identity": (
        gettext_lazy("Identity"),
        gettext_lazy(
            "Show your identity card at a service centre or to a coordinator. It takes two minutes."
        ),
    ),
    "adult": (
        gettext_lazy("18 years old"),
        gettext_lazy("Seen on your identity card, at the same time as your identity."),
    ),
    "interview": (
        gettext_lazy("A talk with a coordinator"),
        gettext_lazy("We ring you and find a time, by phone or over a coffee with us."),
    ),
    "reference": (
        gettext_lazy("A reference"),
        gettext_lazy("Give us the name of somebody who knows you; we ring them."),
    ),
    "training": (gettext_lazy("An introduction"), gettext_lazy("Ring us for the next date. It is free.")),
    "record_extract": (
        gettext_lazy("Extract from the criminal records register"),
        gettext_lazy(
            "Order it from the police, free of charge, and show it at a service centre. We only keep that it "
            "was shown, the date and who saw it."
        ),
    ),
    "organisation": (
        gettext_lazy("An organisation vouches for you"),
        gettext_lazy("Ask your association to tell us that it vouches for you."),
    ),
    "caseworker": (gettext_lazy("A caseworker decides"), gettext_lazy("You need not do anything.")),
}

GROUNDS: Final[dict[str, Lazy]] = {
    "2013:852": gettext_lazy(
        "May be demanded because the service means direct and regular contact with children (law 2013:852)."
    ),
    "2026:43": gettext_lazy(
        "May be demanded because the service is an effort in the home in the social services (law 2026:43)."
    ),
}

STATES: Final[dict[str, Lazy]] = {
    "none": gettext_lazy("Not applied for"),
    "applied": gettext_lazy("Applied for"),
    "granted": gettext_lazy("In force"),
    "refused": gettext_lazy("Not approved"),
    "suspended": gettext_lazy("Paused"),
    "revoked": gettext_lazy("Withdrawn"),
    "lapsed": gettext_lazy("Has run out"),
}

VERBS: Final[dict[str, Lazy]] = {
    "asked_for_more": gettext_lazy("Asked for what remains"),
    "granted": gettext_lazy("Approved"),
    "refused": gettext_lazy("Not approved"),
    "suspended": gettext_lazy("Paused"),
    "revoked": gettext_lazy("Withdrawn"),
    "reinstated": gettext_lazy("In force again"),
    "lapsed": gettext_lazy("Ran out"),
    "renewed": gettext_lazy("Renewed"),
    "reopened": gettext_lazy("Applied again"),
    "upheld": gettext_lazy("The decision stands"),
}

REASONS: Final[dict[str, Lazy]] = {
    "not_yet_met": gettext_lazy("A demand is not yet met"),
    "rule_changed": gettext_lazy("The rules of the service have changed"),
    "demands_met": gettext_lazy("All demands are met"),
    "automatic": gettext_lazy("All demands of the published rule are met; decided automatically"),
    "open_to_all": gettext_lazy("The service is open to all"),
    "not_approved": gettext_lazy("Not approved"),
    "not_met_in_time": gettext_lazy("The demands were not met in time"),
    "own_wish": gettext_lazy("At the person's own wish"),
    "person_left": gettext_lazy("The person has left"),
    "under_review": gettext_lazy("Being looked into"),
    "report": gettext_lazy("A report is being looked into"),
    "no_longer_met": gettext_lazy("The demands are no longer met"),
    "against_purpose": gettext_lazy("Used for something other than its purpose"),
    "review_done": gettext_lazy("It has been looked into"),
    "check_expired": gettext_lazy("A check has run out"),
    "time_ran_out": gettext_lazy("The time it was given for has run out"),
    "check_withdrawn": gettext_lazy("A check was taken back"),
    "applied_again": gettext_lazy("Applied again"),
}

# Why a rule cannot be set as it stands, and what to do instead.
FLAWS: Final[dict[str, Lazy]] = {
    "unknown": gettext_lazy(
        "One of the demands is unknown. Open the page again and choose among those there."
    ),
    "twice": gettext_lazy("The same demand stands there twice. Keep one of them."),
    "nameless_training": gettext_lazy("Say which introduction is demanded."),
    "months": gettext_lazy("How long something counts is from 1 to 120 months, or empty for until further."),
    "extract_of_askers": gettext_lazy(
        "An extract from the criminal records register may never be demanded of somebody who asks for help."
    ),
    "extract_without_ground": gettext_lazy(
        "An extract from the criminal records register may be demanded only where the service means direct "
        "and regular contact with children (law 2013:852), or is an effort in the home in the social "
        "services (law 2026:43). This service is neither, so the law gives no ground. A talk and a "
        "reference are often better ways to get to know somebody."
    ),
    "automatic_and_caseworker": gettext_lazy(
        "A caseworker's decision and automatic decisions exclude each other. Choose one of them."
    ),
}


def service_words(service: Spoken) -> ServiceWords:
    """What a service is called, and who answers for it: the town's own words, else the catalogue's."""
    name, summary = NAMES.get(service.kind, ("", ""))
    return ServiceWords(
        service.name or str(name),
        service.summary or str(summary),
        service.responsibility or str(RESPONSIBILITY[service.frame]),
    )


def demand_name(demand: rules.Demand) -> str:
    """What a demand is called."""
    if demand.kind == "training" and demand.name:
        return str(TRAININGS.get(demand.name, demand.name))
    return str(DEMANDS[demand.kind][0])


def demand_length(demand: rules.Demand) -> str:
    """How long it counts once met."""
    return length(demand.months) if demand.months else ""


def length(months: int) -> str:
    """A number of months as people say it."""
    if months % 12 == 0:
        years = months // 12
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": spoken.number(years)}
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": spoken.number(months)}


def change_words(change: rules.Change) -> str:
    """One difference between two versions of a rule, as a sentence."""
    if change.demand is not None:
        return _demand_change(change, demand_name(change.demand))
    if change.what == "automatic":
        if change.now:
            return _("Whoever meets the demands is now approved at once.")
        return _("A caseworker now decides.")
    return _("Approval now holds for %(now)s, before for %(before)s.") % {
        "now": _held(change.now),
        "before": _held(change.before),
    }


def _demand_change(change: rules.Change, name: str) -> str:
    if change.what == "added":
        return _("New demand: %(demand)s.") % {"demand": name}
    if change.what == "removed":
        return _("No longer demanded: %(demand)s.") % {"demand": name}
    return _("%(demand)s now counts for %(now)s, before for %(before)s.") % {
        "demand": name,
        "now": _held(change.now),
        "before": _held(change.before),
    }


def _held(months: int | bool | None) -> str:
    return length(int(months)) if months else _("until further")


TABS: Final[dict[str, Lazy]] = {
    "waiting": gettext_lazy("To decide"),
    "held": gettext_lazy("In force"),
    "paused": pgettext_lazy("several", "Paused"),
    "ended": gettext_lazy("Ended"),
}

# What a caseworker may do, and what happens then.
DECIDING: Final[dict[str, tuple[Lazy, Lazy]]] = {
    "asked_for_more": (
        gettext_lazy("Ask for what remains"),
        gettext_lazy("They are told what it is and where it is done. The case stays open."),
    ),
    "granted": (gettext_lazy("Approve"), gettext_lazy("They can begin at once.")),
    "refused": (
        gettext_lazy("Do not approve"),
        gettext_lazy("They are told how to have the decision looked at again."),
    ),
    "reinstated": (gettext_lazy("Let it hold again"), gettext_lazy("They can go on at once.")),
    "renewed": (gettext_lazy("Renew"), gettext_lazy("A new period begins today.")),
    "upheld": (
        gettext_lazy("Let the decision stand"),
        gettext_lazy("They are told that it has been looked at again, and read your motivation."),
    ),
    "suspended": (
        gettext_lazy("Pause"),
        gettext_lazy("At once. What is agreed for the coming days opens to others, and both sides are told."),
    ),
    "revoked": (
        gettext_lazy("Withdraw"),
        gettext_lazy(
            "At once. What is agreed for the coming days opens to others, and both sides are told. To come "
            "back they apply again."
        ),
    ),
}


def reason_choices(verbs: Iterable[str], demands: Iterable[rules.Demand]) -> list[Choice]:
    """The reasons of each decision, in groups; the first one of a decision is the usual one."""
    asked = tuple(demands)
    groups: list[Choice] = [
        (str(DECIDING[verb][0]), [(code, str(REASONS[code])) for code in rules.reasons(verb, asked)])
        for verb in verbs
    ]
    return [("", _("The usual one for the decision")), *groups]
