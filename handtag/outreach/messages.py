"""What is written when nobody has said yes yet: about another time, and to coordinators in haste."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.errands.messages.asking import link_of_ask
from handtag.errands.models import Ask
from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter, Sample, tell


def ask_for_another_time(ask: Ask) -> None:
    """Ask the asker whether another time could do; the page lets them change it."""
    link = link_of_ask(ask)
    _tell(ask, ask.asker_id, "ask.other_time", partial(_other_time, link))


def tell_coordinator(ask: Ask, person_id: UUID) -> None:
    """Somebody needs help within hours, and nobody has said yes: the page shows what was tried."""
    town = by_id(ask.municipality_id)
    link = f"{settings.BASE_URL}{reverse('cockpit_ask', args=[town.slug if town else '', ask.pk])}"
    _tell(ask, person_id, "ask.urgent", partial(_urgent, link))


def _tell(ask: Ask, person_id: UUID, kind: str, write: Callable[[], Letter]) -> None:
    tell(municipality_id=ask.municipality_id, person_id=person_id, kind=kind, write=write, about_id=ask.pk)


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
