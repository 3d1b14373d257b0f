"""Forms of retention."""

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.privacy.rules.retention import DESTRUCTIBLE


class DecisionForm(forms.Form):
    """The municipality's decision on how long one record type is kept."""

    record_type = forms.ChoiceField(choices=[(name, name) for name in DESTRUCTIBLE], widget=forms.HiddenInput)
    keep_days = forms.IntegerField(
        label=_("Keep for how many days?"),
        help_text=_("Empty: keep it for good."),
        required=False,
        min_value=1,
        max_value=36_500,
    )
    reference = forms.CharField(label=_("Number of the decision"), max_length=120)
    on = forms.DateField(label=_("Date of the decision"), widget=forms.DateInput(attrs={"type": "date"}))
