"""Unfinished asks: finding them, and what is known already and need not be asked again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handtag.errands.models import Ask, AskGroup, Draft
from handtag.errands.queries import asks
from handtag.errands.rules.drafts import part_of
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.people.models import Person

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """Which draft is meant: one's own, a visitor's by its id, or a change of an ask that was sent."""

    municipality_id: UUID
    visitor_draft: UUID | None = None
    ask_id: UUID | None = None


def find(by: Actor, where: Where) -> Draft | None:
    """The draft, if there is one."""
    drafts = Draft.objects.of(where.municipality_id)
    if where.ask_id is not None:
        return drafts.filter(ask_id=asks.own(by, where.ask_id).pk).first()
    if by.person_id is not None:
        return drafts.filter(person_id=by.whose, begun_by_id=begun_by(by), ask=None).first()
    if where.visitor_draft is None:
        return None
    return drafts.filter(pk=where.visitor_draft, person=None, ask=None).first()


def begun_by(by: Actor) -> UUID | None:
    """Who begins an ask in another's name; nobody reads or sends what one began oneself."""
    return by.person if by.behalf_of is not None else None


def words(by: Actor, where: Where) -> Words:
    """The answers so far: the draft's, else what is known; of a change, what the ask says."""
    draft = find(by, where)
    if draft is not None:
        return dict(draft.words)
    if where.ask_id is not None:
        return words_of(asks.own(by, where.ask_id))
    return known(by)


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody usually is helped, as they know it."""

    place: str
    place_name: str
    address: str
    longitude: float | None
    latitude: float | None
    door: str = ""

    @property
    def said(self) -> str:
        """The address and the place, as one line."""
        return ", ".join(filter(None, [self.address, self.place_name]))


def home(by: Actor) -> Home | None:
    """The place of the last ask, else that of the person's own details; None where nothing is known."""
    if by.person_id is None:
        return None
    last = _last(by)
    if last is not None and (last.where.place_id or last.where.words):
        place = last.where.place
        return Home(
            place=str(last.where.place_id or ""),
            place_name=place.name if place else "",
            address=last.where.words,
            longitude=last.where.longitude,
            latitude=last.where.latitude,
            door=last.where.door,
        )
    return _own_details(by) if by.behalf_of is None or by.office else None


def _own_details(by: Actor) -> Home | None:
    person = Person.objects.select_related("place").get(pk=by.whose)
    here = person.place is not None and person.place.municipality_id == by.municipality_id
    if person.place is None or not here:
        return None
    return Home(
        place=str(person.place_id),
        place_name=person.place.name,
        address=person.address,
        longitude=person.longitude,
        latitude=person.latitude,
    )


def known(by: Actor) -> Words:
    """What was said the last time, or stands in the person's own details."""
    if by.person_id is None or by.municipality_id is None:
        return {}
    last = _last(by)
    if last is None:
        if by.behalf_of is not None and not by.office:
            return {}
        person = Person.objects.only("language", "speaks").get(pk=by.whose)
        return {"languages": list(person.speaks) or [person.language[:2]]}
    return {"for_whom": last.for_whom, "for_name": last.for_name, "languages": list(last.languages)}


def _last(by: Actor) -> Ask | None:
    mine = Ask.objects.of(by.tenant).filter(asker_id=by.whose)
    if by.within is not None:
        mine = mine.filter(service_id__in=by.within)
    return mine.select_related("where", "where__place").order_by("-opened_at").first()


def words_of(ask: Ask) -> Words:
    """A sent ask as answers, so that it can be changed step by step."""
    coming = ask.occasions.filter(state__in=["open", "filled"], starts_at__gt=clock.now()).first()
    occasion = coming or ask.occasions.order_by("-starts_at")[0]
    start, end = clock.local(occasion.starts_at), clock.local(occasion.ends_at)
    series = getattr(ask, "series", None)
    from_time = series.from_time if series else start.time()
    to_time = series.to_time if series else end.time()
    return {
        "for_whom": ask.for_whom,
        "for_name": ask.for_name,
        "languages": list(ask.languages),
        "service": str(ask.service_id),
        "more": "yes",
        "need": ask.need,
        "know": ask.know,
        "outlay_how": ask.outlay_how,
        "outlay_ceiling": ask.outlay_ceiling or "",
        "when": "day",
        "day": start.date().isoformat(),
        "part": part_of(from_time, to_time),
        "from_time": f"{from_time:%H:%M}",
        "to_time": f"{to_time:%H:%M}",
        "often": "weekly" if series else "once",
        "last_on": series.last_on.isoformat() if series else "",
        "excepted": [day for day in series.excepted if day >= start.date().isoformat()] if series else [],
        "wanted": occasion.wanted,
        "groups": [str(group) for group in _groups(ask)],
        **_where(ask),
    }


def _where(ask: Ask) -> Words:
    place = ask.where
    return {
        "where": "else",
        "place": str(place.place_id or ""),
        "address": place.words,
        "door": place.door,
        "longitude": place.longitude,
        "latitude": place.latitude,
    }


def _groups(ask: Ask) -> list[UUID]:
    return list(AskGroup.objects.filter(ask=ask).order_by("group_id").values_list("group_id", flat=True))
