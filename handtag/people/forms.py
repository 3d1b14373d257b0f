"""What is typed about people: details, roles, protection, and whom one looks for."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from handtag.kernel import asked, spoken
from handtag.kernel.picks import offer
from handtag.kernel.rights import WORDS, Role
from handtag.kernel.tongues import TONGUES
from handtag.people.models import Person
from handtag.people.rules import giving
from handtag.people.rules.new import NewPerson

Choices = Sequence[tuple[str, str]]
Offered = Mapping[str, Choices]
BAD_EMAIL = _("An e-mail address looks like name@example.se. Look at it once more.")

AGES = (
    (Person.Age.ADULT.value, _("18 years or older")),
    (Person.Age.YOUTH.value, _("13 to 17 years old")),
    (Person.Age.UNKNOWN.value, _("Not known")),
)
KINDS = (
    (Person.Protection.SECRECY_MARK.value, _("Secrecy mark (sekretessmarkering)")),
    (Person.Protection.PROTECTED_REGISTRATION.value, _("Protected registration (skyddad folkbokföring)")),
)

# What a role may be narrowed to: the question, and for whom it is one.
ALL = _("For: %(roles)s. Choose none to let the role count for all.")
SECRET = _(
    "For: %(roles)s. What falls under the social services is open only to a role that names its committee."
)
WITHIN = _("Your own role counts for these. Choose which of them this one shall count for.")
SCOPES = {
    giving.SERVICES: (_("Only for some services"), ALL),
    giving.COMMITTEES: (_("Only for the services of"), SECRET),
    giving.GROUPS: (_("Only for some groups"), ALL),
}


def role_choices(roles: Sequence[Role]) -> list[tuple[str, str]]:
    """Roles to choose from, as they stand at the beginning of a line."""
    return [(role.value, capfirst(str(WORDS[role]))) for role in roles]


class SearchForm(forms.Form):
    """Whom somebody looks for."""

    words = forms.CharField(
        max_length=120,
        label=_("Name, phone number or e-mail address"),
        help_text=_("At least two letters of a name, or four digits of a number."),
        error_messages={"required": _("Write whom you are looking for.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DetailsForm(forms.Form):
    """What is known of somebody, as staff or they themselves write it."""

    given_name = forms.CharField(
        max_length=60, label=_("First name"), error_messages={"required": _("Write a first name.")}
    )
    family_name = forms.CharField(max_length=60, required=False, label=_("Last name"))
    phone = forms.CharField(
        max_length=30,
        required=False,
        label=_("Phone number"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(required=False, label=_("E-mail address"), error_messages={"invalid": BAD_EMAIL})
    place_id = forms.ChoiceField(required=False, label=_("The nearest place"))
    address = forms.CharField(
        max_length=200,
        required=False,
        label=_("Address"),
        help_text=_("Seen only by somebody who has agreed to come."),
    )
    postcode, post_town = asked.postcode(), asked.post_town()
    age = forms.ChoiceField(
        choices=AGES, label=_("Age"), widget=forms.RadioSelect, initial=Person.Age.UNKNOWN.value
    )
    language = forms.ChoiceField(label=_("Language of letters and messages"))
    speaks = forms.MultipleChoiceField(
        required=False, choices=list(TONGUES.items()), label=_("Speaks"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place_id", [("", _("No place chosen")), *places])
        offer(self, "language", settings.LANGUAGES)

    def words(self, stands: NewPerson) -> NewPerson:
        """What was typed, over what stands; another place takes the old point away."""
        said = dict(self.cleaned_data)
        if "speaks" in said:
            said["speaks"] = tuple(said["speaks"])
        said["place_id"] = UUID(said["place_id"]) if said["place_id"] else None
        if said["place_id"] != stands.place_id:
            said |= {"longitude": None, "latitude": None}
        return replace(stands, **said)


class OwnForm(DetailsForm):
    """The same for oneself: how old one is was said when one became a member."""

    age = None  # type: ignore[assignment]  # so a form leaves a field of its parent out

    def __init__(self, *args: Any, is_protected: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_protected:
            self.fields["chosen_name"] = forms.CharField(
                max_length=60,
                required=False,
                label=_("The name others see"),
                help_text=_("You are protected: nobody but the officers sees your real name."),
            )


class ReasonForm(forms.Form):
    """Why a protected record is opened, or a mark lifted."""

    reason = forms.CharField(
        max_length=500,
        label=_("Why?"),
        error_messages={"required": _("Write the reason. It is kept.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ProtectForm(forms.Form):
    """A mark as protected."""

    kind = forms.ChoiceField(
        choices=KINDS,
        label=_("Which protection?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which protection it is.")},
    )
    chosen_name = forms.CharField(
        max_length=60,
        required=False,
        label=_("The name others see"),
        help_text=_("A name the person chooses. Without one they show as “a resident”."),
    )
    reason = forms.CharField(
        max_length=500,
        label=_("Why?"),
        help_text=_("For example who asked for it, and what was shown. Not former names."),
        error_messages={"required": _("Write the reason. It is kept with the mark.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RoleForm(forms.Form):
    """A role for somebody known here, perhaps for some services, committees or groups alone."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})

    def __init__(
        self, *args: Any, roles: Sequence[Role], scopes: Offered, bound: Container[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", role_choices(roles))
        for kind, (label, only) in SCOPES.items():
            fitting = [str(WORDS[role]) for role in roles if kind in giving.NARROWS.get(role, ())]
            if fitting and scopes.get(kind):
                self.fields[kind] = forms.TypedMultipleChoiceField(
                    choices=scopes[kind],
                    coerce=UUID,
                    required=kind in bound,
                    label=label,
                    help_text=WITHIN if kind in bound else only % {"roles": spoken.join(fitting)},
                    error_messages={"required": _("Choose at least one.")},
                    widget=forms.CheckboxSelectMultiple,
                )

    @property
    def is_bound_to_narrow(self) -> bool:
        """Whether one must be chosen, for the giver's own role is narrowed."""
        return any(field.field.required for field in self.narrowing())

    def narrowing(self) -> list[forms.BoundField]:
        """The fields that narrow the role."""
        return [self[kind] for kind in SCOPES if kind in self.fields]


class AppointForm(RoleForm):
    """A colleague's new role."""

    email = forms.EmailField(
        label=_("The colleague's e-mail address"),
        help_text=_("They log in with a code sent to it."),
        error_messages={"required": _("Write the colleague's e-mail address."), "invalid": BAD_EMAIL},
    )
    given_name = forms.CharField(max_length=60, required=False, label=_("First name"))
    family_name = forms.CharField(max_length=60, required=False, label=_("Last name"))
