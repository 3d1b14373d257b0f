"""The room mandates as Django knows it; ties what ends a mandate when somebody goes or is protected."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Who acts for whom."""

    name = "handtag.mandates"
    label = "mandates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Erasure and protection end mandates; staff come here from a person's page."""
        from handtag.mandates.actions import end_all, forget_person
        from handtag.mandates.queries import links, not_their_own
        from handtag.notices.queries import NOT_THEIR_OWN
        from handtag.people.actions import AFTER_ERASE, AFTER_PROTECT
        from handtag.people.queries import LINKS

        AFTER_PROTECT.append(end_all)
        AFTER_ERASE.append(forget_person)
        LINKS.append(links)
        NOT_THEIR_OWN.append(not_their_own)
