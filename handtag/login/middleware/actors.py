"""Builds the Actor of each request, and chooses its language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from handtag.kernel import clock
from handtag.kernel.actor import NOBODY, Actor, Hat
from handtag.kernel.doors import Request
from handtag.kernel.rights import STAFF
from handtag.login import queries, rules
from handtag.people.queries import Named, shown_as

Answer = Callable[[Request], HttpResponseBase]


def actor(get_response: Answer) -> Answer:
    """Put `request.actor` on each request: who acts, in which municipality, with which hats.

    A visitor costs no query; somebody logged in costs three: session, login with person, roles. Of staff who
    came in by a code alone it is asked whether that is enough here; until then their hats are withheld.
    """

    def middleware(request: Request) -> HttpResponseBase:
        request.actor, request.person_name, request.roles_here = NOBODY, "", 0
        request.withheld = ()
        logged_in = _has_login(request)
        person = request.user.person if logged_in and request.user.is_authenticated else None
        if person is not None and person.erased_at is None:
            _wear(request, person)
        response = get_response(request)
        if logged_in and not response.has_header("Cache-Control"):
            # On a borrowed tablet the back button must not show what was read before logging out.
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _has_login(request: Request) -> bool:
    """Whether somebody is logged in; without a session cookie nothing is asked."""
    return bool(request.session.session_key) and request.user.is_authenticated


def _wear(request: Request, person: Named) -> None:
    if request.municipality is None:
        request.actor = Actor(person.id, None)
    else:
        held = queries.roles_in(person.id, request.municipality.id)
        worn = rules.wear(held, str(request.session.get("hat", "")))
        hats = _hats(request, worn.hats)
        request.actor = Actor(
            person.id,
            request.municipality.id,
            hats,
            partnership_id=worn.partnership_id,
            is_fresh=rules.is_fresh(request.session, clock.now()),
        )
        request.roles_here = len(held)
    request.person_name = shown_as(person, to=request.actor)


def _hats(request: Request, worn: tuple[Hat, ...]) -> tuple[Hat, ...]:
    """What is put on: the staff's hats only on who has shown surely who they are, where that is demanded.

    What a neighbouring municipality's provider says of somebody counts in that municipality alone.
    """
    town, session = request.municipality.id, request.session
    if rules.is_from_elsewhere(session, str(town)):
        request.withheld = worn
        return ()
    staff = tuple(hat for hat in worn if hat.role in STAFF)
    if not staff or rules.is_strong(session) or not queries.demands_second_step(town):
        return worn
    request.withheld = staff
    return tuple(hat for hat in worn if hat not in staff)


def language(get_response: Answer) -> Answer:
    """Answer in the language the person has chosen; before they log in by cookie, else by the browser."""

    def middleware(request: Request) -> HttpResponseBase:
        chosen = _chosen(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", "sv" if chosen.startswith("sv") else chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware


def _chosen(request: Request) -> str:
    """The first wish that both the product and the town speak."""
    spoken = [code for code, _name in settings.LANGUAGES]
    town = request.municipality.languages if request.municipality is not None else []
    offered = [code for code in town if code in spoken] or spoken
    browser = [code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    wishes = [_own(request), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), *browser]
    return rules.language(wishes, offered, settings.LANGUAGE_CODE)


def _own(request: Request) -> str | None:
    """The language the person has chosen to be written to in."""
    if request.actor.person_id is None or not request.user.is_authenticated or request.user.person is None:
        return None
    return request.user.person.language
