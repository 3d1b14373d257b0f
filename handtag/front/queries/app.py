"""What makes the site an app: its manifest, and what its service worker keeps for when there is no net."""

import hashlib
import json
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from handtag.municipalities.models import Municipality
from handtag.municipalities.queries import seen_of, theme_href
from handtag.papers import appicon, palette

PAPER: Final = palette.GROUNDS["light"][0]
KEPT: Final = (
    *("css/tokens.css", "css/site.css", "letters.css", "icons.svg", "favicon.svg"),
    "fonts/atkinson-hyperlegible-next-latin.woff2",
)

# Letters that the house's own typeface lacks: kept by who reads in that language.
FONTS: Final = {"ar": "fonts/noto-sans-arabic.woff2", "uk": "fonts/noto-sans-cyrillic.woff2"}


def colours(town: Municipality) -> tuple[str, str]:
    """The ground of the app's picture and the ink on it."""
    tokens = palette.derive(town.accent).light
    return tokens.accent, tokens.on_accent


def manifest(town: Municipality) -> dict[str, Any]:
    """The web app manifest of a municipality: its own name, colours and picture."""
    ground, _ink = colours(town)
    home = reverse("landing", args=[town.slug])
    return {
        "id": home,
        "name": f"Handtag {town.name}",
        "short_name": "Handtag",
        "lang": "sv",
        "start_url": home,
        "scope": "/",  # logging in is at addresses of no municipality
        "display": "standalone",
        "theme_color": ground,
        "background_color": PAPER,
        "icons": [
            {
                "src": icon(town, size),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in appicon.SIZES[1:]
            for purpose in ("any", "maskable")
        ],
    }


def icon(town: Municipality, size: int) -> str:
    """Where its picture is; the address changes with the colour, so that it can be kept for long."""
    return f"{reverse('app_icon', args=[town.slug, size])}?v={town.accent.lstrip('#')}"


def worker(town: Municipality) -> str:
    """What the service worker is told: where it is at home, what it keeps, and a name that follows."""
    home, own = reverse("landing", args=[town.slug]), theme_href(town)
    files = [*(static(name) for name in KEPT), *([own] if own else [])]
    seen = hashlib.sha256(json.dumps([files, seen_of(town)]).encode()).hexdigest()[:12]
    told = {
        "home": home,
        "offline": reverse("offline", args=[town.slug, settings.LANGUAGE_CODE]).removesuffix(
            f"{settings.LANGUAGE_CODE}/"
        ),
        "files": files,
        "fonts": {language: static(name) for language, name in FONTS.items()},
        "icon": icon(town, 192),
        "family": f"handtag {home}",
        "name": f"handtag {home} {seen}",
        "languages": [code for code, _name in settings.LANGUAGES],
    }
    return json.dumps(told)
