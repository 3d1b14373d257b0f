"""What anybody may read: the rules of every service, and whether a helper is who they say."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render

from handtag.kernel.doors import Request, needs, public
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.permits import queries
from handtag.permits.queries import published, verifying


@public("the rules of who may help are published")
def rules(request: Request, town: str) -> HttpResponseBase:
    """Who may ask and who may help: every rule in words."""
    return render(request, "permits/rules.html", {"services": published.published(_town(request))})


@public("so are their earlier versions")
def rule_history(request: Request, town: str, service_id: UUID, side: str) -> HttpResponseBase:
    """What changed in a rule, version by version."""
    service = queries.service(_town(request), service_id)
    versions = published.history(_town(request), service_id, side)
    return render(request, "permits/history.html", {"service": service, "side": side, "versions": versions})


@public("whoever was given a helper's code may see whether it is genuine")
def verify_helper(request: Request, town: str, code: str) -> HttpResponseBase:
    """Yes with name and services, or no; a code that never was and one that no longer holds look the same."""
    found = verifying.by_code(request.actor, _town(request), code)
    return render(request, "permits/verify.html", {"found": found, "code": code})


@needs(Right.VERIFY_HELPERS, methods=("GET", "POST"), personal=True)
def verify(request: Request, town: str) -> HttpResponseBase:
    """Somebody rings and asks who stands at the door: search by name or code, sent as a form."""
    sought = request.POST.get("sok", "").strip()
    found = verifying.search(request.actor, sought) if sought else []
    return render(request, "permits/verify_search.html", {"found": found, "sought": sought})


def _town(request: Request) -> UUID:
    if request.municipality is None:
        raise NotFound("no municipality")
    town: UUID = request.municipality.id
    return town
