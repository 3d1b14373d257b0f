"""Finds the municipality of an address: the first part of the path is its slug."""

from collections.abc import Callable

from django.http import HttpResponseBase

from handtag.kernel.doors import Request
from handtag.municipalities import queries

Answer = Callable[[Request], HttpResponseBase]


def municipality(get_response: Answer) -> Answer:
    """Put `request.municipality` on each request, or None outside a municipality."""

    def middleware(request: Request) -> HttpResponseBase:
        slug = request.path_info.lstrip("/").split("/", 1)[0]
        request.municipality = queries.by_slug(slug)
        return get_response(request)

    return middleware
