"""Addresses of the room permits."""

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/mina-behorigheter/", lambda r, town: HttpResponse(""), name="my_permits"),
    path(
        "<slug:town>/behorigheter/person/<uuid:person_id>/",
        lambda r, **k: HttpResponse(""),
        name="permits_of_person",
    ),
]
