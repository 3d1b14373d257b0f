"""Addresses of the room outreach."""

from django.urls import URLPattern

from handtag.outreach.urls import waves, week

urlpatterns: list[URLPattern] = [*waves.urlpatterns, *week.urlpatterns]
