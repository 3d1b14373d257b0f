"""What somebody is called, and how they are reached, as one reader may see it: decided here alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.people.models import Person, RoleHeld


class Named(Protocol):
    """What is needed of a person to say what they are called; a Person, or a row with the same columns."""

    @property
    def id(self) -> UUID: ...
    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...
    @property
    def chosen_name(self) -> str: ...
    @property
    def protection(self) -> str: ...
    @property
    def erased_at(self) -> datetime | None: ...


class Called(NamedTuple):
    """A row of what `shown_as` needs, for lists: the columns of `called`."""

    id: UUID
    given_name: str
    family_name: str
    chosen_name: str
    protection: str
    erased_at: datetime | None


def called(path: str) -> list[str]:
    """The columns of a `Called`, of the person at the end of a path of foreign keys."""
    return [f"{path}__{name}" for name in Called._fields]


class Reachable(Named, Protocol):
    """What is needed to say how somebody is reached."""

    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


def shown_as(person: Named, *, to: Actor, close: bool = False) -> str:
    """What `person` is called to this reader: the one place where that is decided.

    `close` is said by who knows that the two are agreed on an errand: then the family name shows too. A
    protected person shows as the name they chose, or as a resident, to all but themselves and the officers.
    """
    if person.erased_at is not None:
        return _("somebody who has left")
    full = f"{person.given_name} {person.family_name}".strip()
    if is_own(person.id, to):
        return full
    if person.protection != "none":
        return full if to.may(Right.KEEP_PROTECTED) else person.chosen_name or _("a resident")
    if to.may(Right.SEE_PEOPLE) or close:
        return full
    return person.given_name or _("a neighbour")


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is reached, as far as the reader may know; blank where they may not."""

    phone: str = ""
    email: str = ""

    @property
    def phone_shown(self) -> str:
        """The number as it is read aloud."""
        return phones.shown(self.phone)


def contact_of(person: Reachable, to: Actor, close: bool = False) -> Contact:
    """Phone and e-mail: for oneself, for who is agreed on an errand, and for staff who see people.

    Of a protected person nothing, except for themselves and the officers: contact goes through a relay.
    """
    if person.erased_at is not None:
        return Contact()
    if person.protection != "none":
        open_to = is_own(person.id, to) or to.may(Right.KEEP_PROTECTED)
    else:
        open_to = is_own(person.id, to) or close or to.may(Right.SEE_PEOPLE)
    return Contact(person.phone, person.email) if open_to else Contact()


def names(by: Actor, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What each of them is called to this reader; one query. Who was never here is a neighbour, no more."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    known = {person.id: shown_as(person, to=by) for person in _named(by, wanted)}
    return {one: known.get(one) or _("a neighbour") for one in wanted}


def is_own(person_id: UUID, to: Actor) -> bool:
    """Whether these are the reader's own affairs, or those of whom the reader acts for."""
    return person_id in (to.person_id, to.behalf_of)


def _named(by: Actor, wanted: set[UUID]) -> Iterable[Person]:
    theirs = Q(pk=by.person_id)
    if by.municipality_id is not None:
        here = RoleHeld.objects.of(by.municipality_id).filter(person=OuterRef("pk"))
        theirs |= Q(Exists(here))
    return Person.objects.filter(theirs, pk__in=wanted).only(*Called._fields)
