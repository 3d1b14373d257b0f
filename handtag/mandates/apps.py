"""The room mandates as Django knows it; ties what ends a mandate when somebody goes or is protected."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Who acts for whom."""

    name = "handtag.mandates"
    label = "mandates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Erasure, protection and a role that is taken end mandates; staff come here from a person's page."""
        from handtag.mandates.actions import end_all, end_office, forget_person
        from handtag.mandates.messages import samples
        from handtag.mandates.queries import is_pointless, links, not_their_own, sealed
        from handtag.notices.actions import EVERY_TEXT
        from handtag.notices.queries import NOT_THEIR_OWN, POINTLESS, SEALED
        from handtag.people.actions import AFTER_ERASE, AFTER_PROTECT, AFTER_ROLE
        from handtag.people.queries import LINKS

        AFTER_PROTECT.append(end_all)
        AFTER_ERASE.append(forget_person)
        AFTER_ROLE.append(end_office)
        LINKS.append(links)
        NOT_THEIR_OWN.append(not_their_own)
        SEALED.append(sealed)
        POINTLESS.append(is_pointless)
        EVERY_TEXT.append(samples)
