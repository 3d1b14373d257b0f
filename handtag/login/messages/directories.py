"""What administrators are written when a new key of ours towards a directory waits to be read there."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import spoken
from handtag.notices.actions import Letter, tell

NEW_KEY = "login.directory_key"


def tell_of_new_key(person_id: UUID, municipality_id: UUID, path: tuple[str, UUID], begins: datetime) -> None:
    """To one administrator, with the way to the directory's page."""
    link = f"{settings.BASE_URL}{reverse('provider', args=path)}"
    tell(
        municipality_id=municipality_id,
        person_id=person_id,
        kind=NEW_KEY,
        write=lambda: new_key(link, begins),
    )


def new_key(link: str, begins: datetime) -> Letter:
    """The letter: what is to be done, and until when."""
    body = _(
        "We have a new key towards your directory. It is used from %(day)s. "
        "Let the directory read our metadata anew before then, or staff may not be able to log in."
    )
    subject = _("Staff log in with a new key before long")
    return Letter(subject=subject, body=body % {"day": spoken.full_date(begins)}, link=link)
