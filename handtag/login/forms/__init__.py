"""What is typed when logging in, becoming a member, taking a second step, and setting up providers."""

from handtag.login.forms.entering import (
    AddressForm,
    CodeForm,
    EnterForm,
    KeyForm,
    OwnAddressForm,
    PasswordForm,
    WelcomeForm,
)
from handtag.login.forms.numbers import NumberForm
from handtag.login.forms.providers import MappingForm, ProviderForm
from handtag.login.forms.steps import SampleForm, StepCodeForm, StepKeyForm

__all__ = [
    "AddressForm",
    "CodeForm",
    "EnterForm",
    "KeyForm",
    "MappingForm",
    "NumberForm",
    "OwnAddressForm",
    "PasswordForm",
    "ProviderForm",
    "SampleForm",
    "StepCodeForm",
    "StepKeyForm",
    "WelcomeForm",
]
