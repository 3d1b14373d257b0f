"""What the two sides of an errand have written to each other, with both names where one wrote for another."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from handtag.errands.models import Errand, Message, Outlay
from handtag.errands.queries import saying
from handtag.errands.queries.sides import is_relayed, side_of
from handtag.errands.rules import lifecycle
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.people import queries as people
from handtag.people.queries import shown_as

MESSAGES_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One message."""

    id: UUID
    text: str
    at: datetime
    is_mine: bool
    who: str
    written_in: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What was written and laid out about one errand, for one of its two sides."""

    errand_id: UUID
    messages: tuple[Said, ...]
    may_write: bool
    ceiling: int | None  # what was agreed on for goods, as long as it has not been repaid
    spent: int | None
    is_helper: bool


def messages_of(by: Actor, errand: Errand) -> tuple[Said, ...]:
    """What the two have written, the earliest first."""
    latest = Message.objects.filter(errand=errand).order_by("-at", "-id")[:MESSAGES_SHOWN]
    return _said(by, errand, list(latest)[::-1])


def talks(by: Actor, errand_ids: Collection[UUID]) -> tuple[Talk, ...]:
    """The same of several errands, where the reader is one of the two and the two may write to each other."""
    rows = Errand.objects.of(by.tenant).filter(id__in=errand_ids)
    found = [
        each
        for each in rows.select_related("helper", "asker", "occasion__ask", "outlay")
        if side_of(by, each) is not None and not is_relayed(each)
    ]
    written: dict[UUID, list[Message]] = {each.id: [] for each in found}
    for message in Message.objects.filter(errand__in=found).order_by("at", "id"):
        written[message.errand_id].append(message)
    now = clock.now()
    return tuple(_talk(by, each, written[each.id][-MESSAGES_SHOWN:], now) for each in found)


def _talk(by: Actor, errand: Errand, rows: list[Message], now: datetime) -> Talk:
    money: Outlay | None = getattr(errand, "outlay", None)
    owed = money if money and money.repaid_at is None else None
    return Talk(
        errand_id=errand.id,
        messages=_said(by, errand, rows),
        may_write=lifecycle.are_close(errand.state, errand.ends_at, now),
        ceiling=owed.ceiling if owed else None,
        spent=owed.spent if owed else None,
        is_helper=side_of(by, errand) == Errand.Side.HELPER,
    )


def _said(by: Actor, errand: Errand, rows: list[Message]) -> tuple[Said, ...]:
    called = _writers(by, errand, rows)
    mine = side_of(by, errand)
    return tuple(
        Said(
            row.pk,
            row.text,
            row.at,
            _side(errand, row) == mine,
            called[row.writer_id, row.said_for_id],
            row.written_in,
        )
        for row in rows
    )


def _side(errand: Errand, row: Message) -> Errand.Side:
    """Whose words these are; who is neither of the two wrote for the asker."""
    is_helpers = (row.said_for_id or row.writer_id) == errand.helper_id
    return Errand.Side.HELPER if is_helpers else Errand.Side.ASKER


def _writers(by: Actor, errand: Errand, rows: Iterable[Message]) -> dict[tuple[UUID, UUID | None], str]:
    """What those who wrote are called: nothing for the reader, both names for who wrote for another."""
    pairs = {(row.writer_id, row.said_for_id) for row in rows}
    two = {each.id: shown_as(each, to=by) for each in (errand.helper, errand.asker)}
    others = people.names(by, {writer for writer, _whose in pairs} - set(two))
    return {(writer, whose): _called(by, errand, (writer, whose), two, others) for writer, whose in pairs}


def _called(
    by: Actor,
    errand: Errand,
    pair: tuple[UUID, UUID | None],
    two: dict[UUID, str],
    others: dict[UUID, str],
) -> str:
    writer, whose = pair
    if writer == by.person_id and whose in (None, by.behalf_of):
        return ""
    if writer in two and whose is None:
        return two[writer]
    name = two.get(writer) or others[writer]
    return saying.for_another(name, two.get(whose or errand.asker_id, two[errand.asker_id]))
