"""Every text we send, in each language, for staff and for who speaks it to read."""

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render

from handtag.kernel.doors import Request, needs
from handtag.kernel.rights import Right
from handtag.notices import actions


@needs(Right.SET_UP)
def texts(request: Request, town: str) -> HttpResponseBase:
    """The texts in one language, with who has read it through."""
    language = request.GET.get("sprak", settings.LANGUAGE_CODE)
    shown = {
        "texts": actions.previews(by=request.actor, language=language),
        "language": language,
        "read_on": settings.LANGUAGES_REVIEWED.get(language),
        "is_rtl": language in settings.LANGUAGES_BIDI,
    }
    return render(request, "notices/texts.html", shown)
