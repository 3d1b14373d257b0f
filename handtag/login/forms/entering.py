"""What is typed when logging in and when becoming a member."""

import struct
from collections.abc import Sequence
from typing import Any, cast

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm, SignupWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

CHILD, YOUTH, ADULT = "child", "youth", "adult"


class AddressForm(RequestLoginCodeForm):
    """Where a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your e-mail address")
        field.widget.attrs = {
            "autocomplete": "username webauthn",
            "inputmode": "email",
            "spellcheck": "false",
        }
        field.error_messages["invalid"] = _("An address looks like name@example.se. Look at yours once more.")
        field.error_messages["required"] = _("Write your e-mail address, so that we can send you a code.")


class OwnAddressForm(forms.Form):
    """An address to log in with, for who has none yet."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": _("An address looks like name@example.se. Look at yours once more."),
            "required": _("Write your e-mail address, so that we can send you a code."),
        },
    )


class CodeForm(ConfirmLoginCodeForm):
    """The code out of the letter; pasted with spaces it works too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("The code in the letter")
        field.help_text = _("Six digits. You can paste them.")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        field.error_messages["required"] = _("Write the six digits from the letter.")


# What the parts of a passkey raise when somebody sends something that is no passkey at all.
MALFORMED = (KeyError, TypeError, AttributeError, ValueError, IndexError, struct.error)


class EnterForm(LoginWebAuthnForm):
    """A passkey's answer to the riddle."""

    def clean_credential(self) -> Any:
        """The passkey; anything else is refused, not a fault."""
        try:
            return super().clean_credential()
        except MALFORMED as fault:
            raise forms.ValidationError(_("That passkey is not known here.")) from fault


class KeyForm(SignupWebAuthnForm):
    """A new passkey, and what its owner calls the device."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name"]
        field.label = _("What do you call this device?")
        field.help_text = _("So that you know it again: my phone, the computer at home.")
        field.initial = self.initial["name"] = ""
        field.max_length = 60
        self.fields["credential"].error_messages["required"] = _("No passkey was made. Try once more.")

    def clean(self) -> dict[str, Any]:
        """The new passkey; anything else is refused, not a fault."""
        try:
            return dict(super().clean())
        except MALFORMED as fault:
            raise forms.ValidationError(_("No passkey was made. Try once more.")) from fault


class PasswordForm(forms.Form):
    """Name and password, in the sample only."""

    username = forms.CharField(max_length=60)
    password = forms.CharField(max_length=128, widget=forms.PasswordInput)


class WelcomeForm(forms.Form):
    """The three things asked of a new member."""

    given_name = forms.CharField(
        max_length=60,
        label=_("What is your first name?"),
        help_text=_("Those you meet see it."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name, so that neighbours know what to call you.")},
    )
    family_name = forms.CharField(
        max_length=60,
        required=False,
        label=_("And your last name?"),
        help_text=_("Shown only to somebody you have agreed to meet, and to those at the municipality."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[(CHILD, _("Under 13")), (YOUTH, _("13 to 17 years")), (ADULT, _("18 or older"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how old you are. Some help is for adults only.")},
    )
    place = forms.ChoiceField(
        label=_("Where do you live?"),
        help_text=_("The nearest place is enough. Nobody sees it but you."),
        error_messages={"required": _("Choose the place nearest to you.")},
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["place"])
        field.choices = [("", _("Choose the nearest place")), *places]

    def is_child(self) -> bool:
        """Whether the answer is under 13."""
        return bool(self.cleaned_data["age"] == CHILD)
