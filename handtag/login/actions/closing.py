"""Closing one's own login, and an address to log in with for who has none."""

import json
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock, sealing
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, Problem, TooLate
from handtag.kernel.rights import STAFF
from handtag.login import messages, queries
from handtag.login.actions.shutting import set_login
from handtag.login.models import User
from handtag.notices import actions as notices

LASTS: Final = timedelta(days=1)


@transaction.atomic
def close_own(*, by: Actor, login: User) -> None:
    """One's own. Staff ask an administrator: work may wait for them."""
    if by.person_id is None or login.person_id != by.person_id:
        raise NotAllowed("one's own login")
    if any(home.role in STAFF for home in queries.homes(by.person_id)):
        raise Problem(_("You work here: ask an administrator to close your login."))
    set_login(by, login.id, is_open=False)


def want_email(*, by: Actor, login: User, email: str) -> None:
    """A link to an address, for who comes in by an e-identity alone; it says nothing of whose it is already.

    What was asked for stands sealed in the link, and nowhere else.
    """
    if login.email:
        raise TooLate(_("You have an address here already."))
    said = {"login": str(login.id), "email": email.lower(), "until": (clock.now() + LASTS).timestamp()}
    link = settings.BASE_URL + reverse("confirm_email", args=[sealing.seal(json.dumps(said))])
    notices.enqueue(
        municipality_id=by.municipality_id,
        person_id=login.person_id,
        address=email.lower(),
        language=get_language() or "sv",
        kind=messages.ADDRESS,
        letter=messages.confirm_address(link),
    )


@transaction.atomic
def confirm_email(*, by: Actor, login: User, token: str) -> None:
    """Whoever reads the letter, and is the one who asked for it, has shown that the address is theirs."""
    email = asked_for(login, token)
    if login.email == email:
        return
    try:
        with transaction.atomic():
            changed = User.objects.filter(pk=login.id, email=None).update(email=email)
    except IntegrityError:
        raise Problem(_("Another login already uses this address. Call us, and we will help you.")) from None
    if not changed:
        raise TooLate(_("You have an address here already."))
    record(by=by, verb="login.email_added", kind="login", object_id=login.id, about=login.person_id)


def asked_for(login: User, token: str) -> str:
    """The address in a link, for the login that asked; Problem for every other, and when it is too old."""
    try:
        said = json.loads(sealing.unseal(token))
    except (sealing.Unreadable, sealing.NoKeys, ValueError):
        said = {}
    is_ours = said.get("login") == str(login.id) and said.get("until", 0) > clock.now().timestamp()
    if not is_ours:
        raise Problem(_("This link is too old, or not yours. Ask for a new one on the page of your logins."))
    return str(said["email"])
