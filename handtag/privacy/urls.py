"""Addresses of the room privacy."""

from django.urls import path

from handtag.privacy import views

urlpatterns = [
    path("<slug:town>/mina-uppgifter/", views.my_data, name="my_data"),
    path("<slug:town>/mina-uppgifter/fil/", views.my_data_file, name="my_data_file"),
    path("<slug:town>/mina-uppgifter/radera/", views.erase_me, name="erase_me"),
    path("<slug:town>/gallring/", views.records, name="records"),
    path("<slug:town>/gallring/beslut/<slug:record_type>/", views.decide, name="decide_retention"),
    path("<slug:town>/gallring/foresla/", views.propose, name="propose_destruction"),
    path("<slug:town>/gallring/<uuid:destruction_id>/godkann/", views.approve, name="approve_destruction"),
    path("<slug:town>/gallring/person/<uuid:person_id>/", views.erase, name="erase_person"),
]
