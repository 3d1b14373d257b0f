"""What every template may ask of the house: icons, spoken days and hours, small numbers, phone links."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

import phonenumbers
from django import template
from django.conf import settings
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handtag.kernel import clock, spoken
from handtag.kernel import small as small_numbers
from handtag.kernel.doors import same_page
from handtag.kernel.rights import WORDS, Role
from handtag.kernel.tongues import TONGUES
from handtag.municipalities.models import Municipality
from handtag.municipalities.queries.looks import seen_of, theme_href

register = template.Library()

# Icons that point along the reading direction: mirrored where one reads from right to left.
DIRECTED = frozenset(
    {
        *("arrow-left", "arrow-right", "chevron-left", "chevron-right", "list", "list-checks"),
        *("log-in", "log-out", "message-circle", "send", "undo-2"),
    }
)


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite; always decoration, the word beside it says the same."""
    return _icon(name, classes)


@cache
def _icon(name: str, classes: str) -> SafeString:
    names = " ".join(filter(None, ("icon", "flip" if name in DIRECTED else "", classes)))
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        names,
        static("icons.svg"),
        name,
    )


TAG_ICONS = {"ok": "circle-check", "warn": "clock", "bad": "circle-alert"}


@register.simple_tag
def tag(words: object, kind: str = "", icon: str = "") -> SafeString:
    """A tag in a long list, as the component `tag` draws it, at a fraction of its cost."""
    return format_html(
        '<span class="tag {}">{}{}</span>', kind, _icon(icon or TAG_ICONS.get(kind, "info"), ""), words
    )


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address of this page, to come back to in another language; empty where that is not known."""
    request = context.get("request")
    return same_page(request) if request else ""


@register.simple_tag
def theme(municipality: Municipality | None) -> str:
    """Address of the stylesheet with the municipality's own accent, if it has one; changes with it."""
    return theme_href(municipality) if municipality else ""


@register.filter
def face(municipality: Municipality | None) -> str:
    """All that head and foot of a page show of a municipality, as a key to keep them by; changes with it."""
    if not municipality:
        return ""
    return seen_of(municipality)


@register.filter
def as_shown(row: object) -> str:
    """All that a row of plain values can show today, as a key to keep its drawing by."""
    return f"{clock.today()} {row!r}"


def _kept(text: str) -> str:
    """The little word before a time does not part from it at the end of a line."""
    return text.replace("kl. ", "kl.\N{NO-BREAK SPACE}")


@register.filter
def kept(hours: str) -> SafeString:
    """Opening hours, as the municipality says them in Swedish; they do not part in the middle of a time."""
    unparted = _kept(hours).replace("–", "\N{WORD JOINER}–\N{WORD JOINER}")
    return format_html('<bdi lang="sv">{}</bdi>', unparted)


@register.filter
def spoken_day(when: datetime | date | None) -> str:
    """Today, tomorrow, on Thursday, Thursday 3 December."""
    return spoken.day(when) if when else ""


@register.filter
def spoken_dated(when: datetime | date | None) -> str:
    """Thursday 3 December; with the year where it is another."""
    return spoken.dated(when) if when else ""


@register.filter
def full_date(when: datetime | date | None) -> str:
    """26 November 2026."""
    return spoken.full_date(when) if when else ""


@register.filter
def date_beside(when: datetime | date | None) -> str:
    """The full date after a spoken day, with its space: " (26 November 2026)"; none after a spoken date."""
    return spoken.beside(when) if when else ""


@register.filter
def spoken_time(when: datetime | None) -> str:
    """At 14:00 (kl. 14)."""
    return _kept(spoken.hour(when)) if when else ""


@register.filter
def spoken_moment(when: datetime | None) -> str:
    """On Thursday at 14:00."""
    return _kept(spoken.moment(when)) if when else ""


@register.filter
def spoken_window(start: datetime | None, end: datetime | None) -> str:
    """On Thursday at 14:00–16:00: `{{ ask.start|spoken_window:ask.end }}`."""
    return _kept(spoken.window(start, end)) if start and end else ""


@register.filter
def spoken_hours(start: datetime | None, end: datetime | None) -> str:
    """At 14:00–16:00, without the day."""
    return _kept(spoken.hours(start, end)) if start and end else ""


@register.filter
def spoken_ago(when: datetime | None) -> str:
    """Just now, 20 minutes ago, today at 9:12."""
    return _kept(spoken.ago(when)) if when else ""


@register.filter
def spoken_duration(length: timedelta | None) -> str:
    """Five hours, in prose."""
    return spoken.duration(length) if length is not None else ""


