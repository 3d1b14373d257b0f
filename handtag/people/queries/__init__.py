"""Reading people; the only way their names leave this room."""

from handtag.people.queries.alike import Alike, alike, certainly
from handtag.people.queries.blocks import blocked, blocked_by_me
from handtag.people.queries.details import details
from handtag.people.queries.names import (
    Called,
    Contact,
    Named,
    Reachable,
    called,
    contact_of,
    names,
    shown_as,
)
from handtag.people.queries.numbers import has_number, has_other_number, person_with
from handtag.people.queries.pages import (
    LINKS,
    Link,
    PersonPage,
    mark_of,
    may_lift,
    person,
    person_page,
    staff_name,
)
from handtag.people.queries.roles import Held, RoleSaid, Staff, givable, hats, roles_of, staff, towns_of
from handtag.people.queries.scopes import SCOPES, Scope, Scopes, bound, offered, scopes
from handtag.people.queries.searching import Found, search

__all__ = [
    "LINKS",
    "SCOPES",
    "Alike",
    "Called",
    "Contact",
    "Found",
    "Held",
    "Link",
    "Named",
    "PersonPage",
    "Reachable",
    "RoleSaid",
    "Scope",
    "Scopes",
    "Staff",
    "alike",
    "blocked",
    "blocked_by_me",
    "bound",
    "called",
    "certainly",
    "contact_of",
    "details",
    "givable",
    "has_number",
    "has_other_number",
    "hats",
    "mark_of",
    "may_lift",
    "names",
    "offered",
    "person",
    "person_page",
    "person_with",
    "roles_of",
    "scopes",
    "search",
    "shown_as",
    "staff",
    "staff_name",
    "towns_of",
]
