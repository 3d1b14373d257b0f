"""The room cases as Django knows it; ties what becomes a case below."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Reports and incidents, readable by those listed on them."""

    name = "handtag.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Reports, silences, pages hard to use and texts become cases; erasure reaches them."""
        from handtag.cases.actions import (
            forget_person,
            from_feedback,
            from_report,
            from_silence,
            from_text,
        )
        from handtag.cases.messages import samples
        from handtag.errands.actions.errand import AFTER_REPORT, AFTER_UNCONFIRMED
        from handtag.municipalities.actions import AFTER_FEEDBACK
        from handtag.notices.actions import AFTER_INCOMING, EVERY_TEXT
        from handtag.people.actions import AFTER_ERASE

        AFTER_REPORT.append(from_report)
        AFTER_UNCONFIRMED.append(from_silence)
        AFTER_FEEDBACK.append(from_feedback)
        AFTER_INCOMING.append(from_text)
        AFTER_ERASE.append(forget_person)
        EVERY_TEXT.append(samples)
