"""The room outreach as Django knows it; ties what is forgotten here and what is said."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Looking for the helper."""

    name = "handtag.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever is erased is reckoned with no more; what is written here can be read beforehand."""
        from handtag.notices.actions import EVERY_TEXT
        from handtag.notices.queries import POINTLESS
        from handtag.outreach.actions.leaving import forget_person
        from handtag.outreach.messages import samples
        from handtag.outreach.queries.pointless import is_pointless
        from handtag.people.actions import AFTER_ERASE

        AFTER_ERASE.append(forget_person)
        EVERY_TEXT.append(samples)
        POINTLESS.append(is_pointless)
