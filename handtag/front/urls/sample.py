"""Addresses that exist in the sample alone."""

from django.urls import path

from handtag.front.views import sample

urlpatterns = [
    path("prova/", sample.cast, name="sample"),
    path("prova/in/<slug:key>/", sample.enter, name="sample_enter"),
    path("prova/post/", sample.post, name="sample_post"),
    path("prova/delar/", sample.states, name="sample_states"),
]
