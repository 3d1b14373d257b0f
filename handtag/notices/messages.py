"""What every notice says besides its own words: from whom it comes and how to ring."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from handtag.municipalities.queries import by_id
from handtag.notices.rules.short import fitted


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a notice, already in the reader's language. No name, place or need in the subject.

    A question is one that yes or no answers: by text it says how.
    """

    subject: str
    body: str
    link: str = ""
    is_question: bool = False


def whole(letter: Letter, *, town: str, phone: str) -> str:
    """The body with its link and the municipality's signature."""
    parts = [letter.body.strip()]
    if letter.link:
        parts.append(letter.link)
    if phone:
        parts.append(_("Would you rather talk? Ring us on %(phone)s.") % {"phone": phone})
    parts.append(_("Kind regards,\nHandtag in %(town)s") % {"town": town} if town else "Handtag")
    return "\n\n".join(parts) + "\n"


def not_possible() -> str:
    """What was texted cannot be done by text."""
    return _("We could not do that by text. Ring us, and we help you.")


def unknown_number(municipality_id: UUID) -> str:
    """The number belongs to nobody we know."""
    town = by_id(municipality_id)
    return _("We do not know this number. Ring us on %(phone)s, and we help you.") % {
        "phone": town.phone if town else ""
    }


def came_late() -> str:
    """It was written long ago, or before something else that was texted and done."""
    return _("Your text reached us late, so we did nothing. If you still mean it, write it once more.")


def what_can_be_texted() -> str:
    """The words that we understand, and whom to turn to."""
    return _(
        "Write JA or NEJ, HÄR (arrived), KLAR (done), VEM (who, where, when), AVBRYT, STOPP or START. "
        "RING: we ring you. Danger? 112."
    )


def not_put_through() -> str:
    """A call did not reach the other one."""
    return _("We could not put you through. Write an answer here, and we pass it on; or ring again later.")


def texted(letter: Letter, number: int | None = None) -> str:
    """A text message: the subject, how to answer if it is a question, and the link. Nothing of the body."""
    answer = (
        _("Answer JA %(number)s or NEJ %(number)s. VEM %(number)s: what it is about.") % {"number": number}
        if number
        else ""
    )
    return fitted(letter.subject, answer, letter.link)
