"""How a municipality is reached, looks and speaks; its committees."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer
from handtag.municipalities.models import Municipality
from handtag.municipalities.rules.words import SetUp

FONT_CHOICES = (("atkinson", "Atkinson Hyperlegible Next"), ("system", _("The reader's own typeface")))


class SetUpForm(forms.Form):
    """The settings page."""

    phone = forms.CharField(
        max_length=30,
        required=False,
        label=_("Phone number of the contact centre"),
        help_text=_("It stands on every page: whatever can be done here can be done by phone."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    hours = forms.CharField(
        max_length=120,
        required=False,
        label=_("When somebody answers"),
        help_text=_("As one says it: Monday to Friday 8–17."),
    )
    email = forms.EmailField(
        required=False,
        label=_("The municipality's e-mail address for questions"),
        error_messages={"invalid": _("An e-mail address looks like name@example.se. Look at it once more.")},
    )
    accent = forms.CharField(
        max_length=7,
        label=_("Colour"),
        help_text=_("One colour; all others follow from it. It must be dark enough to be read."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    font = forms.ChoiceField(label=_("Typeface"), choices=FONT_CHOICES, widget=forms.RadioSelect)
    welcome = forms.CharField(
        max_length=400,
        required=False,
        label=_("Welcome on the first page"),
        help_text=_("One or two sentences. Without your own words a ready text stands there."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("The languages that visitors may choose. Swedish is always one of them."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least Swedish.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "languages", settings.LANGUAGES)

    @classmethod
    def as_it_stands(cls, town: Municipality) -> dict[str, Any]:
        """What the form shows before anything is typed."""
        return {name: getattr(town, name) for name in cls.base_fields}

    def words(self) -> SetUp:
        """What was typed, for the action."""
        said = self.cleaned_data
        return SetUp(**{**said, "languages": tuple(said["languages"])})


class LogoForm(forms.Form):
    """A new logo."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, at most 500 kB. A logo with clear edges on white works best."),
        error_messages={"required": _("Choose a picture first.")},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def upload(self) -> bytes:
        """The bytes of the file; more than enough to see that it is too large, never all of a huge one."""
        return bytes(self.cleaned_data["logo"].read(1_000_000))


class CommitteeForm(forms.Form):
    """A committee's name."""

    name = forms.CharField(
        max_length=120,
        label=_("Name of the committee"),
        error_messages={"required": _("Write the committee's name.")},
    )


class DecisionForm(forms.Form):
    """The committee's decision that published rules may grant by themselves."""

    on = forms.DateField(
        label=_("Day of the decision"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write the day of the decision."),
            "invalid": _("Write the day as 2026-11-26."),
        },
    )
    reference = forms.CharField(
        max_length=120,
        label=_("Number of the decision"),
        help_text=_("For example § 41, KS 2026/12."),
        error_messages={"required": _("Write the number of the decision.")},
    )
