"""The first pages: choosing a municipality, and a municipality's own front door."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handtag.front.queries import towns as queries
from handtag.insight.queries import public as figures
from handtag.kernel.doors import Request, public
from handtag.kernel.errors import NotFound
from handtag.municipalities.queries import partnerships


@public("anybody may see which municipalities are here")
def towns(request: Request) -> HttpResponse:
    """Choose a municipality; with only one there is nothing to choose."""
    found = queries.towns()
    if len(found) == 1:
        return redirect("landing", found[0].slug)
    return render(request, "front/towns.html", {"towns": found, "programmes": partnerships()})


@public("the municipality's front page")
def landing(request: Request, town: str) -> HttpResponse:
    """The two doors, how it works, and how it goes; who works here begins with what waits for them."""
    if request.municipality is None:
        raise NotFound(town)
    if request.actor.is_staff and (ways := getattr(request, "nav", [])):
        return redirect(ways[0].href)
    shown = figures.front_figures(request.municipality.id)
    return render(request, "front/landing.html", {"figures": shown})
