"""Every address of the site: those of no municipality first, then the rooms' under a municipality's slug."""

from django.urls import include, path

urlpatterns = [
    path("", include("handtag.operations.urls")),
    path("", include("handtag.login.urls")),
    path("", include("handtag.front.urls")),
    path("", include("handtag.municipalities.urls")),
    path("", include("handtag.people.urls")),
    path("", include("handtag.notices.urls")),
    path("", include("handtag.groups.urls")),
    path("", include("handtag.mandates.urls")),
    path("", include("handtag.permits.urls")),
    path("", include("handtag.helpers.urls")),
    path("", include("handtag.errands.urls")),
    path("", include("handtag.outreach.urls")),
    path("", include("handtag.cases.urls")),
    path("", include("handtag.ambassadors.urls")),
    path("", include("handtag.desk.urls")),
    path("", include("handtag.insight.urls")),
    path("", include("handtag.privacy.urls")),
]
