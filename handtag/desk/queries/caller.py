"""Everything an agent needs with a caller on the line: what to tell them, and what can be done for them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from handtag.desk.queries.log import Line, calls
from handtag.desk.queries.ringing import Ringing, confidant_of, holder_of
from handtag.desk.queries.ringing import mine as ringing
from handtag.errands.models import Ask, Invitation
from handtag.errands.queries.errands import ErrandPage, errand_page
from handtag.errands.queries.meeting import MyErrands, OfferRow, my_errands, offers_of
from handtag.errands.queries.mine import mine
from handtag.errands.queries.open_asks import Look, OpenAsk, open_page
from handtag.errands.queries.status import Status, status
from handtag.errands.queries.wording import Said, said
from handtag.errands.queries.written import Talk, talks
from handtag.helpers import queries as helpers
from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.mandates.queries import Row
from handtag.notices.queries import ToTell, chosen, to_tell
from handtag.people.queries import PersonPage, blocked_by_me, contact_of, shown_as

MOST_ASKS: Final = 4
MOST_ERRANDS: Final = 4
MOST_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class OneAsk:
    """One ask of the caller's, in words to read aloud, with what can be done."""

    status: Status
    said: Said
    offers: tuple[OfferRow, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Something that the caller is asked to help with; the text of responsibility is read before a yes."""

    id: UUID
    service: str
    area: str
    name: str
    start: object
    end: object
    responsibility: str


@dataclass(frozen=True, slots=True)
class CallerPage:
    """The page of one caller."""

    person: PersonPage
    news: tuple[ToTell, ...]
    ringing: tuple[Ringing, ...]
    asks: tuple[OneAsk, ...]
    more_asks: int
    invited: tuple[Invited, ...]
    helping: MyErrands | None
    errands: tuple[ErrandPage, ...]
    talks: tuple[Talk, ...]
    near: tuple[OpenAsk, ...]
    profile: helpers.Profile | None
    proxies: tuple[Row, ...]
    helped: tuple[Row, ...]
    blocked: tuple[tuple[UUID, str], ...]
    channel: str
    told: str
    calls: tuple[Line, ...]


def caller_page(by: Actor, caller: Actor, person: PersonPage, held: tuple[Row, ...]) -> CallerPage:
    """The page. What is read aloud is what the caller may hear: names and places as the caller sees them."""
    may = caller.may(Right.TAKE_PART)
    live = mine(caller).live if may else ()
    profile = helpers.profile(by.tenant, person.id) if may else None
    helping = my_errands(caller) if profile else None
    asks = tuple(_ask(caller, one) for one in (*[line.id for line in live[:MOST_ASKS]], *_lately(caller)))
    errands = _errands(caller, helping)
    coming = [each.errand_id for one in asks for each in one.status.coming]
    return CallerPage(
        person=person,
        news=tuple(to_tell(by.tenant, person.id)),
        ringing=tuple(ringing(by, person.id)),
        asks=asks,
        more_asks=max(0, len(live) - MOST_ASKS),
        invited=_invited(by, helping),
        helping=helping,
        errands=errands,
        talks=talks(caller, [*coming, *[each.id for each in errands]]) if may else (),
        near=open_page(caller, Look(most=MOST_NEAR)).asks if profile else (),
        profile=profile,
        proxies=tuple(row for row in held if row.is_in_force and row.helped_id == person.id),
        helped=tuple(row for row in held if row.is_in_force and row.proxy_id == person.id),
        blocked=tuple(blocked_by_me(caller)) if may else (),
        channel=(chosen(person.id).channels or ("",))[0],
        told=_told(by, person.id),
        calls=tuple(calls(by, person.id)[:5]),
    )


def _lately(caller: Actor) -> list[UUID]:
    """The last one taken back or done: so that it can be undone, or thanked for."""
    if not caller.may(Right.TAKE_PART):
        return []
    past = Ask.objects.of(caller.tenant).filter(asker_id=caller.whose, ended_at__isnull=False)
    return list(past.order_by("-ended_at").values_list("id", flat=True)[:1])


def _ask(caller: Actor, ask_id: UUID) -> OneAsk:
    found = status(caller, ask_id)
    offers = tuple(offers_of(caller, ask_id)) if found.reached.offered else ()
    return OneAsk(found, said(found), offers)


def _invited(by: Actor, helping: MyErrands | None) -> tuple[Invited, ...]:
    rows = helping.invitations if helping else ()
    texts = Invitation.objects.of(by.tenant).filter(pk__in=[row.id for row in rows])
    words = dict(texts.values_list("id", "occasion__ask__responsibility"))
    return tuple(
        Invited(row.id, row.service.words.name, row.area, row.name, row.start, row.end, words.get(row.id, ""))
        for row in rows
    )


def _errands(caller: Actor, helping: MyErrands | None) -> tuple[ErrandPage, ...]:
    rows = (
        (*helping.coming, *[row for row in helping.past if row.state == "completed"][:1]) if helping else ()
    )
    return tuple(errand_page(caller, row.id) for row in rows[:MOST_ERRANDS])


def _told(by: Actor, person_id: UUID) -> str:
    """Whom else we tell, with the number where it is one we ring."""
    found = confidant_of(by.tenant, person_id)
    if found is None:
        return ""
    person = holder_of(found)
    if person is not None:
        return f"{shown_as(person, to=by)} {contact_of(person, to=by).phone_shown}".strip()
    return f"{found.name} {phones.shown(found.phone)}".strip()
