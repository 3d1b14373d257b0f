"""The room cases as Django knows it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Reports and what a coordinator must take over."""

    name = "handtag.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
