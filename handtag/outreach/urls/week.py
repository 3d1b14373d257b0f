"""Addresses of placing the week."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
