"""What a coordinator has chosen for the week, as it stands in an address, and what a pair of people costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

AHEAD: Final = timedelta(days=7)
ANSWERS_AT_MOST: Final = 150  # for who never answers, half of it for who is new: as far as a km
OTHER_LANGUAGE: Final = 75  # for who speaks another of the languages than the first
NOBODY: Final = "ingen"
MOST_CHOICES: Final = 60  # an address has its length


class Cost(NamedTuple):
    """What it costs that this helper comes, in points: 150 a km, 120 for each errand in 28 days."""

    way: int
    load: int
    language: int
    answers: int

    @property
    def points(self) -> int:
        """All of it."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class Choices:
    """For each occasion that a coordinator has settled: who comes to each of its places, None for nobody."""

    by_occasion: Mapping[UUID, tuple[UUID | None, ...]] = field(default_factory=dict)

    def with_(self, occasion_id: UUID, people: Iterable[UUID | None]) -> "Choices":
        """With this one settled too, or settled anew: the last is the youngest."""
        kept = {key: value for key, value in self.by_occasion.items() if key != occasion_id}
        return Choices({**kept, occasion_id: tuple(people)})

    def without(self, occasion_id: UUID) -> "Choices":
        """With this one left to the proposal again."""
        return Choices({key: value for key, value in self.by_occasion.items() if key != occasion_id})

    def __bool__(self) -> bool:
        return bool(self.by_occasion)

    def __str__(self) -> str:
        """As it stands in an address."""
        return "&".join(f"val={written(*each)}" for each in self.by_occasion.items())


def written(occasion_id: UUID, people: Iterable[UUID | None]) -> str:
    """One occasion and who comes to it, as text."""
    return ".".join([occasion_id.hex, *(each.hex if each else NOBODY for each in people)])


def read(words: Iterable[str]) -> Choices:
    """What addresses and forms say; what is no choice is passed over, and of two the last one counts."""
    found: dict[UUID, tuple[UUID | None, ...]] = {}
    for word in list(words)[:MOST_CHOICES]:
        one, *others = word.split(".")
        occasion, people = _id(one), [None if each == NOBODY else _id(each) for each in others]
        told = all(person or each == NOBODY for person, each in zip(people, others, strict=True))
        if occasion and people and told:
            found[occasion] = tuple(people)
    return Choices(found)


def pairs(words: Iterable[str]) -> list[tuple[UUID, UUID]]:
    """Occasions and helpers, as a form to be sent names them; each pair once."""
    found = [(_id(one), _id(other)) for one, _, other in (word.partition(".") for word in words)]
    return list(dict.fromkeys((one, other) for one, other in found if one and other))


def _id(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None
