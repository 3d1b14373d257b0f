"""Addresses of the room insight."""

from django.urls import URLPattern, URLResolver, path

from handtag.insight import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/siffror/", views.figures, name="figures"),
]
