"""What an administrator writes about a provider of logins, and about the groups of a directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer
from handtag.kernel.rights import WORDS, Role
from handtag.login.models import Provider
from handtag.login.rules import LOA3, MAPPABLE, ProviderWish

_KINDS = (
    ("oidc residents", _("E-identity for residents (OpenID Connect)")),
    ("oidc staff", _("The staff's directory (OpenID Connect)")),
    ("saml staff", _("The staff's directory (SAML 2)")),
)
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _line(label: Any, help_text: Any = "", most: int = 300, *, required: bool = False) -> forms.CharField:
    attrs = forms.TextInput(attrs=_PLAIN)
    return forms.CharField(max_length=most, required=required, label=label, help_text=help_text, widget=attrs)


class ProviderForm(forms.Form):
    """One provider."""

    what = forms.ChoiceField(
        choices=_KINDS,
        label=_("Who logs in through it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who logs in through it.")},
    )
    name = forms.CharField(
        max_length=60,
        label=_("Name on the button"),
        help_text=_("For example: BankID."),
        error_messages={"required": _("Write what the button shall say.")},
    )
    key = forms.SlugField(
        max_length=40,
        label=_("Short name in addresses"),
        help_text=_("Small letters and hyphens. The addresses below follow from it."),
        error_messages={"required": _("Write a short name."), "invalid": _("Small letters and hyphens.")},
    )
    is_on = forms.BooleanField(required=False, initial=True, label=_("Shown on the sign-in page"))
    issuer = _line(
        _("Issuer, or entity id"),
        _("The address the provider calls itself by. For OpenID Connect its description is read from there."),
        required=True,
    )
    client_id = _line(_("Our id at the provider (client id)"))
    client_auth = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Provider.Auth],
        label=_("How our secret is sent"),
        initial=Provider.Auth.BASIC.value,
    )
    secret = forms.CharField(
        max_length=2000,
        required=False,
        label=_("Our secret at the provider"),
        help_text=_("It is kept sealed and never shown again. Empty: the one we have stays."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    secret_variable = _line(
        _("Or: the environment variable that holds the secret"),
        _("Then nothing is kept in the database."),
        100,
    )
    scope = _line(_("What we ask for (scope)"), _("Besides openid, with spaces between."), 200)
    levels = forms.CharField(
        max_length=1000,
        required=False,
        initial=LOA3,
        label=_("Levels of assurance we accept (acr)"),
        help_text=_(
            "With spaces between. For an e-identity it is LoA3 unless you say otherwise; "
            "without any, nobody's identity counts as verified."
        ),
        widget=forms.Textarea(attrs={"rows": 2, **_PLAIN}),
    )
    number_claim = _line(
        _("Claim with the personal identity number"),
        _("Empty: it is not read. Otherwise only a keyed hash is kept."),
        200,
    )
    certainty_claim = _line(
        _("Claim with the level of a coordination number"),
        _("Only a confirmed one counts. Empty: none does."),
        200,
    )
    group_claim = _line(_("Claim or attribute with the groups"), _("For staff. Empty: groups."), 200)
    sso_url = _line(_("Where the directory asks people to log in (SAML)"))
    slo_url = _line(
        _("Where the directory logs people out (SAML)"),
        _("Its SingleLogoutService, by redirect. Empty: who logs out here stays logged in there."),
    )
    certificate = forms.CharField(
        max_length=8000,
        required=False,
        label=_("The directory's certificate (SAML)"),
        widget=forms.Textarea(attrs={"rows": 4, **_PLAIN}),
    )

    def main(self) -> list[forms.BoundField]:
        """What every provider needs."""
        return [self[name] for name in ("what", "name", "key", "is_on", "issuer", "client_id", "secret")]

    def more(self) -> list[forms.BoundField]:
        """What some need."""
        claims = ("levels", "number_claim", "certainty_claim", "group_claim")
        return [self[name] for name in (*claims, "scope", "client_auth", "secret_variable")]

    def saml(self) -> list[forms.BoundField]:
        """What only a directory that speaks SAML needs."""
        return [self[name] for name in ("sso_url", "slo_url", "certificate")]

    def wish(self) -> ProviderWish:
        """What was written, as plain values."""
        said = dict(self.cleaned_data)
        kind, whom = said.pop("what").split()
        levels = tuple(said.pop("levels").split())
        if kind == "saml" or (whom == Provider.Whom.STAFF and levels == (LOA3,)):
            levels = ()  # what stands there by itself is meant for e-identities: directories say no level
        return ProviderWish(kind=kind, whom=whom, levels=levels, **said)


class MappingForm(forms.Form):
    """A group, and the role it gives."""

    group = forms.CharField(
        max_length=200,
        label=_("Group in the directory"),
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": _("Write the name of the group as it stands in the directory.")},
    )
    role = forms.ChoiceField(label=_("Gives the role"), error_messages={"required": _("Choose a role.")})
    is_protected_too = forms.BooleanField(
        required=False, label=_("Yes, this group may see protected identities")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role.value, WORDS[role]) for role in Role if role in MAPPABLE])
