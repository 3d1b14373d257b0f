"""Figures as pictures and words: the map, the bars, and totals that say no more than they may."""

from datetime import date, timedelta

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.insight.queries.figures import Figures, Part, Period
from handtag.insight.rules import Pair, Sum
from handtag.kernel import small, spoken
from handtag.papers import charts
from handtag.papers import map as maps

register = template.Library()

FEW = 1  # stands for every hidden number: the chart says <5 and draws no bar, whichever it is
GOOD, FAIR = 90, 75  # per cent filled: below the first an area is tinted, below the second it is filled


@register.simple_tag
def area_map(figures: Figures) -> SafeString:
    """The areas, the darker the fewer asks were filled, with that share in words."""
    shapes = [
        maps.Area(area.name, area.geometry, _shade(area.share), _share_words(area.share))
        for area in figures.areas
        if area.geometry is not None
    ]
    said = [f"{area.name}: {_share_words(area.share)}" for area in figures.areas if area.geometry is not None]
    title = _("Map of the areas, with the share of asks that were filled.") + " " + ". ".join(said) + "."
    return mark_safe(maps.areas(shapes, title=title))  # noqa: S308 (drawn by papers, which escapes)


@register.simple_tag
def area_bars(figures: Figures, area: Part) -> SafeString:
    """One area's services on the scale common to all areas."""
    drawn = {each.id: _bars(figures, each) for each in figures.areas}
    title = _("Asked and filled in %(area)s") % {"area": area.name or _("no area")}
    return mark_safe(  # noqa: S308 (drawn by papers, which escapes)
        charts.bars(drawn[area.id], title=title, units=_("asks"), most=charts.longest(drawn.values()))
    )


@register.filter
def has_bars(area: Part) -> bool:
    """Whether any number of an area may be drawn."""
    return any(pair.asked for pair in area.pairs)


@register.filter
def by_service(figures: Figures) -> list[tuple[str, list[Pair]]]:
    """The rows of the table: a service, and its numbers area by area; areas are fewer, so it is narrow."""
    return [
        (service.name, [area.pairs[number] for area in figures.areas])
        for number, service in enumerate(figures.services)
    ]


@register.simple_tag
def week_bars(figures: Figures) -> SafeString:
    """Asks week by week."""
    bars = [charts.Bar(week_words(week.monday), _drawn(week.asked)) for week in figures.weeks]
    return mark_safe(charts.bars(bars, title=_("Asks week by week"), units=_("asks")))  # noqa: S308 (as above)


@register.filter
def count(value: int | None) -> str:
    """A number, or fewer than five."""
    return small.HIDDEN if value is None else spoken.grouped(value)


@register.filter
def pair(value: Pair) -> str:
    """Asked and filled in one cell of a table."""
    if value.asked == 0:
        return "0"
    return small.HIDDEN if value.asked is None else f"{count(value.asked)} / {count(value.filled)}"


@register.filter
def total(value: Sum) -> str:
    """A total: exact, or at least."""
    if value.is_exact:
        return spoken.grouped(value.value)
    return _("at least %(count)s") % {"count": spoken.grouped(value.value)} if value.value else _("few")


@register.filter
def share(value: int | None) -> str:
    """Per cent, or that there are too few to say."""
    return f"{value}\N{NO-BREAK SPACE}%" if value is not None else _("too few to say")


@register.filter
def wait(value: timedelta | None) -> str:
    """The time it takes, or that there are too few to say."""
    return spoken.waited(value) if value is not None else _("too few to say")


@register.filter
def period_words(value: Period) -> str:
    """What a period is called."""
    return {
        Period.FOUR_WEEKS: _("Four weeks"),
        Period.TWELVE_WEEKS: _("Twelve weeks"),
        Period.ALL: _("From the beginning"),
    }[value]


@register.filter
def asks_in(value: Period) -> str:
    """What a number of asks is a number of."""
    return {
        Period.FOUR_WEEKS: _("asks in four weeks"),
        Period.TWELVE_WEEKS: _("asks in twelve weeks"),
        Period.ALL: _("asks from the beginning"),
    }[value]


@register.filter
def week_words(monday: date) -> str:
    """A week by its number."""
    return _("week %(number)s") % {"number": monday.isocalendar().week}


@register.filter
def new_words(new: int) -> str:
    """How many signed up this week, as a part of a sentence."""
    if small.is_small(new):
        return _("fewer than five new this week")
    return ngettext("%(count)s new this week", "%(count)s new this week", new) % {
        "count": spoken.grouped(new)
    }


def _bars(figures: Figures, area: Part) -> list[charts.Bar]:
    return [_bar(service.name, pair) for service, pair in zip(figures.services, area.pairs, strict=True)]


def _bar(name: str, pair: Pair) -> charts.Bar:
    """Where asked is hidden or none, filled has nothing to add."""
    return charts.Bar(name, _drawn(pair.asked), _drawn(pair.filled) if pair.asked else None)


def _drawn(value: int | None) -> int:
    return FEW if value is None else value


def _shade(share: int | None) -> int:
    if share is None or share >= GOOD:
        return 0
    return 1 if share >= FAIR else 2


def _share_words(share: int | None) -> str:
    return _("%(share)s %% filled") % {"share": share} if share is not None else _("few asks")
