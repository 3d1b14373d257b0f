"""What is written to the two sides of a meeting: what happened and where to look, never who or what."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.municipalities import queries as municipalities
from handtag.notices.actions import Letter

Writer = Callable[[], Letter]

ASK_OPEN: Final = "ask.open"
KINDS: Final = {
    "asked": ASK_OPEN,
    "invited": "invitation.sent",
    "offered": "offer.made",
    "agreed": "errand.agreed",
    "chosen": "offer.accepted",
    "not_chosen": "offer.declined",
    "helper_cancelled": "errand.cancelled_by_helper",
    "asker_cancelled": "errand.cancelled_by_asker",
    "called_off": "errand.called_off",
    "how_did_it_go": "errand.unconfirmed",
    "wrote": "message.written",
    "thanked": "feedback.given",
}


def asked(municipality_id: UUID, ask_id: UUID) -> Writer:
    """To a helper: somebody near you asks for a hand."""
    link = _link(municipality_id, "open_ask", ask_id=ask_id)
    return lambda: Letter(
        _("Somebody near you would like a hand"),
        _(
            "A neighbour has asked for something that you have said you can help with. Have a look, "
            "and say yes only if it suits you."
        ),
        link,
    )


def invited(municipality_id: UUID, ask_id: UUID) -> Writer:
    """To a helper: the municipality asks you in particular."""
    link = _link(municipality_id, "open_ask", ask_id=ask_id)
    return lambda: Letter(
        _("Would you like to help with this?"),
        _(
            "We thought of you for something that a neighbour needs a hand with. Have a look and tell "
            "us whether it suits you."
        ),
        link,
    )


def offered(municipality_id: UUID, ask_id: UUID) -> Writer:
    """To the asker: somebody offers to come, and you choose."""
    link = _link(municipality_id, "ask", ask_id=ask_id)
    return lambda: Letter(
        _("Somebody offers to help you"),
        _("A neighbour has offered to help. Have a look, and choose who may come."),
        link,
    )


def agreed(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To the asker: somebody comes."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("Somebody is coming to help you"),
        _(
            "A neighbour has said yes. Here you can see who is coming, and the code that will be said "
            "at the door."
        ),
        link,
    )


def chosen(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To the helper: your offer was taken."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("Yes, please come"),
        _("You are agreed. Here you can see where and when, and the code to say at the door."),
        link,
    )


def not_chosen(municipality_id: UUID) -> Writer:
    """To the helper: somebody else came, or it was called off."""
    link = _link(municipality_id, "open_asks")
    return lambda: Letter(
        _("Not this time"),
        _(
            "Thank you for offering to help. It was settled in another way this time. Others would "
            "like a hand too."
        ),
        link,
    )


def helper_cancelled(municipality_id: UUID, ask_id: UUID) -> Writer:
    """To the asker: the helper cannot come, and others are being asked."""
    link = _link(municipality_id, "ask", ask_id=ask_id)
    return lambda: Letter(
        _("The one who was going to help you cannot come"),
        _(
            "Something came up for your helper. We are asking other neighbours now, and will write as "
            "soon as somebody says yes."
        ),
        link,
    )


def asker_cancelled(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To the helper: the help is not needed."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("You do not need to come"),
        _("The help is no longer needed this time. Thank you for being there."),
        link,
    )


def called_off(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To either side: the municipality had to call it off. The reason stays with the municipality."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("An errand is called off"),
        _("An errand that you were part of has been called off. Ring us if you have questions."),
        link,
    )


def how_did_it_go(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To both: a day has passed and nobody has said how it went."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("How did it go?"), _("Did you meet as you had agreed? Tell us with one tap."), link
    )


def wrote(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To the other side: there is a message."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("You have a message"), _("There is a new message about an errand of yours."), link
    )


def thanked(municipality_id: UUID, errand_id: UUID) -> Writer:
    """To the other side: a thank-you is waiting."""
    link = _link(municipality_id, "errand", errand_id=errand_id)
    return lambda: Letter(
        _("A thank-you is waiting for you"), _("The one you met has left you a few words."), link
    )


def _link(municipality_id: UUID, name: str, **parts: UUID) -> str:
    town = municipalities.by_id(municipality_id)
    slug = town.slug if town else ""
    return f"{settings.BASE_URL}{reverse(name, kwargs={'town': slug, **parts})}"
