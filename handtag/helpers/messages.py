"""What a helper is answered by text."""

from uuid import UUID

from django.utils.translation import gettext as _

from handtag.notices.actions import Sample, answer


def paused() -> str:
    """STOPP: a pause."""
    return _(
        "You are on a pause now, and we ask you nothing. What you have agreed on still stands. "
        "Write START when you want to help again, or STOPP once more to get no texts."
    )


def back_again() -> str:
    """START: back from it."""
    return _("Welcome back! We ask you again when somebody near you needs a hand.")


def samples(_municipality_id: UUID, _link: str) -> list[Sample]:
    """What this room says."""
    return [answer(paused), answer(back_again)]
