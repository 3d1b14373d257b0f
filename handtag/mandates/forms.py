"""What is typed about mandates."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handtag.kernel import clock
from handtag.mandates import rules
from handtag.mandates.rules import NewMandate


class FindForm(forms.Form):
    """Who shall be let act."""

    words = forms.CharField(
        max_length=100,
        label=_("Name, phone number or e-mail address"),
        error_messages={"required": _("Write a name, a number or an address.")},
    )


class MandateForm(forms.Form):
    """A mandate, as it is said and seen."""

    kind = forms.ChoiceField(
        label=_("What are they to each other?"),
        choices=[
            ("relative", _("Relative or friend")),
            ("guardian", _("Guardian or trustee, appointed")),
            ("staff", _("Staff, for somebody they meet in their work")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    services = forms.MultipleChoiceField(
        label=_("For which services?"),
        help_text=_("Choose none if it is for all of them."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    evidence = forms.CharField(
        max_length=200,
        label=_("What have you seen?"),
        help_text=_("Such as an identity card, or a decision of the chief guardian. Nothing of it is kept."),
        error_messages={"required": _("Write what you have seen, such as a decision of the chief guardian.")},
    )
    evidence_on = forms.DateField(label=_("When did you see it?"), widget=forms.DateInput({"type": "date"}))
    consent = forms.CharField(
        label=_("What the person has said yes to"),
        help_text=_("Read it aloud, or let them read it. It is kept in Swedish as it stands here."),
        widget=forms.Textarea({"rows": 7, "lang": "sv"}),
        max_length=2000,
    )
    consent_language = forms.ChoiceField(
        label=_("In which language did you read or show it?"), widget=forms.RadioSelect, required=False
    )
    consent_how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=[
            ("in_person", _("In person")),
            ("by_phone", _("By phone, read aloud")),
            ("on_paper", _("On paper")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    consent_on = forms.DateField(label=_("When did they say yes?"), widget=forms.DateInput({"type": "date"}))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("A year from the first day at most. Both are asked a month ahead."),
        widget=forms.DateInput({"type": "date"}),
    )

    proxy_told = forms.BooleanField(
        required=False,
        label=_("Tell the one who helps too when something happens with the questions"),
        help_text=_("The person who is helped is told in any case."),
    )

    def __init__(self, *args: Any, services: list[tuple[str, str]], reads: str = "sv", **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {**_usual(clock.today()), "consent_language": reads}, **kwargs})
        self.fields["services"].choices = services  # type: ignore[attr-defined]  # a field of choices
        names = {code: name for code, name in settings.LANGUAGES if code in ("sv", reads)}
        self.fields["consent_language"].choices = list(names.items())  # type: ignore[attr-defined]  # the same

    def words(self) -> NewMandate:
        """What was said, as a plain value."""
        said = dict(self.cleaned_data)
        chosen = tuple(UUID(each) for each in said.pop("services"))
        language = said.pop("consent_language") or "sv"
        return NewMandate(services=chosen, consent_language=language, **said)


class EndForm(forms.Form):
    """Who wants it to end."""

    side = forms.ChoiceField(
        label=_("Who wants it to end?"),
        choices=[
            ("helped", _("The person who is helped")),
            ("proxy", _("The one who helps")),
            ("municipality", _("The municipality")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who wants it to end.")},
    )


def _usual(today: date) -> dict[str, Any]:
    """What most often holds: said and seen today, for as long as may be."""
    days = dict.fromkeys(("evidence_on", "consent_on", "starts_on"), today)
    return {**days, "consent": rules.CONSENT, "ends_on": rules.latest_end(today)}
