"""A municipality is added, with its first coordinator, who gets a link and needs no mail to be set up."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.urls import reverse

from handtag.kernel.actor import Via, system
from handtag.kernel.rights import Role
from handtag.login import actions as login
from handtag.municipalities.actions import towns
from handtag.municipalities.models import Municipality
from handtag.people.actions import roles

LINK_HOURS = 48


@dataclass(frozen=True, slots=True)
class Opened:
    """The new town and the link that signs its first coordinator in, once."""

    town: Municipality
    link: str


@transaction.atomic
def open_town(*, code: str, coordinator: str) -> Opened:
    """Make one of the 290 live at once. Raises Problem for a wrong code or address, with what is right."""
    by = system(None, Via.COMMAND)
    town = towns.add(by=by, code=code)
    here = replace(by, municipality_id=town.id)
    name = coordinator.split("@", 1)[0].split(".", 1)[0].capitalize()
    held = roles.appoint(by=here, role=Role.COORDINATOR, email=coordinator, given_name=name)
    link = login.make_sign_in_link(
        by=here,
        person_id=held.person_id,
        hours=LINK_HOURS,
        leads_to=reverse("settings", args=[town.slug]),
    )
    return Opened(town, link)
