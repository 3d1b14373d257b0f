"""Which record types may be destroyed, how, and what we would propose where nothing is decided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """Days we would propose to keep, and the columns emptied where the row must stay."""

    days: int
    blank: tuple[str, ...] = ()


# Only what nothing else rests on: asks, errands, permits and decisions stay as pseudonymous rows.
DESTRUCTIBLE: dict[str, Proposal] = {
    "draft": Proposal(30),
    "message": Proposal(30),
    "ask_place": Proposal(30),
    "ask": Proposal(90, blank=("for_name", "need", "know")),
    "notice": Proposal(90),
    "subscription": Proposal(730),
    "incoming": Proposal(30),
    "call": Proposal(30),
    "feedback": Proposal(365, blank=("thanks", "for_municipality")),
    "reason": Proposal(730),
    "case_note": Proposal(730),
    "told": Proposal(365),
    "mandate": Proposal(730),
    "desk_call": Proposal(30, blank=("note",)),
    "ring_back": Proposal(90),
    "confidant": Proposal(365),
    "consent": Proposal(730, blank=("words", "in_swedish")),
}

# What goes by the decision on another record type, as long after its own event.
FOLLOWS: dict[str, str] = {
    "receipt": "message",
    # Of whom was told of an ask: by which figures, at what price, at which step of the search.
    "chosen": "told",
    "attention": "told",
    "search_step": "told",
}

# Record types whose event is a date without an hour.
DATES = frozenset({"valid_until"})


def by_decision_on(record_type: str) -> tuple[str, ...]:
    """Every record type that goes when this one does, itself first."""
    return (record_type, *(follower for follower, led_by in FOLLOWS.items() if led_by == record_type))


def blank(record_type: str) -> tuple[str, ...]:
    """The columns emptied where the row must stay; none where the row itself goes."""
    proposed = DESTRUCTIBLE.get(record_type)
    return proposed.blank if proposed else ()
