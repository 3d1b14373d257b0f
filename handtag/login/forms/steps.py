"""What is typed, or shown by a device, as a second step."""

from typing import Any

from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.login.forms.entering import MALFORMED


class StepCodeForm(forms.Form):
    """The code an app shows, or one of those for a rainy day."""

    code = forms.CharField(
        max_length=20,
        label=_("The code"),
        help_text=_("Six digits from your app, or one of the codes you have kept."),
        error_messages={"required": _("Write the code that your app shows.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class StepKeyForm(AuthenticateWebAuthnForm):
    """The passkey of who is logged in already."""

    def clean_credential(self) -> Any:
        """The passkey; anything else is refused, not a fault."""
        try:
            return super().clean_credential()
        except MALFORMED as fault:
            raise forms.ValidationError(_("That passkey is not known here.")) from fault


class SampleForm(forms.Form):
    """As whom one comes to the sample's own provider."""

    username = forms.CharField(
        max_length=60, required=False, label="Vem är du?", help_text="Tomt: någon som är ny här."
    )
    level = forms.ChoiceField(
        choices=[("loa3", "LoA3"), ("loa2", "LoA2")], initial="loa3", required=False, label="Tillitsnivå"
    )
