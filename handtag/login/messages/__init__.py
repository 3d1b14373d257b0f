"""What is written to somebody about their login."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.login.messages.directories import NEW_KEY, new_key, tell_of_new_key
from handtag.notices.actions import Letter, Sample, tell

__all__ = [
    "ADDRESS",
    "CLOSED",
    "KEY_ADDED",
    "KEY_REMOVED",
    "LINK",
    "NEW_KEY",
    "OPENED",
    "STEP_ADDED",
    "confirm_address",
    "key_changed",
    "new_key",
    "samples",
    "tell_of_key",
    "tell_of_link",
    "tell_of_new_key",
    "way_in",
]

LINK, KEY_ADDED, KEY_REMOVED = "login.link", "login.passkey_added", "login.passkey_removed"
STEP_ADDED = "login.second_step_added"
CLOSED, OPENED, ADDRESS = "login.shut", "login.opened", "login.address"


def tell_of_link(person_id: UUID, municipality_id: UUID | None, path: str) -> None:
    """A way in, to somebody whom the municipality has registered."""
    tell(
        municipality_id=municipality_id,
        person_id=person_id,
        kind=LINK,
        write=lambda: way_in(f"{settings.BASE_URL}{path}"),
    )


def way_in(link: str) -> Letter:
    """The letter with the link."""
    body = _("Here is a link that logs you in, once. Keep it to yourself.")
    return Letter(subject=_("Your way in to Handtag"), body=body, link=link)


def tell_of_key(person_id: UUID, kind: str) -> None:
    """That a passkey was added or removed: the owner should know, whoever did it."""

    link = f"{settings.BASE_URL}{reverse('my_logins')}"
    tell(municipality_id=None, person_id=person_id, kind=kind, write=lambda: key_changed(kind, link))


def key_changed(kind: str, link: str) -> Letter:
    """The letter about a passkey, an app with codes, or the login itself."""
    body = {
        KEY_ADDED: _("A passkey was added to your login. Was it not you? Remove it, and call us."),
        STEP_ADDED: _("An app with codes was added to your login. Was it not you? Call us."),
        CLOSED: _("Your login has been closed. You can go on by phone. Is this wrong? Call us."),
        OPENED: _("Your login is open again. You can log in as before."),
        KEY_REMOVED: _("A passkey was removed from your login. Was it not you? Call us."),
    }[kind]
    return Letter(subject=_("Your login to Handtag was changed"), body=body, link=link)


def confirm_address(link: str) -> Letter:
    """To an address that somebody who comes in by an e-identity says is theirs."""
    body = _("Open the link to log in with this address too. Was it not you who asked? Then do nothing.")
    return Letter(subject=_("Is this your address?"), body=body, link=link)


def samples(_municipality_id: UUID, link: str) -> list[Sample]:
    """What this room says besides its codes."""
    changes = (KEY_ADDED, KEY_REMOVED, STEP_ADDED, CLOSED, OPENED)
    changed = [Sample(kind, partial(key_changed, kind, link)) for kind in changes]
    ways = [Sample(LINK, lambda: way_in(link)), Sample(ADDRESS, lambda: confirm_address(link))]
    return [*ways, *changed, Sample(NEW_KEY, lambda: new_key(link, clock.now()))]
