"""Addresses of placing the week."""

from django.urls import URLPattern, path

from handtag.outreach.views import week

_WEEK = "<slug:town>/oversikt/veckan/"

urlpatterns: list[URLPattern] = [
    path(_WEEK, week.week, name="week"),
    path(f"{_WEEK}be-alla/", week.send, name="week_send"),
    path(f"{_WEEK}<uuid:occasion_id>/", week.move, name="week_move"),
]
