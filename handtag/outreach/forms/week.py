"""What a coordinator's choices for the week and the press that sends it say, as plain values."""

from uuid import UUID

from django.http import QueryDict

from handtag.outreach.rules import week


def choices(said: QueryDict) -> week.Choices:
    """The choices, as they stand in the address of the page; what is no choice is passed over."""
    return week.read(said.getlist("val"))


def place(said: QueryDict) -> int:
    """Which of the places at a date is meant, from 0; one that there is not where it is no number."""
    words = said.get("plats", "1")
    return int(words) - 1 if words.isdecimal() and len(words) < 4 else -1


def pairs(said: QueryDict) -> list[tuple[UUID, UUID]]:
    """The dates and helpers to be asked, as the page showed them."""
    return week.pairs(said.getlist("par"))
