"""Addresses of the room helpers."""

from django.urls import path

from handtag.helpers import views

urlpatterns = [
    path("<slug:town>/hjalpa-till/borja/", views.helper_services, name="helper_services"),
    path("<slug:town>/hjalpa-till/borja/var/", views.helper_where, name="helper_where"),
    path("<slug:town>/hjalpa-till/borja/nar/", views.helper_when, name="helper_when"),
    path("<slug:town>/hjalpa-till/borja/hur/", views.helper_amount, name="helper_amount"),
    path("<slug:town>/hjalpa-till/klart/", views.helper_ready, name="helper_ready"),
    path("<slug:town>/min-profil/", views.my_profile, name="my_profile"),
    path("<slug:town>/min-profil/pausa/", views.pause_helping, name="pause_helping"),
    path("<slug:town>/min-profil/ateruppta/", views.resume_helping, name="resume_helping"),
]
