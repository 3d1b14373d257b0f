"""Puts the menu on each page: what this actor can go to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from handtag.kernel.actor import Actor
from handtag.kernel.doors import Request
from handtag.kernel.rights import Right

Answer = Callable[[Request], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    href: str
    words: str
    current: bool


def nav(get_response: Answer) -> Answer:
    """Put `request.nav` on each request; made only where a page shows it."""

    def middleware(request: Request) -> HttpResponseBase:
        request.nav = SimpleLazyObject(lambda: entries(request))  # type: ignore[attr-defined]  # for templates
        return get_response(request)

    return middleware


def entries(request: Request) -> list[Entry]:
    """The menu of this actor here: staff see their work, residents their own affairs."""
    if request.municipality is None or request.actor.person_id is None:
        return []
    base = f"/{request.municipality.slug}/"
    ways = _staff(request.actor) if request.actor.is_staff else _resident(request.actor)
    here = request.path
    return [Entry(base + path, words, here.startswith(base + path)) for path, words in ways]


def _staff(actor: Actor) -> list[tuple[str, str]]:
    ways = [
        (Right.ASK_FOR_OTHERS, "ambassador/", _("Whom I ask for")),
        (Right.STEER_ASKS, "oversikt/", _("Overview")),
        (Right.ANSWER_CALLS, "telefon/", _("On the phone")),
        (Right.DECIDE_PERMITS, "behorigheter/", _("Permits")),
        (Right.SEE_PEOPLE, "personer/", _("People")),
        (Right.MANAGE_GROUPS, "grupper/skotsel/", _("Groups")),
        (Right.SEE_FIGURES, "siffror/", _("Figures")),
        (Right.SET_SERVICES, "tjanster/", _("Services")),
        (Right.SET_UP, "installningar/", _("Settings")),
        (Right.KEEP_RECORDS, "gallring/", _("Records")),
    ]
    found = [(path, words) for right, path, words in ways if actor.may(right)]
    if actor.may(Right.ANSWER_CALLS) and not actor.may(Right.STEER_ASKS):
        found.append(("brev/", _("Letters")))
    if actor.may(Right.SEE_PEOPLE) and not actor.may(Right.STEER_ASKS):
        found.append(("onadda/", _("Not reached")))
    if actor.may(Right.RECORD_CHECKS) and not actor.may(Right.DECIDE_PERMITS):
        found.insert(0, ("behorigheter/disken/", _("At the counter")))
    if actor.may(Right.VERIFY_HELPERS) and not actor.may(Right.DECIDE_PERMITS):
        found.append(("behorighet/", _("Verify a helper")))
    return found


def _resident(actor: Actor) -> list[tuple[str, str]]:
    if not actor.may(Right.TAKE_PART):
        return []
    return [
        ("mina-fragor/", _("My asks")),
        ("hjalpa-till/", pgettext("menu", "Help somebody")),
        ("uppdrag/", _("My errands")),
        ("mina-uppgifter/", _("My data")),
    ]
