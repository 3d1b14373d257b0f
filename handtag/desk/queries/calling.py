"""Who is on the line: candidates with enough to tell them apart."""

from dataclasses import dataclass
from uuid import UUID

from handtag.errands.models import Ask
from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people import queries as people
from handtag.people.models import Person
from handtag.people.queries import contact_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be on the line."""

    id: UUID
    name: str
    place: str
    street: str
    phone: str
    age: str
    has_ask: bool
    is_protected: bool


def candidates(by: Actor, words: str) -> list[Candidate]:
    """Those whom the name or the number fits; who is protected exists for the officers alone."""
    by.must(Right.ANSWER_CALLS)
    found = people.search(by, words)
    ids = [one.id for one in found]
    known = {one.id: one for one in Person.objects.filter(pk__in=ids)}
    live = Ask.objects.of(by.tenant).filter(asker_id__in=ids, state__in=[Ask.State.OPEN, Ask.State.FILLED])
    asking = set(live.values_list("asker_id", flat=True))
    return [
        Candidate(
            id=one.id,
            name=one.name,
            place=one.place,
            street=known[one.id].address,
            phone=contact_of(known[one.id], to=by).phone_shown,
            age=known[one.id].age,
            has_ask=one.id in asking,
            is_protected=one.is_protected,
        )
        for one in found
        if one.id in known
    ]


def is_whole_number(words: str) -> bool:
    """Whether a whole phone number was typed: then the one who has it is on the line."""
    if any(sign.isalpha() for sign in words):
        return False
    try:
        return len(phones.normal(words)) >= 9
    except Problem:
        return False


def said(words: str) -> dict[str, str]:
    """What was typed, as the beginning of a new caller's details."""
    typed = " ".join(words.split())
    if any(sign.isdecimal() for sign in typed):
        return {"phone": typed}
    if "@" in typed:
        return {}
    given, _, family = typed.partition(" ")
    return {"given_name": given[:60], "family_name": family[:60]}
