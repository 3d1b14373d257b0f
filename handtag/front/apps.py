"""The room front as Django knows it."""

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    """Pages made of several rooms, the sample town, and adding a municipality."""

    name = "handtag.front"
    label = "front"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what a form lacks as a person would."""
        forms.Field.default_error_messages["required"] = _("We need an answer here.")
