"""Whether a colour can be read, and which one near it can."""

from django.utils.translation import gettext_lazy as _

from handtag.kernel.errors import Problem
from handtag.papers import palette


class PaleColour(Problem):
    """A colour that cannot be read; `nearest` is the one near it that can."""

    def __init__(self, nearest: str) -> None:
        words = _(
            "The colour is too pale: white letters on it cannot be read. %(nearest)s is the nearest that can."
        )
        super().__init__(words % {"nearest": nearest}, field="accent")
        self.nearest = nearest


def checked_accent(accent: str) -> palette.Palette:
    """The palette of a colour, or the reason it cannot be one in words that help."""
    try:
        return palette.derive(accent)
    except palette.Refused as refused:
        if refused.reason == palette.Reason.NOT_A_COLOUR:
            raise Problem(
                _("Write the colour as # and six digits, for example #0e4d57."), field="accent"
            ) from refused
        raise PaleColour(refused.nearest) from refused
