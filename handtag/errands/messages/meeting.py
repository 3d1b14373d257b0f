"""What is written to the two sides of a meeting: what happened and where to look, never who or what."""

from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handtag.errands.messages import texting
from handtag.errands.messages.beside import beside_sample, tell_beside
from handtag.kernel.errors import Words
from handtag.municipalities import queries as municipalities
from handtag.notices import actions as notices
from handtag.notices.actions import Letter, Sample

TELLS_OF_AN_ASK: Final = frozenset({"ask.open"})  # kinds of notices, as they lie in the outbox
_A_LIST: Final = "open_asks"  # the one page of these that is about no row


@dataclass(frozen=True, slots=True)
class _Text:
    """One letter: its kind among the notices, the page it leads to, and its words."""

    kind: str
    page: str
    subject: Words
    body: Words
    is_question: bool = False


_TO_HELPER: Final[dict[str, _Text]] = {
    "asked": _Text(
        "ask.open",
        "open_ask",
        _("Somebody near you would like a hand"),
        _(
            "A neighbour has asked for something that you have said you can help with. Have a look, "
            "and say yes only if it suits you."
        ),
        is_question=True,
    ),
    "invited": _Text(
        "invitation.sent",
        "open_ask",
        _("Would you like to help with this?"),
        _(
            "We thought of you for something that a neighbour needs a hand with. Have a look and tell "
            "us whether it suits you."
        ),
        is_question=True,
    ),
    "chosen": _Text(
        "offer.accepted",
        "errand",
        _("Yes, please come"),
        _("You are agreed. Here you can see where and when, and the code to say at the door."),
    ),
    "not_chosen": _Text(
        "offer.declined",
        _A_LIST,
        _("Not this time"),
        _(
            "Thank you for offering to help. It was settled in another way this time. Others would "
            "like a hand too."
        ),
    ),
    "asker_cancelled": _Text(
        "errand.cancelled_by_asker",
        "errand",
        _("You do not need to come"),
        _("The help is no longer needed this time. Thank you for being there."),
    ),
}

_TO_ASKER: Final[dict[str, _Text]] = {
    "offered": _Text(
        "offer.made",
        "ask",
        _("Somebody offers to help you"),
        _("A neighbour has offered to help. Have a look, and choose who may come."),
        is_question=True,
    ),
    "agreed": _Text(
        "errand.agreed",
        "errand",
        _("Somebody is coming to help you"),
        _(
            "A neighbour has said yes. Here you can see who is coming, and the code that will be said "
            "at the door."
        ),
    ),
    "helper_cancelled": _Text(
        "errand.cancelled_by_helper",
        "ask",
        _("The one who was going to help you cannot come"),
        _(
            "Something came up for your helper. We are asking other neighbours now, and will write as "
            "soon as somebody says yes."
        ),
    ),
}

_TO_EITHER: Final[dict[str, _Text]] = {
    # The municipality had to; the reason stays with it.
    "called_off": _Text(
        "errand.called_off",
        "errand",
        _("An errand is called off"),
        _("An errand that you were part of has been called off. Ring us if you have questions."),
    ),
    "how_did_it_go": _Text(
        "errand.unconfirmed",
        "errand",
        _("How did it go?"),
        _("Did you meet as you had agreed? Tell us with one tap."),
    ),
    "wrote": _Text(
        "message.written",
        "errand",
        _("You have a message"),
        _("There is a new message about an errand of yours."),
    ),
    "thanked": _Text(
        "feedback.given",
        "errand",
        _("A thank-you is waiting for you"),
        _("The one you met has left you a few words."),
    ),
}

# What is news to who follows the asker's questions in their name; of the rest the two sides alone are told.
_BESIDE: Final = frozenset({*_TO_ASKER, "called_off", "how_did_it_go", "wrote"})
_AGREED: Final = frozenset({"agreed", "chosen"})
_LETTERS: Final = {**_TO_HELPER, **_TO_ASKER, **_TO_EITHER}


def tell(
    municipality_id: UUID, person_id: UUID, news: str, about_id: UUID, *, ask_id: UUID | None = None
) -> None:
    """Write one letter. It leads to the ask where one is named, else to the errand that it is about.

    Who lives by text alone is told by text itself what there is to know of an agreement.
    """
    if news in _AGREED and texting.tell_agreed(municipality_id, person_id, about_id):
        return
    text, link = _LETTERS[news], _link(municipality_id, news, ask_id or about_id)
    notices.tell(
        municipality_id=municipality_id,
        person_id=person_id,
        kind=text.kind,
        write=lambda: letter(news, link),
        about_id=about_id,
    )
    if news in _BESIDE:
        tell_beside(municipality_id, person_id, text.kind, ask_id or about_id, text.subject)


def _link(municipality_id: UUID, news: str, row_id: UUID) -> str:
    town, page = municipalities.by_id(municipality_id), _LETTERS[news].page
    parts = [town.slug if town else "", *([] if page == _A_LIST else [row_id])]
    return f"{settings.BASE_URL}{reverse(page, args=parts)}"


def letter(news: str, link: str) -> Letter:
    """One letter, in the language in force."""
    text = _LETTERS[news]
    return Letter(str(text.subject), str(text.body), link, text.is_question)


def samples(link: str) -> list[Sample]:
    """What is written about meetings, to the two and to who is told beside the asker."""
    own = [Sample(text.kind, partial(letter, news, link)) for news, text in _LETTERS.items()]
    told = [beside_sample(_LETTERS[news].kind, _LETTERS[news].subject, link) for news in sorted(_BESIDE)]
    return [*own, *told]
