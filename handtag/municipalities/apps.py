"""The room municipalities as Django knows it."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    """The tenant: municipality, committee, partnership, areas and places."""

    name = "handtag.municipalities"
    label = "municipalities"
    default_auto_field = "django.db.models.BigAutoField"
