"""What every notice says besides its own words: from whom it comes and how to ring."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a notice, already in the reader's language. No name, place or need in the subject."""

    subject: str
    body: str
    link: str = ""


def whole(letter: Letter, *, town: str, phone: str) -> str:
    """The body with its link and the municipality's signature."""
    parts = [letter.body.strip()]
    if letter.link:
        parts.append(letter.link)
    if phone:
        parts.append(_("Would you rather talk? Ring us on %(phone)s.") % {"phone": phone})
    parts.append(_("Kind regards,\nHandtag in %(town)s") % {"town": town} if town else "Handtag")
    return "\n\n".join(parts) + "\n"
