"""How allauth is told of our ways: its mail goes through the outbox, its words are ours."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages as said
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handtag.kernel import sealing
from handtag.kernel.senders import address_of
from handtag.login.gateways.letters import code_letter, unknown_letter
from handtag.notices.actions import Letter, enqueue


class AccountAdapter(DefaultAccountAdapter):
    """A code by e-mail and nothing else: no password, no second step, no words of allauth's own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code in the letter. Look again: it has six digits."),
        "too_many_login_attempts": _(
            "That was many tries. Wait a quarter of an hour, then ask for a new code."
        ),
        "rate_limited": _("That was many tries. Wait a minute, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        """Who shows the code, or a passkey, is in: a passkey is another way in, never a second lock."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the letter in the outbox; a kind of letter we do not know is a fault."""
        letters: dict[str, tuple[str, Callable[[], Letter]]] = {
            "account/email/login_code": ("login.code", lambda: code_letter(context["code"])),
            "account/email/unknown_account": ("login.closed", unknown_letter),
        }
        kind, letter = letters[template_prefix]
        enqueue(
            municipality_id=None,
            person_id=None,
            address=email,
            language=get_language() or settings.LANGUAGE_CODE,
            kind=kind,
            letter=letter(),
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what we wrote ourselves; allauth's templates stay unsaid."""
        if message:
            said.add_message(request, level, message, extra_tags=extra_tags)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponseBase:
        """A login that was closed."""
        said.error(request, _("This login is closed. Call us, and we will help you."))
        return redirect("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the browser, through the proxies that are trusted."""
        return address_of(request)


class KeyAdapter(DefaultMFAAdapter):
    """What a passkey says it is for, and how the secrets of apps with codes are kept: sealed."""

    def encrypt(self, text: str) -> str:
        """As it is written down."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it was."""
        return sealing.unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site, by its name."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Handtag"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """The login, by its e-mail address: what a person sees in the list of their device."""
        return {
            **super().get_public_key_credential_user_entity(user),
            "display_name": user.email or "Handtag",
            "name": user.email or "Handtag",
        }
