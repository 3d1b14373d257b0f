"""How often one address may try to log in; the number is the operator's (LIMIT_LOGIN)."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request
from handtag.kernel.senders import address_of, sender
from handtag.once import actions


def take_turn(request: Request) -> None:
    """Count one more try; raises TooOften after the last in a minute."""
    actions.take_turn(
        deed="log in",
        sender=sender(address_of(request)),
        most=settings.LIMIT_LOGIN,
        within=timedelta(minutes=1),
        words=_("That was many tries. Wait a minute, then try again."),
    )
