"""What is written at a counter about somebody's identity number: used at once, and kept by nobody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.kernel.numbers import Certainty


class NumberForm(forms.Form):
    """The number on the card, and how sure a coordination number is."""

    number = forms.CharField(
        max_length=20,
        label=_("Personal identity number or coordination number"),
        help_text=_("As it stands on the card you see. We keep a fingerprint of it, never the number."),
        error_messages={"required": _("Write the number on the card.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    certainty = forms.ChoiceField(
        choices=[
            (Certainty.CONFIRMED.value, _("confirmed (styrkt)")),
            (Certainty.PROBABLE.value, _("probable (sannolik)")),
            (Certainty.UNCERTAIN.value, _("uncertain (osäker)")),
        ],
        initial=Certainty.CONFIRMED.value,
        label=_("If it is a coordination number: its level"),
        help_text=_("Only a confirmed one lets the person log in with it."),
    )
