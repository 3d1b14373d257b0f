"""Addresses of the room errands."""

from django.urls import URLPattern, URLResolver

from handtag.errands.urls import asking, meeting

urlpatterns: list[URLPattern | URLResolver] = [*asking.urlpatterns, *meeting.urlpatterns]
