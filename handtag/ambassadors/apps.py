"""The room ambassadors as Django knows it."""

from django.apps import AppConfig


class AmbassadorsConfig(AppConfig):
    """Those who ask for the people they meet in their work."""

    name = "handtag.ambassadors"
    label = "ambassadors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Who is erased leaves no trace of what they learnt here."""
        from handtag.ambassadors.actions import forget_person
        from handtag.people.actions import AFTER_ERASE

        AFTER_ERASE.append(forget_person)
