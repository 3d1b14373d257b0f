"""One errand as the reader's side may see it: exact place and phone while the two are close, no longer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from handtag.errands.models import Ask, AskPlace, Errand, Feedback, Outlay
from handtag.errands.queries import eligible, saying
from handtag.errands.queries.bridging import may_ring
from handtag.errands.queries.receipts import ReceiptRow, may_add, may_change, receipts_of
from handtag.errands.queries.sides import errand_of, is_relayed, side_of
from handtag.errands.queries.written import Said, messages_of
from handtag.errands.rules import lifecycle
from handtag.history.queries import of_objects
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.people.queries import contact_of, shown_as
from handtag.permits.models import HelperCode
from handtag.permits.queries import ServiceRow, service


@dataclass(frozen=True, slots=True)
class Where:
    """The exact place, for who is agreed."""

    words: str
    door: str
    place: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Money:
    """What was agreed on for goods."""

    ceiling: int
    how: str
    agreed_at: datetime
    spent: int | None
    repaid_at: datetime | None


@dataclass(frozen=True, slots=True)
class ErrandPage:
    """All that one side sees of an errand."""

    id: UUID
    ask_id: UUID
    occasion_id: UUID
    state: str
    side: str
    service: ServiceRow
    area: str
    name: str
    full_name: str
    start: datetime
    end: datetime
    close_until: datetime
    is_close: bool
    is_relayed: bool
    door_code: str
    where: Where | None
    phone: str
    may_ring: bool
    know: str
    need: str
    written_in: str
    money: Money | None
    receipts: tuple[ReceiptRow, ...]
    may_add_receipt: bool
    may_remove_receipt: bool
    messages: tuple[Said, ...]
    thanks: str
    thanks_in: str
    has_said: bool
    other_has_said: bool
    missed_by: str
    verify_code: str
    steps: list[saying.StepRow]
    is_helped_by_proxy: bool
    may_regret: bool
    verbs: frozenset[str]

    @property
    def is_helper(self) -> bool:
        """Whether the reader is the one who helps."""
        return self.side == Errand.Side.HELPER

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be done."""
        return self.state in lifecycle.BOOKED

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody called it off."""
        return self.state in lifecycle.CANCELLED

    @property
    def may_say(self) -> bool:
        """Whether the reader may say how it was."""
        return self.state in lifecycle.SAYABLE and not self.has_said

    @property
    def may_undo(self) -> bool:
        """Whether a start or a done can be taken back."""
        return self.state == "started" or (
            self.state == "completed" and not (self.has_said or self.other_has_said)
        )

    @property
    def tag(self) -> tuple[str, str]:
        """Its state as a kind of tag and words."""
        kind, words = saying.STATES[self.state]
        return kind, str(words)

    def removable(self, receipt_id: UUID) -> ReceiptRow:
        """A receipt that the reader may take away; else NotFound."""
        found = next((each for each in self.receipts if each.id == receipt_id), None)
        if found is None or not self.may_remove_receipt:
            raise NotFound("receipt")
        return found

    @property
    def last_message(self) -> str:
        """What a page that is open already compares with."""
        return str(self.messages[-1].id) if self.messages else ""


def errand_page(by: Actor, errand_id: UUID) -> ErrandPage:
    """The errand for one of its two sides, or for who steers asks, who sees no words of the two."""
    errand = errand_of(by, errand_id)
    side, said = side_of(by, errand), {row.side: row for row in Feedback.objects.filter(errand_id=errand_id)}
    other = errand.helper if side == Errand.Side.ASKER else errand.asker
    ask, now = errand.occasion.ask, clock.now()
    relayed = is_relayed(errand)
    rings = side is not None and may_ring(by, errand)
    close = side is not None and lifecycle.are_close(errand.state, errand.ends_at, now)
    return ErrandPage(
        id=errand.id,
        ask_id=ask.id,
        occasion_id=errand.occasion_id,
        state=errand.state,
        side=side or "",
        service=service(by.tenant, ask.service_id),
        area=ask.area.name if ask.area and not relayed else "",
        name=shown_as(other, to=by),
        full_name=shown_as(other, to=by, close=close),
        start=errand.starts_at,
        end=errand.ends_at,
        close_until=lifecycle.close_until(errand.ends_at),
        is_close=close,
        is_relayed=relayed,
        door_code=errand.door_code if close and errand.state in lifecycle.BOOKED else "",
        where=_where(errand) if close and not relayed else None,
        phone=contact_of(other, by, close=close).phone_shown if side and not rings else "",
        may_ring=rings,
        **_told(ask, is_close=close, is_one_of_the_two=side is not None),
        money=_money(errand) if side else None,
        **_receipts(by, errand),
        messages=messages_of(by, errand) if side and not relayed else (),
        **_thanks(said, side),
        has_said=side in said,
        other_has_said=bool(set(said) - {side}),
        missed_by=errand.missed_by,
        verify_code=_code(by, errand.helper_id),
        steps=_steps(by, errand),
        is_helped_by_proxy=vars(errand)["is_helped_by_proxy"],
        may_regret=_may_regret(by, errand),
        verbs=frozenset(lifecycle.ERRAND[errand.state]),
    )


def _receipts(by: Actor, errand: Errand) -> dict[str, Any]:
    """What was shown of what the goods cost, and whether more may be."""
    receipts = receipts_of(by, errand)
    return {
        "receipts": receipts,
        "may_add_receipt": may_add(by, errand, len(receipts)),
        "may_remove_receipt": may_change(by, errand),
    }


def _told(ask: Ask, *, is_close: bool, is_one_of_the_two: bool) -> dict[str, Any]:
    """What the asker has told, and in which language."""
    return {
        "know": ask.know if is_close else "",
        "need": ask.need if is_one_of_the_two else "",
        "written_in": ask.written_in,
    }


def _steps(by: Actor, errand: Errand) -> list[saying.StepRow]:
    """What has happened and what comes; to the helper of somebody protected, without names."""
    lines = of_objects([errand.id])
    hidden = is_relayed(errand) and side_of(by, errand) == Errand.Side.HELPER
    named = {} if hidden else saying.both_names(by, lines)
    return saying.timeline(lines, errand.state, errand.starts_at, named)


def _may_regret(by: Actor, errand: Errand) -> bool:
    """Whether a helper who could not come may come after all."""
    return (
        by.person_id is not None
        and errand.helper_id == by.hands
        and errand.state == Errand.State.CANCELLED_BY_HELPER
        and errand.starts_at > clock.now()
        and eligible.may_take(by, errand.occasion.ask_id)
    )


def _where(errand: Errand) -> Where | None:
    row = AskPlace.objects.filter(ask_id=errand.occasion.ask_id).select_related("place").first()
    if row is None:
        return None
    return Where(row.words, row.door, row.place.name if row.place else "", row.longitude, row.latitude)


def _money(errand: Errand) -> Money | None:
    row: Outlay | None = getattr(errand, "outlay", None)
    if row is None:
        return None
    return Money(row.ceiling, row.how, row.helper_agreed_at, row.spent, row.repaid_at)


def _thanks(said: dict[str, Feedback], side: str | None) -> dict[str, Any]:
    """What the other side wrote as thanks, and in which language."""
    theirs = next((row for whose, row in said.items() if side and whose != side), None)
    return {"thanks": theirs.thanks if theirs else "", "thanks_in": theirs.written_in if theirs else ""}


def _code(by: Actor, helper_id: UUID) -> str:
    codes = HelperCode.objects.of(by.tenant).filter(person_id=helper_id)
    return codes.values_list("code", flat=True).first() or ""
