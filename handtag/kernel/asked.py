"""Questions that several rooms ask, and ask in the same words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.kernel.tongues import TONGUES


class ReasonForm(forms.Form):
    """Why a protected record is opened."""

    reason = forms.CharField(
        max_length=300,
        label=_("Why do you need to open it?"),
        help_text=_("It is kept, and the person can read it."),
        error_messages={"required": _("Write why. It is kept.")},
    )


def languages_spoken() -> forms.MultipleChoiceField:
    """What a helper speaks; one language at least."""
    return forms.MultipleChoiceField(
        label=_("Which languages do you speak?"),
        choices=list(TONGUES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language you speak.")},
    )


def postcode() -> forms.CharField:
    """The five figures of an address; letters are not sent without them."""
    return forms.CharField(
        max_length=10,
        required=False,
        label=_("Postcode"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def post_town() -> forms.CharField:
    """What stands beside the postcode."""
    return forms.CharField(max_length=60, required=False, label=_("Post town"))
