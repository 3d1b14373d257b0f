"""The room desk as Django knows it; ties what makes somebody ring, and what is forgotten."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Those whom we reach by phone, letter and counter."""

    name = "handtag.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """News for who is told by phone makes a call to be made; staff come here from a person's page."""
        from handtag.desk.actions import after_protect, bring, forget_person
        from handtag.desk.messages import samples
        from handtag.desk.queries.links import links
        from handtag.notices.actions import AFTER_BRING, EVERY_TEXT
        from handtag.people.actions import AFTER_ERASE, AFTER_PROTECT
        from handtag.people.queries import LINKS

        AFTER_BRING.append(bring)
        EVERY_TEXT.append(samples)
        AFTER_PROTECT.append(after_protect)
        AFTER_ERASE.append(forget_person)
        LINKS.append(links)
