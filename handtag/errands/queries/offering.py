"""What the steps of asking offer to choose among, and the summary before it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from handtag.errands.queries import drafts
from handtag.errands.queries.drafts import Where
from handtag.errands.rules import care_words
from handtag.errands.rules.asks import Wish
from handtag.errands.rules.care_words import Topic
from handtag.errands.rules.drafts import first_open, wish_of
from handtag.errands.rules.times import Window
from handtag.groups.queries import seen_by
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.queries import place_choices
from handtag.people.queries import names
from handtag.permits.queries import Missing, ServiceRow, service, services, standing

Choices = list[tuple[str, str]]


def choices(by: Actor, where: Where, step: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a step is made with, besides what was answered."""
    if step == "whom" and by.behalf_of is not None:
        return {"helped": names(by, [by.behalf_of])[by.behalf_of]}
    if step == "what":
        return {"services": [row for row in services(where.municipality_id) if by.covers(row.id)]}
    if step == "more":
        row = service(where.municipality_id, wish_of(words, clock.now()).service_id)
        return {"kind": row.kind, "has_outlay": row.outlay}
    if step == "where":
        return {
            "home": drafts.home(by) if where.ask_id is None else None,
            "places": place_choices(where.municipality_id),
            "groups": group_choices(by, where.municipality_id),
        }
    return {}


def group_choices(by: Actor, municipality_id: UUID) -> Choices:
    """The groups that a question can be kept to: of those by invitation, one's own."""
    return [(str(row.id), row.name) for row in seen_by(by, municipality_id)]


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is about to be sent, and what stands in the way of it."""

    open_step: str
    wish: Wish
    service: ServiceRow | None
    place: str
    groups: tuple[str, ...]
    days: tuple[tuple[date, Window], ...]
    taken_away: tuple[date, ...]
    topics: tuple[Topic, ...]
    needs: str
    missing: tuple[Missing, ...]
    waits: bool

    @property
    def is_ready(self) -> bool:
        """Whether every step has been taken."""
        return self.open_step == "send" and self.service is not None

    @property
    def first(self) -> Window:
        """The first time it is wanted."""
        return self.wish.windows[0] if self.wish.windows else self.days[0][1]


def summary(by: Actor, where: Where) -> Summary:
    """What was answered, as it will be sent. `needs` says what the reader must do first: log in, or join."""
    words = drafts.words(by, where)
    wish = wish_of({**words, "excepted": []}, clock.now())
    step = first_open(words)
    row = service(where.municipality_id, wish.service_id) if words.get("service") else None
    stands = standing(by.whose, row, "ask") if row and by.may(Right.TAKE_PART) else None
    return Summary(
        open_step=step,
        wish=wish,
        service=row,
        place=_named(place_choices(where.municipality_id), str(wish.place_id or "")),
        groups=_groups(by, where.municipality_id, wish.group_ids),
        days=tuple(zip(wish.days, wish.windows, strict=True)),
        taken_away=wish_of(words, clock.now()).excepted,
        topics=tuple(care_words.topics(hit.word for hit in care_words.found(wish.need, wish.know))),
        needs="login" if by.person_id is None else "" if by.may(Right.TAKE_PART) else "role",
        missing=tuple(stands.missing) if stands and not stands.in_force else (),
        waits=bool(stands and (stands.waits_for_decision or not (stands.untouched or stands.in_force))),
    )


def _groups(by: Actor, municipality_id: UUID, chosen: Collection[UUID]) -> tuple[str, ...]:
    if not chosen:
        return ()
    return tuple(name for key, name in group_choices(by, municipality_id) if UUID(key) in chosen)


def _named(choices: Choices, key: str) -> str:
    return dict(choices).get(key, "")


@dataclass(frozen=True, slots=True)
class Advice:
    """Words of the list that stand in an unfinished ask, and what they are about."""

    words: tuple[str, ...]
    topics: tuple[Topic, ...]

    @property
    def is_danger(self) -> bool:
        """Whether somebody may be in danger now."""
        return Topic.DANGER in self.topics

    @property
    def is_illness(self) -> bool:
        """Whether those who give medical advice are the ones to ask."""
        return bool({Topic.ILLNESS, Topic.MEDICINE, Topic.WOUNDS} & set(self.topics))

    @property
    def is_care(self) -> bool:
        """Whether the municipality has somebody whose task this is."""
        return bool({Topic.HYGIENE, Topic.MEDICINE, Topic.WOUNDS} & set(self.topics))


def advice(words: Mapping[str, Any]) -> Advice:
    """What the texts of an unfinished ask sound like."""
    hits = care_words.found(words.get("need", ""), words.get("know", ""))
    found = tuple(hit.word.replace("*", "") for hit in hits)
    return Advice(found, tuple(care_words.topics(hit.word for hit in hits)))


def published_list() -> list[tuple[Topic, list[tuple[str, list[str]]]]]:
    """The word list as it is published: by topic and language."""
    return [
        (topic, [(code, [word.replace("*", "…") for word in words]) for code, words in languages.items()])
        for topic, languages in care_words.LIST.items()
    ]
