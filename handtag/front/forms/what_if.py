"""What would be otherwise: how far helpers go, how many more there are, how often they hear from us."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from handtag.front.rules.what_if import BUDGETS, HELPERS, KM, Changes


def _often(count: int, today: int) -> Any:
    if count == today:
        return _("As now: %(count)s times a week") % {"count": count}
    return ngettext_lazy("%(count)s time a week", "%(count)s times a week", count) % {"count": count}


class WhatIfForm(forms.Form):
    """One thing or several that would be otherwise."""

    km = forms.TypedChoiceField(
        label=_("How far helpers go"),
        coerce=int,
        choices=[
            (each, _("%(km)s km further than now") % {"km": each} if each else _("As now")) for each in KM
        ],
    )
    helpers = forms.TypedChoiceField(
        label=_("How many help"),
        coerce=int,
        choices=[
            (each, _("%(count)s more than now") % {"count": each} if each else _("As now"))
            for each in HELPERS
        ],
    )
    service = forms.ChoiceField(label=_("What the new ones help with"), required=False)
    budget = forms.TypedChoiceField(
        label=_("How often one helper hears from us, at most"),
        coerce=int,
    )

    def __init__(self, data: Any, *, services: list[tuple[str, str]], budget: int) -> None:
        super().__init__(data, initial={"budget": budget})
        budgets = [(each, _often(each, budget)) for each in sorted({*BUDGETS, budget})]
        for name, choices in (("service", services), ("budget", budgets)):
            chosen = self.fields[name]
            if isinstance(chosen, forms.ChoiceField):
                chosen.choices = choices

    @property
    def changes(self) -> Changes:
        """What was chosen."""
        return Changes(**self.cleaned_data)
