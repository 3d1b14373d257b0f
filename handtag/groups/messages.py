"""What people are told about groups: what happened and one link; which group stands on the page."""

from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter, Sample, tell

LETTERS: Final[dict[str, tuple[Promise, Promise]]] = {
    "approve": (
        _("You are in the group"),
        _("A group you wanted to join has said yes. On your page you see which one."),
    ),
    "decline": (
        _("An answer from a group"),
        _("A group you wanted to join could not take you in just now. There are others on the page."),
    ),
    "invite": (
        _("You are invited to a group"),
        _("A group would like to have you with them. On your page you see which one, and can say yes or no."),
    ),
}


def tell_of(answer: str, *, municipality_id: UUID, person_id: UUID, membership_id: UUID) -> None:
    """Write to somebody how a group has answered; of what needs no letter nothing is written."""
    town = by_id(municipality_id)
    if answer not in LETTERS or town is None:
        return
    link = f"{settings.BASE_URL}{reverse('groups', args=[town.slug])}"
    tell(
        municipality_id=municipality_id,
        person_id=person_id,
        kind=f"group.{answer}",
        write=lambda: letter(answer, link),
        about_id=membership_id,
    )


def letter(answer: str, link: str) -> Letter:
    """The letter about one answer, in the language in force."""
    subject, body = LETTERS[answer]
    return Letter(subject=str(subject), body=str(body), link=link)


def samples(_municipality_id: UUID, link: str) -> list[Sample]:
    """What this room says."""
    return [Sample(f"group.{answer}", partial(letter, answer, link)) for answer in LETTERS]
