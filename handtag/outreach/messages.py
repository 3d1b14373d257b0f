"""What is written when nobody has said yes yet: about another time, and to coordinators in haste."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter, Sample, tell


def ask_for_another_time(municipality_id: UUID, asker_id: UUID, ask_id: UUID) -> None:
    """Ask the asker whether another time could do; the page lets them change it."""
    _tell(municipality_id, asker_id, "ask.other_time", ask_id, "ask")


def tell_coordinator(municipality_id: UUID, person_id: UUID, ask_id: UUID) -> None:
    """Somebody needs help within hours, and nobody has said yes: the page shows what was tried."""
    _tell(municipality_id, person_id, "ask.urgent", ask_id, "cockpit_ask")


def _tell(municipality_id: UUID, person_id: UUID, kind: str, ask_id: UUID, page: str) -> None:
    town = by_id(municipality_id)
    link = f"{settings.BASE_URL}{reverse(page, args=[town.slug if town else '', ask_id])}"
    tell(
        municipality_id=municipality_id,
        person_id=person_id,
        kind=kind,
        write=partial(_EVERY[kind], link),
        about_id=ask_id,
    )


def _other_time(link: str) -> Letter:
    return Letter(
        _("Could another time do?"),
        _(
            "Nobody has said yes yet to what you asked for. We go on asking. If another time could do, "
            "change it on the page: then more neighbours may be able to come."
        ),
        link,
    )


def _urgent(link: str) -> Letter:
    return Letter(
        _("An urgent question needs you"),
        _(
            "Somebody needs a hand within hours, and nobody has said yes. "
            "The page shows what has been tried, and how you go on."
        ),
        link,
    )


_EVERY: Final[dict[str, Callable[[str], Letter]]] = {"ask.other_time": _other_time, "ask.urgent": _urgent}


def samples(_municipality_id: UUID, link: str) -> list[Sample]:
    """All of it, with an invented link."""
    return [Sample(kind, partial(write, link)) for kind, write in _EVERY.items()]
