"""Reading people; the only way their names leave this room."""

from handtag.people.queries.blocks import blocked, blocked_by_me
from handtag.people.queries.names import Contact, Named, Reachable, contact_of, names, shown_as
from handtag.people.queries.pages import LINKS, Link, PersonPage, person, person_page
from handtag.people.queries.roles import Held, Staff, hats, roles_of, staff
from handtag.people.queries.searching import Found, search

__all__ = [
    "LINKS",
    "Contact",
    "Found",
    "Held",
    "Link",
    "Named",
    "PersonPage",
    "Reachable",
    "Staff",
    "blocked",
    "blocked_by_me",
    "contact_of",
    "hats",
    "names",
    "person",
    "person_page",
    "roles_of",
    "search",
    "shown_as",
    "staff",
]
