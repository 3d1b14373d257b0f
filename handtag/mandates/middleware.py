"""Lets who has chosen to act for somebody do so while the mandate holds: asked anew on every request."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handtag.kernel.actor import Hat
from handtag.kernel.doors import Request
from handtag.kernel.rights import Role
from handtag.mandates import queries
from handtag.mandates.rules import ACTS_FOR
from handtag.people.queries import shown_as

FIELD: Final = "in_name_of"


class InNameOf:
    """Puts `request.acting` beside `request.actor`, and in its place on pages that are open to it.

    One acts with a resident's rights alone: no office goes along. Forms say in whose name they were opened,
    so that what was begun for one person is never sent for another, nor as one's own.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Ask whether the mandate holds; where it does not, nothing is done but to say so."""
        request.acting, request.acting_for = None, ""
        chosen = _chosen(request)
        if chosen is not None and not _step_in(request, chosen):
            del request.session[ACTS_FOR]
            return _stop(request, _("You can no longer do things in that name. Nothing was sent."))
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        """On a page for another, one acts in their name; every other page is one's own."""
        door = getattr(view, "door", None)
        if door is None or not door.for_another:
            return None
        acts_for = str(request.acting.behalf_of) if request.acting else ""
        if request.method == "POST" and request.actor.person_id and request.POST.get(FIELD, "") != acts_for:
            words = _("This page was opened in another name. Nothing was sent. Open it again.")
            return _stop(request, words)
        if request.acting is not None:
            request.actor = request.acting
        return None


def _chosen(request: Request) -> UUID | None:
    """Whom one has chosen to act for in this town."""
    if request.actor.person_id is None or request.municipality is None:
        return None
    chosen = request.session.get(ACTS_FOR, {})
    return UUID(chosen["person"]) if chosen.get("town") == str(request.municipality.id) else None


def _step_in(request: Request, helped_id: UUID) -> bool:
    mandate = queries.in_force(request.municipality.id, request.actor.person, helped_id)
    if mandate is None:
        return False
    resident = replace(request.actor, hats=(Hat(Role.RESIDENT),))
    request.acting = resident.in_name_of(helped_id, queries.within(mandate))
    request.acting_for = shown_as(mandate.helped, to=request.actor, close=True)
    return True


def _stop(request: Request, words: str) -> HttpResponseBase:
    messages.warning(request, words)
    return redirect("helping_somebody", town=request.municipality.slug)
