"""What is passed on to somebody whom a person lets us tell."""

from uuid import UUID

from django.utils.translation import gettext as _

from handtag.notices.actions import Letter, Sample


def passed_on(subject: str, body: str) -> Letter:
    """News for whom somebody lets us tell: in the words of the news, without the way to the page."""
    why = _("You get this because somebody you know has asked us to tell you.")
    return Letter(subject, f"{body}\n\n{why}")


def samples(_municipality_id: UUID, _link: str) -> list[Sample]:
    """What this room says: another room's news, to who is told of it."""
    subject = _("Somebody is coming to help you")
    body = _(
        "A neighbour has said yes. Here you can see who is coming, and the code that will be said "
        "at the door."
    )
    return [Sample("errand.agreed", lambda: passed_on(subject, body))]
