"""Deciding on a permit, and noting that a demand was met."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer
from handtag.permits import rules
from handtag.permits.rules import DemandKind


class DecisionForm(forms.Form):
    """One decision: which, why, and in the caseworker's own words if something needs saying."""

    verb = forms.ChoiceField(
        label=_("Choose what you decide"),
        choices=[(verb, verb) for verb in rules.STAFF_VERBS],
        error_messages={
            "required": _("Choose what you decide."),
            "invalid_choice": _("Choose what you decide."),
        },
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"), required=False, error_messages={"invalid_choice": _("Choose one in the list.")}
    )
    motivation = forms.CharField(
        label=_("Motivation"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person can read it. Write nothing about health, or about what an extract says."),
        error_messages={"max_length": _("At most 1,000 letters. Say it more briefly.")},
    )
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reasons: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reason_code", reasons)


class ReviewForm(forms.Form):
    """Why somebody thinks that a decision is wrong, if they like to say."""

    words = forms.CharField(
        label=_("What do you want us to look at?"),
        help_text=_("You need not give a reason. Write nothing about health or other private matters."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("At most 1,000 letters. Say it more briefly.")},
    )

    def __init__(self, *args: Any, permit_id: object, **kwargs: Any) -> None:
        # Several of these stand on one page: each has ids of its own.
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{permit_id}_%s"


YES_NO: list[tuple[str, str | Promise]] = [("yes", _("Yes")), ("no", _("No"))]


class CheckForm(forms.Form):
    """That a demand was met: only the fields that its kind needs. Of an extract nothing but the day."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in rules.DEMANDS], widget=forms.HiddenInput)
    name = forms.CharField(label=_("Which organisation vouches?"), max_length=80, required=False)
    seen_on = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )
    adult = forms.ChoiceField(
        label=_("Does the card show 18 years or more?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    shown = forms.BooleanField(
        label=_("I have seen an extract that is at most a year old, and have given it back"),
        error_messages={"required": _("Tick this when you have seen the extract. Else nothing is noted.")},
    )

    def __init__(self, *args: Any, kind: str = "", place: str = "", **kwargs: Any) -> None:
        # Several of these stand on one page: each has ids of its own.
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{place}_%s"
        if kind != DemandKind.IDENTITY:
            del self.fields["adult"]
        if kind != DemandKind.RECORD_EXTRACT:
            del self.fields["shown"]
        if kind == DemandKind.ORGANISATION:
            self.fields["name"].required = True
        elif kind == DemandKind.TRAINING:
            self.fields["name"].widget = forms.HiddenInput()
        else:
            del self.fields["name"]

    def words(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "seen_on": said["seen_on"],
            "name": said.get("name", ""),
            "adult": said.get("adult") == "yes",
        }
