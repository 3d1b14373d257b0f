"""The states of a permit, which decisions lead where, and for what reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from handtag.permits.rules.demands import Demand, DemandKind

# state → decision → next state. Everything else is impossible.
STATES: Final[dict[str, dict[str, str]]] = {
    "applied": {"asked_for_more": "applied", "granted": "granted", "refused": "refused"},
    "granted": {
        "asked_for_more": "granted",  # the rule was sharpened, and the holder was given time
        "renewed": "granted",
        "suspended": "suspended",
        "revoked": "revoked",
        "lapsed": "lapsed",
    },
    "suspended": {"reinstated": "granted", "revoked": "revoked", "upheld": "suspended"},
    "lapsed": {"granted": "granted", "reopened": "applied"},
    "refused": {
        "granted": "granted",
        "asked_for_more": "applied",
        "upheld": "refused",
        "reopened": "applied",
    },
    "revoked": {
        "reinstated": "granted",
        "asked_for_more": "applied",
        "upheld": "revoked",
        "reopened": "applied",
    },
}

# Decisions that the person may ask to have looked at again by somebody else, once each.
REVIEWABLE: Final = frozenset({"refused", "suspended", "revoked"})

# What is decided of these states only where the person has asked for that.
_IN_REVIEW: Final = {
    "refused": frozenset({"granted", "asked_for_more", "upheld"}),
    "suspended": frozenset({"upheld"}),
    "revoked": frozenset({"reinstated", "asked_for_more", "upheld"}),
}

# What a person on the staff may decide; the rest is done by the product or follows from something else.
STAFF_VERBS: Final = (
    *("asked_for_more", "granted", "refused", "reinstated", "renewed", "upheld", "suspended", "revoked"),
)

# After these, what rests on the permit is undone at once.
LOSSES: Final = frozenset({"suspended", "revoked", "lapsed"})

# The first reason of each verb is the one proposed. Codes stay; words may change.
REASONS: Final[dict[str, tuple[str, ...]]] = {
    "asked_for_more": ("not_yet_met", "rule_changed"),
    "granted": ("demands_met", "automatic", "open_to_all"),
    "refused": ("not_approved", "not_met_in_time", "own_wish", "person_left"),
    "suspended": ("under_review", "report", "own_wish"),
    "revoked": ("no_longer_met", "against_purpose", "own_wish"),
    "reinstated": ("review_done",),
    "upheld": ("review_done",),
    "lapsed": ("check_expired", "time_ran_out", "check_withdrawn", "person_left"),
    "renewed": ("demands_met",),
    "reopened": ("applied_again",),
}

# Reasons that only the product gives.
_ONLY_PRODUCT: Final = frozenset({"automatic", "open_to_all", "rule_changed", "person_left"})


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions of a rule, in one respect."""

    what: str  # "added", "removed", "months", "automatic", "valid_months"
    demand: Demand | None = None
    before: int | bool | None = None
    now: int | bool | None = None


def after(state: str, verb: str) -> str | None:
    """The state a decision leads to, or None where it cannot be taken."""
    return STATES.get(state, {}).get(verb)


def able(state: str, *, in_review: bool) -> tuple[str, ...]:
    """What a person on the staff may decide of a permit in that state."""
    closed = frozenset() if in_review else _IN_REVIEW.get(state, frozenset())
    return tuple(verb for verb in STAFF_VERBS if after(state, verb) and verb not in closed)


def recompute(verbs: Iterable[str]) -> str | None:
    """The state that follows from all decisions in their order; None where they cannot follow each other."""
    state: str | None = "applied"
    for verb in verbs:
        state = after(state, verb) if state else None
    return state


def reasons(verb: str, demands: Iterable[Demand]) -> tuple[str, ...]:
    """The reasons a person may choose from.

    Where a criminal-record extract is demanded a refusal has one neutral reason, so that a "no" on that step
    leaves no trace.
    """
    if verb == "refused" and any(demand.kind == DemandKind.RECORD_EXTRACT for demand in demands):
        return ("not_approved",)
    return tuple(code for code in REASONS.get(verb, ()) if code not in _ONLY_PRODUCT)


def changes(
    old: Sequence[Demand],
    new: Sequence[Demand],
    *,
    automatic: tuple[bool, bool],
    valid_months: tuple[int | None, int | None],
) -> list[Change]:
    """What changed from one version to the next: demands first, in the order of the new rule."""
    was = {(demand.kind, demand.name): demand for demand in old}
    now = {(demand.kind, demand.name): demand for demand in new}
    found = [Change("added", demand) for key, demand in now.items() if key not in was]
    found += [Change("removed", demand) for key, demand in was.items() if key not in now]
    found += [
        Change("months", demand, was[key].months, demand.months)
        for key, demand in now.items()
        if key in was and was[key].months != demand.months
    ]
    if automatic[0] != automatic[1]:
        found.append(Change("automatic", None, *automatic))
    if valid_months[0] != valid_months[1]:
        found.append(Change("valid_months", None, *valid_months))
    return found
