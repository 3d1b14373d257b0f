"""Addresses of the room ambassadors."""

from django.urls import path

from handtag.ambassadors import views

_BASE = "<slug:town>/ambassador/"
_ONE = f"{_BASE}<uuid:mandate_id>/"

urlpatterns = [
    path(_BASE, views.people, name="ambassador"),
    path(f"{_BASE}ny/", views.take_on, name="ambassador_new"),
    path(f"{_BASE}alla/", views.colleagues, name="ambassadors"),
    path(f"{_BASE}kurs/", views.course, name="course"),
    path(f"{_BASE}kurs/<slug:page>/", views.page, name="course_page"),
    path(f"{_BASE}material/", views.material, name="material"),
    path(f"{_BASE}material/<slug:leaf>/", views.leaf, name="material_leaf"),
    path(f"{_ONE}fraga/", views.ask, name="ambassador_ask"),
    path(f"{_ONE}fragor/", views.follow, name="ambassador_follow"),
    path(f"{_ONE}avsluta/", views.end, name="ambassador_end"),
]
