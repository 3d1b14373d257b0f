"""What is written to somebody about their login."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.notices.actions import Letter, tell

LINK, KEY_ADDED, KEY_REMOVED = "login.link", "login.passkey_added", "login.passkey_removed"
STEP_ADDED = "login.second_step_added"


def tell_of_link(person_id: UUID, municipality_id: UUID | None, path: str) -> None:
    """A way in, to somebody whom the municipality has registered."""
    tell(
        municipality_id=municipality_id,
        person_id=person_id,
        kind=LINK,
        write=lambda: Letter(
            subject=_("Your way in to Handtag"),
            body=_("Here is a link that logs you in, once. Keep it to yourself."),
            link=f"{settings.BASE_URL}{path}",
        ),
    )


def tell_of_key(person_id: UUID, kind: str) -> None:
    """That a passkey was added or removed: the owner should know, whoever did it."""

    def write() -> Letter:
        body = {
            KEY_ADDED: _("A passkey was added to your login. Was it not you? Remove it, and call us."),
            STEP_ADDED: _("An app with codes was added to your login. Was it not you? Call us."),
            KEY_REMOVED: _("A passkey was removed from your login. Was it not you? Call us."),
        }[kind]
        link = f"{settings.BASE_URL}{reverse('my_logins')}"
        return Letter(subject=_("Your login to Handtag was changed"), body=body, link=link)

    tell(municipality_id=None, person_id=person_id, kind=kind, write=write)
