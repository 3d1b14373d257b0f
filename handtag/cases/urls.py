"""Addresses of the room cases."""

from django.urls import URLPattern, URLResolver, path

from handtag.cases import views

_CASE = "<slug:town>/att-reda-ut/<uuid:case_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/att-reda-ut/", views.cases, name="cases"),
    path(_CASE, views.case, name="case"),
    path(f"{_CASE}ta-hand-om/", views.take, name="case_take"),
    path(f"{_CASE}tar-emot/", views.accept, name="case_accept"),
    path(f"{_CASE}anteckna/", views.note, name="case_note"),
    path(f"{_CASE}lasare/", views.add_reader, name="case_reader"),
    path(f"{_CASE}avsluta/", views.close, name="case_close"),
    path(f"{_CASE}oppna/", views.reopen, name="case_reopen"),
    path("<slug:town>/det-du-berattade/<uuid:case_id>/", views.my_report, name="my_report"),
]
