"""What a coordinator writes when ringing an asker, or taking an ask back for somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CallForm(forms.Form):
    """What was said on the phone."""

    words = forms.CharField(
        label=_("What did you come to?"),
        help_text=_("Only what is needed to go on. Colleagues who steer asks can read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """Why an ask is taken back by the municipality."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        help_text=_("It stays with the municipality. The asker is asked to ring us."),
        max_length=500,
    )
