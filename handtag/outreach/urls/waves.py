"""Addresses of waves on an ask."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
