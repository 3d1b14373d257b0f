"""Finds the municipality of an address: the first part of the path is its slug."""

from collections.abc import Callable
from functools import cache

from django.http import HttpResponseBase

from handtag.geo import municipalities as listed
from handtag.kernel.doors import Request
from handtag.municipalities import queries

Answer = Callable[[Request], HttpResponseBase]


@cache
def _slugs() -> frozenset[str]:
    """The slugs of all 290: no other address costs a look in the database (a sign of life must not)."""
    return frozenset(town.slug for town in listed.everyone())


def municipality(get_response: Answer) -> Answer:
    """Put `request.municipality` on each request, or None outside a municipality."""

    def middleware(request: Request) -> HttpResponseBase:
        slug = request.path_info.lstrip("/").split("/", 1)[0]
        request.municipality = queries.by_slug(slug) if slug in _slugs() else None
        return get_response(request)

    return middleware
