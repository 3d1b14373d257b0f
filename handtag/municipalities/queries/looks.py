"""Whether a colour can be read, and which one near it can; what every page shows of a municipality."""

from django.utils.translation import gettext_lazy as _

from handtag.kernel.errors import Problem
from handtag.municipalities.models import Municipality
from handtag.papers import palette

SHOWN = ("slug", "name", "phone", "hours", "accent", "font", "languages", "logo", "is_sample")


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


def theme_href(municipality: Municipality) -> str:
    """Where its stylesheet is, if it has a look of its own; the address changes with the look."""
    if (municipality.accent, municipality.font) == (palette.DEFAULT, "atkinson"):
        return ""
    return f"/{municipality.slug}/tema.css?v={municipality.accent.lstrip('#')}-{municipality.font}"


def seen_of(municipality: Municipality) -> str:
    """All that every page shows of it, in one string that changes with it."""
    return "|".join(str(getattr(municipality, name)) for name in SHOWN)
