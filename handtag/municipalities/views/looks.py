"""The look of a municipality as a stylesheet, its logo as a picture, and the preview of both."""

from dataclasses import dataclass

from django.http import FileResponse, HttpResponse, HttpResponseBase

from handtag.kernel.doors import Request, public
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.mending import beside
from handtag.municipalities import queries
from handtag.municipalities.forms import SetUpForm
from handtag.municipalities.rules.words import FONTS
from handtag.papers import palette

YEAR = "public, max-age=31536000, immutable"
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@public("a stylesheet, asked for by every page")
def theme(request: Request, town: str) -> HttpResponseBase:
    """The municipality's colour and typeface; the address changes with them, so it is kept for a year."""
    if request.municipality is None:
        raise NotFound("no such municipality")
    styles = css(request.municipality.accent, request.municipality.font)
    return HttpResponse(styles, content_type="text/css", headers={"Cache-Control": YEAR})


@public("a municipality's logo, shown on every page")
def logo_file(request: Request, town: str) -> HttpResponseBase:
    """The logo as it was put up, as the kind of picture it proved to be, and as nothing else."""
    if request.municipality is None or not request.municipality.logo:
        raise NotFound("no logo")
    logo = request.municipality.logo
    kind = TYPES.get(logo.name.rsplit(".", 1)[-1], "application/octet-stream")
    try:
        return FileResponse(logo.open("rb"), content_type=kind, headers={"Cache-Control": YEAR})
    except FileNotFoundError as fault:
        raise NotFound("no logo") from fault


def css(accent: str, font: str, scope: str = ":root") -> str:
    """The tokens of one look."""
    return palette.stylesheet(palette.derive(accent), scope) + f"{scope} {{ --font: {FONTS[font]}; }}\n"


def preview_css(accent: str, font: str) -> str:
    """The same for the preview alone; raises a Problem for a colour that cannot be read."""
    queries.checked_accent(accent)
    return css(accent, font, ".preview") + ".preview { font-family: var(--font); }\n"


@dataclass(frozen=True, slots=True)
class Look:
    """What the preview shows: the look being tried, and whether the form was sent to be saved."""

    accent: str
    font: str
    nearest: str
    is_saved: bool


def previewed(form: SetUpForm) -> Look:
    """The look that was typed, or the one that stands; a pale colour is refused beside its field."""
    typed = form.data if form.is_bound else form.initial
    accent, font = str(typed.get("accent", "")), str(typed.get("font", ""))
    is_saved = form.is_bound and not {"preview", "nearest"} & set(form.data)
    try:
        queries.checked_accent(accent)
    except Problem as problem:
        nearest = getattr(problem, "nearest", "")
        if form.is_bound and form.is_valid():
            beside(form, problem)
        return Look(str(form.initial["accent"]), "atkinson", nearest, is_saved=False)
    return Look(accent, font if font in FONTS else "atkinson", "", is_saved)
