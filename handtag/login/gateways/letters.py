"""The letters allauth asks for. A code stands in the body, never in the subject."""

from django.conf import settings
from django.utils.translation import gettext as _

from handtag.notices.actions import Letter, Sample


def code_letter(code: str) -> Letter:
    """The code, and what to do who did not ask for it."""
    return Letter(
        subject=_("Your code for Handtag"),
        body=_(
            "Your code is %(code)s\n\n"
            "Write it on the page where you are logging in. It works for 15 minutes.\n\n"
            "Did you not ask for a code? Then you need not do anything. Never tell anybody the code, "
            "not even somebody who says they call from the municipality."
        )
        % {"code": code},
    )


def unknown_letter() -> Letter:
    """To an address whose login is closed."""
    return Letter(
        subject=_("Logging in to Handtag"),
        body=_(
            "Somebody wanted to log in with this address, but its login is closed. Call us if it was you."
        ),
        link=f"{settings.BASE_URL}/",
    )


def samples() -> list[Sample]:
    """The letters that allauth asks for, with an invented code."""
    return [Sample("login.code", lambda: code_letter("123456")), Sample("login.closed", unknown_letter)]
