"""An unfinished ask as it was answered so far, and what it comes to: plain words in, a wish out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from handtag.errands.rules import times
from handtag.errands.rules.asks import Wish

Words = Mapping[str, Any]

# The four steps; what, and then what the helper must know, are two screens of one step.
STEPS: Final = ("whom", "what", "more", "when", "where", "send")
NUMBER: Final = {"whom": 1, "what": 2, "more": 2, "when": 3, "where": 4, "send": 4}
# The answer that shows that a step has been taken, and the fields of the wish that it answers for.
ANSWERED_BY: Final = {"whom": "for_whom", "what": "service", "more": "more", "when": "when", "where": "where"}
FIELDS: Final[dict[str, frozenset[str]]] = {
    "whom": frozenset({"for_whom", "for_name", "languages"}),
    "what": frozenset({"service"}),
    "more": frozenset({"need", "know", "outlay_how", "outlay_ceiling"}),
    "when": frozenset({"day", "from_time", "to_time", "last_on", "wanted"}),
    "where": frozenset({"place", "address", "door", "groups"}),
    "send": frozenset({"accepted", "excepted"}),
}
_NOWHERE: Final = UUID(int=0)


def first_open(words: Words) -> str:
    """The first step not yet taken; the sending when all are."""
    return next((step for step, key in ANSWERED_BY.items() if not words.get(key)), "send")


def after(step: str) -> str:
    """The step that follows."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def before(step: str) -> str | None:
    """The step that comes before, if any."""
    return STEPS[STEPS.index(step) - 1] if step != STEPS[0] else None


def step_of(field: str) -> str:
    """The step on which a field is answered."""
    return next((step for step, fields in FIELDS.items() if field in fields), "send")


def wish_of(words: Words, now: datetime) -> Wish:
    """The wish that the answers come to; what is not answered yet is as it usually is."""
    day, from_time, to_time = _when(words, now)
    return Wish(
        service_id=_id(words.get("service")) or _NOWHERE,
        day=day,
        from_time=from_time,
        to_time=to_time,
        last_on=_date(words.get("last_on")) if words.get("often") == "weekly" else None,
        excepted=tuple(sorted(each for each in map(_date, _many(words, "excepted")) if each)),
        wanted=_number(words.get("wanted")) or 1,
        for_whom=words.get("for_whom") or "self",
        for_name=words.get("for_name", ""),
        need=words.get("need", ""),
        know=words.get("know", ""),
        languages=tuple(_many(words, "languages")),
        place_id=_id(words.get("place")),
        address=words.get("address", ""),
        longitude=_decimal(words.get("longitude")),
        latitude=_decimal(words.get("latitude")),
        door=words.get("door", ""),
        outlay_ceiling=_number(words.get("outlay_ceiling")) if words.get("outlay_how") else None,
        outlay_how=words.get("outlay_how", ""),
        group_ids=tuple(each for each in map(_id, _many(words, "groups")) if each),
        accepted=words.get("accepted") == "yes",
    )


def _when(words: Words, now: datetime) -> tuple[date, time, time]:
    """As soon as possible is worked out at the moment it is read; a day was fixed when it was chosen."""
    soon = times.soon(now)
    if words.get("when") != "day":
        return soon
    from_time, to_time = times.PARTS.get(words.get("part", ""), (None, None))
    return (
        _date(words.get("day")) or soon[0],
        from_time or _time(words.get("from_time")) or soon[1],
        to_time or _time(words.get("to_time")) or soon[2],
    )


def part_of(from_time: time, to_time: time) -> str:
    """What a window is called in parts of the day; `own` for hours of one's own."""
    return next((part for part, hours in times.PARTS.items() if hours == (from_time, to_time)), "own")


def _many(words: Words, key: str) -> Sequence[str]:
    found = words.get(key) or []
    return found if isinstance(found, list | tuple) else []


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _time(text: object) -> time | None:
    try:
        return time.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _number(text: object) -> int | None:
    try:
        return int(str(text)) if text not in (None, "") else None
    except ValueError:
        return None


def _decimal(text: object) -> float | None:
    try:
        return float(str(text)) if text not in (None, "") else None
    except ValueError:
        return None
