"""The site as an app: its manifest, its picture, its service worker, and the page without a net."""

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from handtag.front.queries import app as queries
from handtag.kernel.doors import Request, public
from handtag.kernel.errors import NotFound
from handtag.papers import appicon

YEAR = "public, max-age=31536000, immutable"
HOUR = "public, max-age=3600"


@public("the name and colours of the app, asked for by every page")
def manifest(request: Request, town: str) -> HttpResponseBase:
    """What a telephone needs to put the site on its home screen."""
    if request.municipality is None:
        raise NotFound(town)
    told = queries.manifest(request.municipality)
    headers = {"Cache-Control": HOUR}
    return JsonResponse(told, content_type="application/manifest+json", headers=headers)


@public("the picture of the app")
def icon(request: Request, town: str, size: int) -> HttpResponseBase:
    """The door plate in the municipality's colour."""
    if request.municipality is None or size not in appicon.SIZES:
        raise NotFound("no such picture")
    drawn = appicon.png(size, *queries.colours(request.municipality))
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": YEAR})


@public("the part of the app that works without a net")
def worker(request: Request, town: str) -> HttpResponseBase:
    """The service worker, for the addresses of this municipality; asked for anew each time it may change."""
    if request.municipality is None:
        raise NotFound(town)
    script = render_to_string("front/worker.js", {"told": queries.worker(request.municipality)})
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@public("the page that shows when there is no net")
def offline(request: Request, town: str, language: str) -> HttpResponseBase:
    """What one can do without a net, in one language; it is kept beforehand and shows nothing of anybody."""
    if request.municipality is None or not translation.check_for_language(language):
        raise NotFound("no such page")
    with translation.override(language):
        answer = render(request, "front/offline.html")
    answer["Content-Language"], answer["Cache-Control"] = language, "no-cache"
    return answer
