"""Swedish personal identity numbers and coordination numbers, as people and providers write them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from personnummer import personnummer

from handtag.kernel.errors import Problem

PURPOSE = "identity number"


class Certainty(StrEnum):
    """How sure the state is of whose a coordination number is; a personal identity number is always sure."""

    CONFIRMED = "confirmed"  # styrkt
    PROBABLE = "probable"  # sannolik
    UNCERTAIN = "uncertain"  # osäker


# What providers and the tax agency call the levels; what nobody has heard of counts as uncertain.
_SAID = {
    **dict.fromkeys(("confirmed", "styrkt"), Certainty.CONFIRMED),
    **dict.fromkeys(("probable", "sannolik"), Certainty.PROBABLE),
}


@dataclass(frozen=True, slots=True)
class Number:
    """Twelve digits, and whether the day is 60 too high: a coordination number."""

    digits: str
    is_coordination: bool


def normal(words: str) -> Number:
    """The number in one form. Raises Problem, which does not repeat what was written."""
    try:
        found = personnummer.parse(words.strip(), {"allow_coordination_number": True})
    except (personnummer.PersonnummerException, ValueError):
        problem = _("A personal identity number has ten or twelve digits. Look at it once more.")
        raise Problem(problem, field="number") from None  # the library repeats what was written
    return Number(found.format(True), found.is_coordination_number())


def certainty(number: Number, said: str) -> Certainty:
    """How sure it is whose the number is; a coordination number without a word about it is uncertain."""
    if not number.is_coordination:
        return Certainty.CONFIRMED
    return _SAID.get(said.strip().casefold(), Certainty.UNCERTAIN)


def is_adult(number: Number, today: date) -> bool:
    """Whether the number is of somebody who is 18 or older today."""
    year, month = int(number.digits[:4]), int(number.digits[4:6])
    day = int(number.digits[6:8]) - (60 if number.is_coordination else 0)
    return (today.year - 18, today.month, today.day) >= (year, month, day)
