"""The ways in: a code by e-mail, a passkey, a one-time link; and, in the sample, name and password."""

from typing import Any
from urllib.parse import quote

from allauth.account.models import Login
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.kernel.doors import Request, posted, public
from handtag.login import actions, queries, rules
from handtag.login.forms import AddressForm, CodeForm, EnterForm, PasswordForm

BACKEND = "handtag.login.middleware.sessions.Backend"


def wish(request: Request) -> str:
    """Where somebody was on their way when asked to log in; nothing that leads away from here."""
    path = request.POST.get("next") or request.GET.get("next") or ""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else ""


def dress(request: Request) -> object:
    """Let a page of no town wear the colours and the phone number of the one somebody came from."""
    request.municipality = request.municipality or queries.town_of(wish(request))
    return request.municipality


class Address(RequestLoginCodeView):
    """Asks where to send a code; says the same whether or not the address is known."""

    form_class = AddressForm
    template_name = "login/address.html"
    becoming = False

    def get_authenticated_redirect_url(self) -> str:
        return rules.onward(wish(self.request))

    def _redirect_to_pending_stage(self, request: Request, stage: Any) -> None:
        """Who comes back wants to write another address."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        form._user = form._user or actions.new_login(email=form.cleaned_data["email"])
        response: HttpResponseBase = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        town = dress(self.request)
        more = {"next": wish(self.request), "town": town, "becoming": self.becoming}
        more["ways"] = queries.ways_in(self.request.municipality.id if town else None)
        return {**super().get_context_data(**kwargs), **more}


class Code(ConfirmLoginCodeView):
    """Takes the code, and sends another one if the first did not come."""

    form_class = CodeForm
    template_name = "login/code.html"

    def get_next_url(self) -> str:
        return rules.onward(wish(self.request))

    def passthrough_next_url(self, url: str) -> str:
        path = wish(self.request)
        return f"{url}?next={quote(path)}" if path else url

    def _verify_form_valid(self, form: Any) -> HttpResponseBase:
        if self._process.user is None:  # erased, or forgotten, since the code was sent
            self._process.abort()
            messages.error(self.request, _("The code is no longer valid. Ask for a new one."))
            return redirect("account_login")
        response: HttpResponseBase = super()._verify_form_valid(form)
        return response

    def _resend_form_valid(self, form: Any) -> HttpResponseBase:
        messages.success(self.request, _("A new code is on its way. The old one no longer works."))
        response: HttpResponseBase = super()._resend_form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"next": wish(self.request), "town": dress(self.request)}
        return {**super().get_context_data(**kwargs), **more}


class Key(LoginWebAuthnView):
    """Lets a passkey in: gives its browser a riddle, and looks at the answer."""

    form_class = EnterForm

    def get_authenticated_redirect_url(self) -> str:
        return rules.onward(wish(self.request))

    def form_valid(self, form: Any) -> HttpResponseBase:
        key = form.cleaned_data["credential"]
        entry = Login(user=key.user, redirect_url=rules.onward(wish(self.request)))
        response: HttpResponseBase = flows.perform_passwordless_login(self.request, key, entry)
        if self.request.user.is_authenticated:
            rules.mark(self.request.session, clock.now())
        return response

    def form_invalid(self, form: Any) -> HttpResponseBase:
        messages.error(self.request, _("That passkey is not known here. Log in with a code instead."))
        return redirect("account_login")


_POSTED = ("GET", "POST")
sign_in = public("to log in one must not be logged in", methods=_POSTED, personal=True)(Address.as_view())
join = public("anybody may become a member", methods=_POSTED, personal=True)(Address.as_view(becoming=True))
code = public("the code itself is the key", methods=_POSTED, personal=True)(Code.as_view())
key = public("the passkey itself is the key", methods=_POSTED)(Key.as_view())


@public("the link itself is the key; it works once", methods=_POSTED)
def link(request: Request, token: str) -> HttpResponseBase:
    """A one-time link: opening it changes nothing, so that a mail scanner cannot use it up."""
    if request.method != "POST":
        return render(request, "login/link.html", {"problem": ""})
    try:
        entry = actions.use_link(token=token)
    except actions.LinkSpent as spent:
        return render(request, "login/link.html", {"problem": spent.message}, status=410)
    login(request, entry.login, backend=BACKEND)
    return redirect(rules.onward(entry.leads_to))


@public("scripts log in to the sample town by name and password", methods=_POSTED)
def by_password(request: Request) -> HttpResponseBase:
    """The plain form of the sample; there is no such address anywhere else."""
    form = PasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        known = authenticate(
            request,
            username=queries.email_of(form.cleaned_data["username"]),
            password=form.cleaned_data["password"],
        )
        if known is not None:
            login(request, known, backend=BACKEND)
            rules.mark(request.session, clock.now())
            return redirect(rules.onward(wish(request)))
        form.add_error(None, _("That name and password do not belong together."))
    towns = queries.towns()
    return render(request, "login/password.html", {"form": form, "next": wish(request), "towns": towns})
