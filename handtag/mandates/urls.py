"""Addresses of the room mandates."""

from django.urls import path

from handtag.mandates import views

_MINE = "<slug:town>/jag-hjalper-nagon/"
_PERSON = "<slug:town>/personer/<uuid:person_id>/fullmakter/"
_ONE = "<slug:town>/fullmakter/<uuid:mandate_id>/"

urlpatterns = [
    path(_MINE, views.helping, name="helping_somebody"),
    path(f"{_MINE}sluta/", views.act_no_more, name="act_no_more"),
    path(f"{_MINE}<uuid:mandate_id>/borja/", views.act_for, name="act_for"),
    path(f"{_MINE}<uuid:mandate_id>/avsluta/", views.end_mine, name="end_my_mandate"),
    path(f"{_MINE}<uuid:mandate_id>/utskrift/", views.paper, name="mandate_paper"),
    path(f"{_MINE}<uuid:mandate_id>/fullmakt.pdf", views.paper_file, name="mandate_paper_file"),
    path(_PERSON, views.of_person, name="mandates_of_person"),
    path(f"{_PERSON}ny/", views.find, name="mandate_find"),
    path(f"{_PERSON}ny/<uuid:proxy_id>/", views.make, name="make_mandate"),
    path(f"{_ONE}avsluta/", views.end, name="end_mandate"),
    path(f"{_ONE}utskrift/", views.sheet, name="mandate_sheet"),
    path(f"{_ONE}fullmakt.pdf", views.sheet_file, name="mandate_sheet_file"),
]
