"""Addresses of the room front; the sample's own exist in the sample alone."""

from django.conf import settings
from django.urls import path

from handtag.front.urls import app, cockpit, sample
from handtag.front.views import first

urlpatterns = [
    *(sample.urlpatterns if settings.SAMPLE else []),
    path("", first.towns, name="towns"),
    path("<slug:town>/", first.landing, name="landing"),
    *app.urlpatterns,
    *cockpit.urlpatterns,
]
