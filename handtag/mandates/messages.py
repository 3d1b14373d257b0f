"""What the two sides of a mandate are told: that it began, ended or runs out; each by their own channel."""

from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.mandates.models import Mandate
from handtag.notices.actions import Letter, Sample, tell

_STOP = _("You can end it at any time: on the page, or by ringing us. You need not say why.")

HELPED: Final[dict[str, tuple[Promise, Promise]]] = {
    "made": (
        _("Somebody may now do things for you"),
        _(
            "You have said yes to somebody asking for help in your name. On the page you see who, for what "
            "and until when. If you have not said yes, ring us at once."
        ),
    ),
    "ended": (
        _("Nobody does that for you any more"),
        _("Somebody who could ask for help in your name can no longer do so. On the page you see how it is."),
    ),
    "renewal": (
        _("Shall somebody go on doing things for you?"),
        _(
            "Somebody may ask for help in your name, and that soon runs out. Ring us if you want it to go on."
            " If you do nothing it ends by itself."
        ),
    ),
}
PROXY: Final[dict[str, tuple[Promise, Promise]]] = {
    "made": (
        _("You may now do things for somebody"),
        _("On the page you see for whom, for what and until when. There you begin and stop."),
    ),
    "ended": (
        _("You no longer do things for somebody"),
        _("You could ask for help in somebody's name, and that has ended. On the page you see how it is."),
    ),
    "renewal": (
        _("What you may do for somebody soon runs out"),
        _("Ring us together if it shall go on. If you do nothing it ends by itself."),
    ),
}


HELPED["reminder"], PROXY["reminder"] = HELPED["renewal"], PROXY["renewal"]


def tell_both(mandate: Mandate, what: str) -> None:
    """Write to each of the two; the one who is helped is told in every case."""
    tell_helped(mandate, what)
    _write(mandate, mandate.proxy_id, PROXY[what], f"mandate.{what}_proxy")


def tell_helped(mandate: Mandate, what: str) -> None:
    """Write to the one who is helped."""
    _write(mandate, mandate.helped_id, HELPED[what], f"mandate.{what}")


def _write(mandate: Mandate, person_id: UUID, words: tuple[Promise, Promise], kind: str) -> None:
    link = f"{settings.BASE_URL}{reverse('helping_somebody', args=[mandate.municipality.slug])}"
    tell(
        municipality_id=mandate.municipality_id,
        person_id=person_id,
        kind=kind,
        write=lambda: letter(words, link),
        about_id=mandate.id,
    )


def tell_left(mandate: Mandate, gone_id: UUID) -> None:
    """One of the two has left: only the other one is written to."""
    if mandate.helped_id == gone_id:
        _write(mandate, mandate.proxy_id, PROXY["ended"], "mandate.ended_proxy")
    else:
        tell_helped(mandate, "ended")


def letter(words: tuple[Promise, Promise], link: str) -> Letter:
    """One letter, in the language in force; that it can be ended stands in each."""
    subject, body = words
    return Letter(str(subject), f"{body} {_STOP}", link)


def samples(_municipality_id: UUID, link: str) -> list[Sample]:
    """What this room says."""
    helped = [Sample(f"mandate.{what}", partial(letter, words, link)) for what, words in HELPED.items()]
    proxy = [Sample(f"mandate.{what}_proxy", partial(letter, words, link)) for what, words in PROXY.items()]
    return [*helped, *proxy]
