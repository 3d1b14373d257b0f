"""The accessibility statement, the words on personal data, and feedback on both."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.municipalities.rules.words import Feedback, Statement

CONFORMITY = (
    ("not_assessed", _("Not assessed yet")),
    ("full", _("Fully meets the demands")),
    ("partial", _("Partly meets the demands")),
    ("none", _("Does not meet the demands")),
)
METHODS = (
    ("self", _("We assessed it ourselves")),
    ("external", _("Somebody outside assessed it for us")),
)


class StatementForm(forms.Form):
    """What the law wants an accessibility statement to say."""

    actor = forms.CharField(max_length=120, label=_("Who answers for the service"))
    service = forms.CharField(max_length=120, label=_("Name of the service"))
    conformity = forms.ChoiceField(
        label=_("How well does it meet the demands?"), choices=CONFORMITY, widget=forms.RadioSelect
    )
    faults = forms.CharField(
        max_length=4000,
        required=False,
        label=_("Known faults"),
        help_text=_("One on each line: what does not work, and for whom."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reasons = forms.CharField(
        max_length=2000,
        required=False,
        label=_("Why they are not mended yet, and when they will be"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    assessed_on = forms.DateField(
        required=False,
        label=_("Day of the latest assessment"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-26.")},
    )
    method = forms.ChoiceField(
        label=_("How it was assessed"), choices=METHODS, widget=forms.RadioSelect, initial="self"
    )
    contact = forms.CharField(
        max_length=400,
        required=False,
        label=_("How else to reach you about accessibility"),
        help_text=_("Besides the form on the page and the contact centre: an address, an e-mail."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def as_it_stands(cls, kept: dict[str, Any], official: str) -> dict[str, Any]:
        """What the form shows before anything is typed: what was published, or what can be known."""
        ready = {"actor": official, "service": "Handtag", "conformity": "not_assessed"}
        return ready | {key: _day(value) if key.endswith("_on") else value for key, value in kept.items()}

    def words(self) -> Statement:
        """What was typed, for the action."""
        return Statement(**self.cleaned_data)


class NoticeForm(forms.Form):
    """The municipality's own words on personal data."""

    text = forms.CharField(
        max_length=20_000,
        required=False,
        label=_("Your own words on personal data"),
        help_text=_("Leave it empty to show the ready text. A blank line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class FeedbackForm(forms.Form):
    """What did not work, and where to answer."""

    words = forms.CharField(
        max_length=2000,
        label=_("What did not work?"),
        help_text=_(
            "Tell us the page and what you wanted to do. Do not write about illness or other people."
        ),
        error_messages={"required": _("Write what did not work, in your own words.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    answer_to = forms.EmailField(
        required=False,
        label=_("Your e-mail address, if you want an answer"),
        error_messages={"invalid": _("An e-mail address looks like name@example.se. Look at it once more.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def feedback(self) -> Feedback:
        """What was told."""
        return Feedback(self.cleaned_data["words"], self.cleaned_data["answer_to"])


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
