"""Every address of the site: the rooms' own, under the municipality where there is one."""

from django.urls import include, path

urlpatterns = [
    path("", include("handtag.operations.urls")),
]
