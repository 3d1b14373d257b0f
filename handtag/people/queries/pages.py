"""A person's page as staff read it; every reading of it is logged by the action that opens it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Words
from handtag.kernel.prepared import Prepared, an_id, ids
from handtag.kernel.rights import Right
from handtag.people.models import Person, RoleHeld
from handtag.people.queries.names import Contact, contact_of, shown_as
from handtag.people.queries.roles import RoleSaid, roles_said
from handtag.people.queries.walls import known_in

# Any of these is work that is done with one person at a time.
OPEN_PEOPLE = (Right.SEE_PEOPLE, Right.REGISTER_PEOPLE, Right.RECORD_CHECKS, Right.KEEP_PROTECTED)
BY_OTHERS = (Right.GIVE_ROLES, Right.KEEP_RECORDS)


def person(by: Actor, person_id: UUID) -> Person:
    """One person, for themselves or for staff who work with people here; else NotFound.

    NotFound also for a protected person, to all but themselves and the officers: none can tell the two apart.
    """
    own = [one for one in (by.person_id, by.behalf_of) if one is not None]
    meets_people = any(by.may(right) for right in (*OPEN_PEOPLE, *BY_OTHERS))
    given = {"own": own, "person": person_id, "town": by.municipality_id if not meets_people else by.tenant}
    found: Person | None = _PERSON.first(len(own), meets_people, by.may(Right.KEEP_PROTECTED), **given)
    if found is None:
        raise NotFound("person")
    return found


def _person(own: int, meets_people: bool, sees_protected: bool) -> QuerySet[Person]:
    mine = Q(pk__in=ids("own", own))
    found = Person.objects.filter(mine | known_in(an_id("town")) if meets_people else mine)
    if not sees_protected:
        found = found.filter(mine | Q(protection=Person.Protection.NONE))
    return found.filter(pk=an_id("person")).select_related("place").order_by()


_PERSON = Prepared(_person)


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a person's page to what another room knows of them."""

    title: Words
    href: str
    icon: str = "arrow-right"


# Rooms above add ways to their own pages about a person in their apps.ready().
LINKS: list[Callable[[Actor, UUID], list[Link]]] = []


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What a person's page shows."""

    id: UUID
    name: str
    contact: Contact
    given_name: str
    family_name: str
    chosen_name: str
    age: str
    language: str
    address: str
    post: str
    place: str
    protection: str
    roles: tuple[RoleSaid, ...]
    links: tuple[Link, ...]
    may_change: bool
    may_lift: bool

    @property
    def is_protected(self) -> bool:
        """Whether the page carries the mark."""
        return self.protection != Person.Protection.NONE

    @property
    def is_young(self) -> bool:
        """Whether they are 13 to 17."""
        return self.age == Person.Age.YOUTH


def person_page(by: Actor, found: Person, *, in_full: bool = True) -> PersonPage:
    """The page of somebody whom the reader has opened; roles held here and links only in full."""
    return PersonPage(
        id=found.id,
        name=shown_as(found, to=by),
        contact=contact_of(found, to=by),
        given_name=found.given_name,
        family_name=found.family_name,
        chosen_name=found.chosen_name,
        age=found.age,
        language=found.language,
        address=found.address,
        post=f"{found.postcode} {found.post_town}".strip(),
        place=found.place.name if found.place else "",
        protection=found.protection,
        roles=roles_said(by, found.id) if in_full else (),
        links=tuple(link for links in LINKS for link in links(by, found.id)) if in_full else (),
        may_change=by.may(Right.KEEP_PROTECTED if found.is_protected else Right.REGISTER_PEOPLE),
        may_lift=by.may(Right.KEEP_PROTECTED) and may_lift(by, found),
    )


def may_lift(by: Actor, found: Person) -> bool:
    """Whether a mark is this town's to change: it set it, or the town that did knows the person no more."""
    if found.marked_by_id in (None, by.tenant):
        return True
    there = RoleHeld.objects.of(found.marked_by_id).filter(person=found, until=None)
    return not there.exists()


def staff_name(by: Actor, person_id: UUID) -> str:
    """What somebody who shall get a role is called; NotFound where they do not exist for the reader."""
    by.must(Right.GIVE_ROLES)
    return shown_as(person(by, person_id), to=by, close=True)


def mark_of(page: PersonPage) -> dict[str, str]:
    """The mark as it stands, for the form that changes it."""
    return {"kind": page.protection if page.is_protected else "", "chosen_name": page.chosen_name}
