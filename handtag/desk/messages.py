"""What is passed on to somebody whom a person lets us tell."""

from uuid import UUID

from django.utils.translation import gettext as _

from handtag.notices.actions import Letter, Sample


def passed_on(subject: str, body: str) -> Letter:
    """News for whom somebody lets us tell: in the words of the news, without the way to the page."""
    why = _("You get this because somebody you know has asked us to tell you.")
    return Letter(subject, f"{body}\n\n{why}")


def samples(_municipality_id: UUID, _link: str) -> list[Sample]:
    """The same, for the page of texts."""
    return [Sample("desk.passed_on", lambda: passed_on(_("Somebody is coming to help you"), ""))]
