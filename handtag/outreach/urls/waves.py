"""Addresses of the search for a helper, and of how often one is asked."""

from django.urls import URLPattern, path

from handtag.outreach.views import waves

_ASK = "<slug:town>/oversikt/fraga/<uuid:ask_id>/sok/"

urlpatterns: list[URLPattern] = [
    path(_ASK, waves.search, name="search"),
    path(f"{_ASK}stoppa/", waves.search_stop, name="search_stop"),
    path(f"{_ASK}fortsatt/", waves.search_go_on, name="search_go_on"),
    path(f"{_ASK}skynda/", waves.search_hurry, name="search_hurry"),
    path("<slug:town>/min-profil/sa-fragar-vi/", waves.how_we_ask, name="how_we_ask"),
]
