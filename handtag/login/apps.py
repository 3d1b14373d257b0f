"""The room login as Django knows it."""

from django.apps import AppConfig


class LoginConfig(AppConfig):
    """Logins, sessions and the Actor of each request."""

    name = "handtag.login"
    label = "login"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """New staff get a way in, former staff are logged out; whoever is erased has no way in."""
        from handtag.login import actions, queries
        from handtag.notices.actions import EVERY_TEXT
        from handtag.people import actions as people
        from handtag.people.queries import LINKS

        LINKS.append(queries.links)
        people.AFTER_ROLE.extend([actions.let_staff_in, actions.end_for_role])
        people.AFTER_ERASE.append(actions.forget_person)
        EVERY_TEXT.append(actions.samples)
