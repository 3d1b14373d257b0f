"""The room helpers as Django knows it."""

from django.apps import AppConfig


class HelpersConfig(AppConfig):
    """Helper profiles, availability and reach."""

    name = "handtag.helpers"
    label = "helpers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever is erased helps nobody; STOPP and START by text are a pause and its end."""
        from handtag.helpers import actions
        from handtag.helpers.messages import samples
        from handtag.notices.actions import AFTER_INCOMING, EVERY_TEXT
        from handtag.people import actions as people

        AFTER_INCOMING.append(actions.rest_by_text)
        people.AFTER_ERASE.append(actions.forget_person)
        EVERY_TEXT.append(samples)
