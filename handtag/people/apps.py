"""The room people as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who is known to the platform, in which roles, and what others may see of them."""

    name = "handtag.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write on the list of what a new municipality has left to set up."""
        from handtag.municipalities.queries import CHECKLIST
        from handtag.people.queries.checklist import steps

        CHECKLIST.append(steps)
