"""What people are told about their permits: what happened and one link; no names, places or needs."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handtag.kernel import clock, spoken
from handtag.municipalities import queries as municipalities
from handtag.notices import actions as notices
from handtag.notices.actions import Letter, Sample
from handtag.permits.models import Permit
from handtag.permits.queries.words import ServiceWords, service_words

__all__ = ["ServiceWords", "letter", "samples", "service_words", "tell", "warn"]


@dataclass(frozen=True, slots=True)
class _Text:
    subject: str | Promise
    body: str | Promise


_REVIEW = gettext_lazy(
    "On your page you see the decision. If you think it is wrong you can ask for a new review there, or "
    "ring us: another person then looks at it. It costs nothing."
)

LETTERS: Final[dict[str, _Text]] = {
    "granted": _Text(
        gettext_lazy("You are approved"),
        gettext_lazy(
            "One more service is now open to you. You decide yourself when you begin. On your page you see "
            "which one, and until when it holds."
        ),
    ),
    "asked_for_more": _Text(
        gettext_lazy("Something remains before you are approved"),
        gettext_lazy(
            "Thank you for wanting to take part. Something remains to do. On your page you see what it is, "
            "where you do it, and whom to ask. There is no hurry: your application stays open."
        ),
    ),
    "refused": _Text(
        gettext_lazy("An answer to your application"),
        gettext_lazy("Your application was not approved this time."),
    ),
    "suspended": _Text(
        gettext_lazy("One of your services is paused"),
        gettext_lazy(
            "One of your services is paused for now. What you had agreed on for the coming days has been "
            "handed on; you need not do anything. Ring us if you wonder about it."
        ),
    ),
    "revoked": _Text(
        gettext_lazy("One of your services has been closed"),
        gettext_lazy(
            "One of your services is no longer open to you. What you had agreed on for the coming days has "
            "been handed on; you need not do anything. Ring us if you wonder about it."
        ),
    ),
    "reinstated": _Text(
        gettext_lazy("You can go on"),
        gettext_lazy("One of your services was paused and is now open to you again. Welcome back."),
    ),
    "renewed": _Text(
        gettext_lazy("You can go on"),
        gettext_lazy("One of your services has been renewed. On your page you see until when it holds."),
    ),
    "upheld": _Text(
        gettext_lazy("Your decision has been looked at again"),
        gettext_lazy(
            "We have looked at the decision again, as you asked, and it stands. On your page you see what "
            "was decided. Ring us if you wonder about it."
        ),
    ),
    "lapsed": _Text(
        gettext_lazy("One of your services has run out"),
        gettext_lazy(
            "Something it rested on has run out. On your page you see what it takes to open it again; most "
            "often it is quickly done."
        ),
    ),
}

_WITH_REVIEW: Final = frozenset({"refused", "suspended", "revoked"})


def letter(verb: str, link: str) -> Letter:
    """The letter about one decision, in the language in force."""
    text = LETTERS[verb]
    body = f"{text.body} {_REVIEW}" if verb in _WITH_REVIEW else str(text.body)
    return Letter(str(text.subject), body, link)


def runs_out(day: date | None, link: str) -> Letter:
    """The letter about a service that soon runs out."""
    return Letter(
        _("One of your services runs out soon"),
        _(
            "It holds until %(date)s. On your page you see what it takes to renew it, and where you do "
            "it. If you do nothing it closes that day, and you can open it again later."
        )
        % {"date": spoken.full_date(day) if day else ""},
        link,
    )


def tell(permit: Permit, verb: str) -> None:
    """Tell the holder what was decided, if it is something they should hear."""
    if verb in LETTERS:
        _send(permit, f"permit.{verb}", verb)


def warn(permit: Permit) -> None:
    """Tell the holder that it runs out, while there is time."""
    notices.tell(
        municipality_id=permit.municipality_id,
        person_id=permit.person_id,
        kind="permit.runs_out",
        write=lambda: runs_out(permit.valid_until, _link(permit)),
        about_id=permit.id,
    )


def _send(permit: Permit, kind: str, verb: str) -> None:
    notices.tell(
        municipality_id=permit.municipality_id,
        person_id=permit.person_id,
        kind=kind,
        write=lambda: letter(verb, _link(permit)),
        about_id=permit.id,
    )


def _link(permit: Permit) -> str:
    town = municipalities.by_id(permit.municipality_id)
    return f"{settings.BASE_URL}{reverse('my_permits', args=[town.slug if town else ''])}"


def samples(_municipality_id: UUID, link: str) -> list[Sample]:
    """What this room says."""
    decided = [Sample(f"permit.{verb}", partial(letter, verb, link)) for verb in LETTERS]
    return [*decided, Sample("permit.runs_out", lambda: runs_out(clock.today(), link))]