@register.filter
def spoken_waited(length: timedelta | None) -> str:
    """26 h, where there is little room."""
    return spoken.waited(length) if length is not None else ""


@register.filter
def spoken_number(count: int | None) -> str:
    """Three, in prose; digits from thirteen."""
    return spoken.number(count) if count is not None else ""


@register.filter
def spoken_list(words: Iterable[str] | None) -> str:
    """Milk, coffee and bread."""
    return spoken.join([str(word) for word in words or ()])


@register.filter
def spoken_every(weekday: int) -> str:
    """Every Tuesday; Monday is 0."""
    return spoken.every(weekday)


@register.filter
def spoken_weekdays(weekday: int) -> str:
    """Tuesdays; Monday is 0."""
    return spoken.weekdays(weekday)


@register.filter
def grouped(count: int | None) -> str:
    """1 204, in groups of three."""
    return spoken.grouped(count) if count is not None else ""


@register.filter
def small(count: int) -> str:
    """A count as a reader may see it: under five as "<5"."""
    return small_numbers.shown(count)


@register.filter
def digits(code: str | int) -> str:
    """A code read digit by digit: "4 7 1 9"."""
    return " ".join(str(code))


@register.filter
def ltr(text: str) -> SafeString | str:
    """A number or an address of mail or web, which runs from left to right on a page of any direction."""
    return format_html('<bdi dir="ltr">{}</bdi>', text) if text else ""


@register.simple_tag
def comma() -> str:
    """The comma of the language, with its space."""
    return spoken.comma()


@register.simple_tag
def written(text: str, language: str = "") -> SafeString:
    """What somebody wrote, within a line: in its own direction, and said to be in its language."""
    return format_html(
        "<bdi{}>{}</bdi>{}", _lang(language), linebreaksbr(text), _said_language(language, "span")
    )


@register.simple_tag
def written_block(text: str, language: str = "") -> SafeString:
    """The same as a block of its own, whose lines begin on the side where the language begins."""
    return format_html(
        '<div dir="auto"{}>{}</div>{}', _lang(language), linebreaksbr(text), _said_language(language, "p")
    )


def _lang(language: str) -> SafeString | str:
    return format_html(' lang="{}"', language) if language else ""


def _said_language(language: str, element: str) -> SafeString | str:
    """In words, where the reader reads another one; of what nobody knows nothing is said."""
    if not language or language == (get_language() or "")[:2] or language not in TONGUES:
        return ""
    words = _("Written in %(language)s") % {"language": TONGUES[language]}
    gap = " " if element == "span" else ""
    return format_html('{}<{} class="muted sm">({})</{}>', gap, element, words, element)


@register.filter
@lru_cache(1000)
def tel(phone: str) -> str:
    """The address of a phone link, tel:+46…; short numbers such as 112 stay as they are."""
    try:
        number = phonenumbers.parse(phone, "SE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return f"tel:{''.join(filter(str.isdigit, phone))}"
    return f"tel:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}"


@register.filter
def role_words(role: Role) -> str:
    """What a role is called on screen."""
    return str(WORDS[role])


@register.filter
def page_language(code: str) -> str:
    """The language a page says it is in; easy Swedish is Swedish to a screen reader."""
    return "sv" if code.startswith("sv") else code


@register.inclusion_tag("binding.html")
def binding(msgid: str) -> dict[str, str]:
    """What somebody agrees to, where it is a text of ours: `{% translate "…" noop as words %}` before it."""
    with translation.override("sv"):
        swedish = _(msgid)
    return {"said": _(msgid), "binding": swedish}


@register.filter
def offers(municipality: Municipality | None, code: str) -> bool:
    """Whether pages of this town may be read in a language; outside a town, and by default, in all."""
    return not municipality or not municipality.languages or code in municipality.languages


@register.filter
def read_on(code: str) -> date | None:
    """The day when a speaker of the language had read all its words through."""
    return settings.LANGUAGES_REVIEWED.get(code)


@register.filter
def is_unread(code: str) -> bool:
    """Whether no speaker of the language has read its words through yet: its pages say so."""
    return code not in settings.LANGUAGES_WRITTEN and code not in settings.LANGUAGES_REVIEWED


@register.filter
def unbroken(name: str) -> str:
    """A name with a hyphen that does not part at the end of a line: Gun-Britt; a long one may."""
    return format_html('<span class="nobr">{}</span>', name) if "-" in name and len(name) < 16 else name


@register.filter
def language_name(code: str) -> str:
    """A language's name in itself: who seeks it reads it."""
    return dict(settings.LANGUAGES).get(code, code)
