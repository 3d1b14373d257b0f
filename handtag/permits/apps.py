"""The room permits as Django knows it; ties what follows here when a town comes or a person goes."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """Who may ask for and who may perform a service, and why."""

    name = "handtag.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A new town gets its services, an erased person's permits end, an e-identity counts as a check."""
        from handtag.login.actions import AFTER_PROVED
        from handtag.municipalities.actions import AFTER_ADD
        from handtag.notices.actions import EVERY_TEXT
        from handtag.people.actions import AFTER_ERASE
        from handtag.people.queries import LINKS, SCOPES
        from handtag.permits.actions import forget_person, furnish, note_proved
        from handtag.permits.messages import samples
        from handtag.permits.queries import links, scopes

        AFTER_ADD.append(furnish)
        AFTER_ERASE.append(forget_person)
        AFTER_PROVED.append(note_proved)
        LINKS.append(links)
        SCOPES["services"] = scopes
        EVERY_TEXT.append(samples)
