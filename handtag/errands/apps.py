"""The room errands as Django knows it; ties what follows here from deeds in the rooms below."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    """The heart: from an ask to a done errand and what both sides said of it."""

    name = "handtag.errands"
    label = "errands"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Losses call off what was agreed; asks follow areas; texts and calls reach; leavers are gone."""
        from handtag.errands.actions.drafting import forget_drafts_between
        from handtag.errands.actions.falling import follow_areas
        from handtag.errands.actions.leaving import forget_person, hide_places
        from handtag.errands.actions.losing import after_loss, after_protect
        from handtag.errands.actions.texting import from_text
        from handtag.errands.messages import samples
        from handtag.errands.queries import posted
        from handtag.errands.queries.bridging import bridge
        from handtag.errands.queries.pointless import is_pointless
        from handtag.mandates.actions import AFTER_END
        from handtag.municipalities.actions import AFTER_AREAS
        from handtag.notices.actions import AFTER_DIAL, AFTER_INCOMING, EVERY_TEXT
        from handtag.notices.queries import POINTLESS, SEALED, UNTIL
        from handtag.people.actions import AFTER_ERASE, AFTER_PROTECT
        from handtag.permits.actions import AFTER_LOSS

        AFTER_INCOMING.append(from_text)
        AFTER_DIAL.append(bridge)
        POINTLESS.append(is_pointless)
        SEALED.append(posted.sealed)
        UNTIL.append(posted.until)
        AFTER_AREAS.append(follow_areas)
        AFTER_END.append(forget_drafts_between)
        AFTER_LOSS.append(after_loss)
        AFTER_PROTECT.extend([after_protect, hide_places])
        AFTER_ERASE.append(forget_person)
        EVERY_TEXT.append(samples)
