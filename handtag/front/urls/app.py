"""Addresses of the site as an app."""

from django.urls import path

from handtag.front.views import app

urlpatterns = [
    path("<slug:town>/app.webmanifest", app.manifest, name="manifest"),
    path("<slug:town>/app-<int:size>.png", app.icon, name="app_icon"),
    path("<slug:town>/app.js", app.worker, name="worker"),
    path("<slug:town>/utan-nat/<slug:language>/", app.offline, name="offline"),
]
