"""The room login as Django knows it."""

from django.apps import AppConfig


class LoginConfig(AppConfig):
    """Logins, sessions and the Actor of each request."""

    name = "handtag.login"
    label = "login"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """New staff get a way in; whoever is erased has none."""
        from handtag.login import actions
        from handtag.notices.actions import EVERY_TEXT
        from handtag.people import actions as people

        people.AFTER_ROLE.append(actions.let_staff_in)
        people.AFTER_ERASE.append(actions.forget_person)
        EVERY_TEXT.append(actions.samples)
