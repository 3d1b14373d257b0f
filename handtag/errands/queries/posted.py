"""What a letter may say of an errand, for it is sealed: who comes, when, where, and the code at the door."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from handtag.errands.models import Errand, Invitation, Occasion, Offer, Told
from handtag.errands.queries.errands import ErrandPage, errand_page
from handtag.errands.rules import lifecycle
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.notices.queries import Sealed
from handtag.people.queries import hats

AGREED: Final = frozenset({"errand.agreed", "offer.accepted"})


def sealed(municipality_id: UUID, person_id: UUID, kind: str, about_id: UUID) -> Sealed | None:
    """What the person could see on the errand's page today; nothing of another matter."""
    if kind not in AGREED:
        return None
    try:
        page = errand_page(Actor(person_id, municipality_id, hats(person_id, municipality_id)), about_id)
    except NotFound:
        return Sealed()
    if page.state not in lifecycle.BOOKED or not page.side:
        return Sealed()
    sides = Errand.objects.of(municipality_id).filter(id=about_id).values_list("asker_id", "helper_id").get()
    others = tuple(one for one in sides if one != person_id and not page.is_relayed)
    return Sealed(_words(page), facts(page), tells_of=others)


def until(municipality_id: UUID, about_id: UUID) -> datetime | None:
    """When what a notice is about begins; None where it has begun, or is about no time."""
    now = clock.now()
    for rows, path in (
        (Errand.objects.of(municipality_id), "starts_at"),
        (Invitation.objects.of(municipality_id), "occasion__starts_at"),
        (Offer.objects.of(municipality_id), "occasion__starts_at"),
    ):
        found: datetime | None = rows.filter(id=about_id).values_list(path, flat=True).first()
        if found is not None:
            return found if found > now else None
    told = Told.objects.of(municipality_id).filter(id=about_id)
    ask_id = told.values_list("ask_id", flat=True).first() or about_id
    ahead = Occasion.objects.of(municipality_id).filter(ask_id=ask_id, starts_at__gt=now)
    return ahead.order_by("starts_at").values_list("starts_at", flat=True).first()


def facts(page: ErrandPage) -> tuple[tuple[str, str], ...]:
    """Who, when, where, how one reaches the other, and the code: what the reader's side may see."""
    moment = f"{capfirst(spoken.dated(page.start))} {spoken.hours(page.start, page.end)}"
    said = [(_("When"), moment), (_("Name"), page.full_name)]
    if page.is_helper and page.where is not None:
        said.append(
            (_("Address"), ", ".join(filter(None, (page.where.words, page.where.place, page.where.door))))
        )
    said += [(_("Phone"), page.phone), (_("Code at the door"), " ".join(page.door_code))]
    return tuple((label, words) for label, words in said if words)


def _words(page: ErrandPage) -> tuple[str, ...]:
    if page.is_relayed:
        return (_("The municipality arranges the contact for this errand. Ring us if you have questions."),)
    if page.is_helper:
        return (_("Ring the bell, take a step back and say the code. Do not go in unless you are asked to."),)
    return (
        _("Who comes says the code before you open."),
        _("Ring us and we tell you whether it is the right person. Keep the door shut until then."),
    )
