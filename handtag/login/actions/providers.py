"""The administrator says through whom one logs in here, and which of the directory's groups give roles."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from cryptography import x509
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock, sealing
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right, Role
from handtag.login import rules
from handtag.login.actions import turning
from handtag.login.gateways.web import may_ask
from handtag.login.models import DirectoryKey, GroupMapping, Provider, TownRules
from handtag.municipalities import queries as municipalities


@transaction.atomic
def save_provider(*, by: Actor, wish: rules.ProviderWish, provider_id: UUID | None = None) -> Provider:
    """Make a provider, or change one; its secret goes in and never comes out again."""
    by.must(Right.SET_LOGINS)
    _must_hold(by, wish)
    values = {name: value for name, value in asdict(wish).items() if name != "secret"}
    values |= {"levels": list(wish.levels), "changed_at": clock.now()}
    values |= _secret(wish)
    if provider_id is None:
        return _make(by, values)
    found = _own(by, provider_id)
    was_saml = found.kind == Provider.Kind.SAML
    if found.issuer != wish.issuer and "sealed_secret" not in values and found.sealed_secret:
        # A secret is never shown, to another address either.
        raise Problem(_("The address is another now. Write the secret once more."), field="secret")
    changed = sorted(name for name, value in values.items() if getattr(found, name) != value)
    Provider.objects.of(by.tenant).filter(pk=found.id).update(**values)
    record(by=by, verb="provider.changed", kind="provider", object_id=found.id, fields=changed)
    if wish.kind == Provider.Kind.SAML:
        turning.furnish(by=by, provider_id=found.id, is_new=not was_saml)
    elif was_saml:
        DirectoryKey.objects.filter(provider=found).delete()
    return _own(by, found.id)


@transaction.atomic
def remove_provider(*, by: Actor, provider_id: UUID) -> None:
    """Take a provider away; whoever logged in through it alone does so with a code from now on."""
    by.must(Right.SET_LOGINS)
    found = _own(by, provider_id)
    record(by=by, verb="provider.removed", kind="provider", object_id=found.id)
    Provider.objects.of(by.tenant).filter(pk=found.id).delete()


@transaction.atomic
def add_mapping(
    *, by: Actor, provider_id: UUID, group: str, role: str, is_protected_too: bool = False
) -> None:
    """Let a group give a role from the next login on; one that sees protected people must say so itself."""
    by.must(Right.SET_LOGINS)
    found = _own(by, provider_id)
    if role not in rules.MAPPABLE or found.whom != Provider.Whom.STAFF:
        raise Problem(_("Choose a role."), field="role")
    given, words = Role(role), " ".join(group.split())
    if not words:
        raise Problem(_("Write the name of the group as it stands in the directory."), field="group")
    if rules.sees_protected(given) and not is_protected_too:
        raise Problem(
            _("This role sees protected identities. Say that the group may, or choose another role."),
            field="is_protected_too",
        )
    protected = is_protected_too and rules.sees_protected(given)
    _made, is_new = GroupMapping.objects.get_or_create(
        provider=found, group=words, role=given.value, defaults={"is_protected_too": protected}
    )
    if is_new:
        record(by=by, verb="mapping.added", kind="provider", object_id=found.id, given_role=given.value)


@transaction.atomic
def remove_mapping(*, by: Actor, mapping_id: UUID) -> None:
    """Let a group give a role no longer: it goes at each one's next login."""
    by.must(Right.SET_LOGINS)
    found = GroupMapping.objects.filter(pk=mapping_id, provider__municipality_id=by.tenant).first()
    if found is None:
        raise NotFound("mapping")
    record(by=by, verb="mapping.removed", kind="provider", object_id=found.provider_id, given_role=found.role)
    GroupMapping.objects.filter(pk=found.id).delete()


@transaction.atomic
def set_second_step(*, by: Actor, is_on: bool) -> None:
    """Whether staff who log in with a code must take a second step."""
    by.must(Right.SET_LOGINS)
    TownRules.objects.of(by.tenant).update_or_create(
        municipality_id=by.tenant, defaults={"second_step": is_on}
    )
    record(by=by, verb="logins.second_step_set", kind="municipality", object_id=by.tenant, on=is_on)


def _make(by: Actor, values: dict[str, Any]) -> Provider:
    try:
        with transaction.atomic():
            made = Provider.objects.create(municipality_id=by.tenant, **values)
    except IntegrityError as fault:
        raise TooLate(_("There is a provider with this short name already."), field="key") from fault
    record(by=by, verb="provider.added", kind="provider", object_id=made.id)
    if made.kind == Provider.Kind.SAML:
        turning.furnish(by=by, provider_id=made.id, is_new=True)
    return made


def _own(by: Actor, provider_id: UUID) -> Provider:
    found = Provider.objects.of(by.tenant).filter(pk=provider_id).first()
    if found is None:
        raise NotFound("provider")
    return found


def _must_hold(by: Actor, wish: rules.ProviderWish) -> None:
    if wish.kind == Provider.Kind.SAML:
        _must_be_saml(wish)
    elif not may_ask(wish.issuer):
        raise Problem(OUT, field="issuer")
    elif not wish.client_id:
        raise Problem(_("Write the id that the provider has given you."), field="client_id")
    town = municipalities.by_id(by.tenant)
    code = town.code if town is not None else ""
    if wish.secret_variable and not rules.may_name(wish.secret_variable, code):
        raise Problem(
            _("The variable must be called HANDTAG_SECRET_%(code)s_ and something of your own.")
            % {"code": code},
            field="secret_variable",
        )


OUT = _("The address must begin with https:// and be a public one. Others must stand in EGRESS_ALLOW.")


_SAFE = ("https://", "http://localhost", "http://127.0.0.1")


def _must_be_saml(wish: rules.ProviderWish) -> None:
    if wish.whom != Provider.Whom.STAFF:
        raise Problem(_("SAML is for staff. Residents log in by OpenID Connect."), field="whom")
    for name, address in (("sso_url", wish.sso_url), ("slo_url", wish.slo_url)):
        is_left_out = name == "slo_url" and not address
        if not is_left_out and not address.startswith(_SAFE):
            raise Problem(_("The address must begin with https://."), field=name)
    try:
        x509.load_pem_x509_certificate(wish.certificate.encode())
    except ValueError as fault:
        raise Problem(
            _("Paste the directory's certificate, from BEGIN CERTIFICATE to END CERTIFICATE."),
            field="certificate",
        ) from fault


def _secret(wish: rules.ProviderWish) -> dict[str, str]:
    """The column of the secret: a new one sealed, none where a variable holds it, else as it stands."""
    if wish.secret_variable:
        return {"sealed_secret": ""}
    return {"sealed_secret": sealing.seal(wish.secret)} if wish.secret else {}
