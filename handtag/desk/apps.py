"""The room desk as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Those whom we reach by phone, letter and counter."""

    name = "handtag.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A person's page leads to what can be printed for them."""
        from handtag.desk.queries.print_links import links
        from handtag.people.queries import LINKS

        LINKS.append(links)
