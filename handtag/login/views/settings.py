"""The administrator's page: through whom one logs in here, which groups give roles, and the second step."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.login import actions, queries
from handtag.login.forms import MappingForm, ProviderForm
from handtag.once.actions import fulfil, perform

_BOTH = ("GET", "POST")


@needs(Right.SET_LOGINS, methods=_BOTH)
def logins(request: Request, town: str) -> HttpResponseBase:
    """The providers, and whether staff must take a second step."""

    def deed() -> str:
        actions.set_second_step(by=request.actor, is_on=request.POST.get("second_step") == "on")
        messages.success(request, _("Saved."))
        return reverse("logins", args=[town])

    if request.method == "POST":
        return redirect(perform(submission(request), deed))
    context = {
        "rows": queries.provider_rows(request.actor),
        "second_step": queries.demands_second_step(request.municipality.id),
    }
    return render(request, "login/settings.html", context)


@needs(Right.SET_LOGINS, methods=_BOTH)
def new(request: Request, town: str) -> HttpResponseBase:
    """One more provider."""
    form = ProviderForm(posted(request))

    def deed() -> str:
        made = actions.save_provider(by=request.actor, wish=form.wish())
        messages.success(request, _("Saved."))
        return reverse("provider", args=[town, made.id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "login/provider.html", {"form": form, "row": None})


@needs(Right.SET_LOGINS, methods=_BOTH)
def provider(request: Request, town: str, provider_id: UUID) -> HttpResponseBase:
    """One provider: what the other side must know of us, what we know of it, and its groups."""
    row = _row(request, provider_id)
    stands = {**asdict(row), "what": f"{row.kind} {row.whom}"}
    form = ProviderForm(posted(request), initial=stands)

    def deed() -> str:
        actions.save_provider(by=request.actor, wish=form.wish(), provider_id=provider_id)
        messages.success(request, _("Saved."))
        return reverse("provider", args=[town, provider_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return _page(request, row, form, MappingForm())


@needs(Right.SET_LOGINS, methods=("POST",))
def add_group(request: Request, town: str, provider_id: UUID) -> HttpResponseBase:
    """Let a group give a role."""
    row, form = _row(request, provider_id), MappingForm(request.POST)

    def deed() -> str:
        actions.add_mapping(by=request.actor, provider_id=provider_id, **form.cleaned_data)
        return reverse("provider", args=[town, provider_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    stands = {**asdict(row), "what": f"{row.kind} {row.whom}"}
    return _page(request, row, ProviderForm(initial=stands), form)


@needs(Right.SET_LOGINS, methods=("POST",))
def remove_group(request: Request, town: str, provider_id: UUID, mapping_id: UUID) -> HttpResponseBase:
    """Let a group give a role no longer."""

    def deed() -> str:
        actions.remove_mapping(by=request.actor, mapping_id=mapping_id)
        return reverse("provider", args=[town, provider_id])

    return redirect(perform(submission(request), deed))


@needs(Right.SET_LOGINS, methods=("POST",))
def remove(request: Request, town: str, provider_id: UUID) -> HttpResponseBase:
    """Take a provider away."""

    def deed() -> str:
        actions.remove_provider(by=request.actor, provider_id=provider_id)
        messages.success(request, _("Removed."))
        return reverse("logins", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.SET_LOGINS, methods=("POST",))
def renew(request: Request, town: str, provider_id: UUID) -> HttpResponseBase:
    """A new key towards the directory, now."""

    def deed() -> str:
        actions.renew_key(by=request.actor, provider_id=provider_id)
        messages.success(request, _("A new key is made. Let the directory read our metadata anew."))
        return reverse("provider", args=[town, provider_id])

    return redirect(perform(submission(request), deed))


@needs(Right.SET_LOGINS, methods=("POST",))
def use(request: Request, town: str, provider_id: UUID) -> HttpResponseBase:
    """The directory has read our metadata: sign with the next key from now on."""

    def deed() -> str:
        actions.use_key(by=request.actor, provider_id=provider_id)
        messages.success(request, _("Saved."))
        return reverse("provider", args=[town, provider_id])

    return redirect(perform(submission(request), deed))


def _row(request: Request, provider_id: UUID) -> queries.ProviderRow:
    found = next((row for row in queries.provider_rows(request.actor) if row.id == provider_id), None)
    if found is None:
        raise NotFound("provider")
    return found


def _page(
    request: Request, row: queries.ProviderRow, form: ProviderForm, group_form: MappingForm
) -> HttpResponseBase:
    context = {
        "form": form,
        "row": row,
        "groups": queries.group_rows(request.actor, row.id),
        "group_form": group_form,
        "keys": queries.keys_shown(request.actor, row.id) if row.kind == "saml" else None,
    }
    return render(request, "login/provider.html", context)
