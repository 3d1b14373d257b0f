"""A week in words and on the map: what a choice costs, what a pair costs, where the lines run."""

from collections import defaultdict
from dataclasses import dataclass

from django import template
from django.template.defaultfilters import floatformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.geo.points import Point
from handtag.kernel import spoken
from handtag.outreach.queries.week import Line, Proposal
from handtag.outreach.queries.week_placer import Change
from handtag.outreach.rules.week import Cost

register = template.Library()


@register.filter
def change_words(change: Change) -> str:
    """200 m more to go in all, one ask is left without anybody."""
    # Points are compared among ways that fill as many: with fewer asks there is less to pay for.
    points = "" if change.filled else _points(change.points)
    said = list(filter(None, (_filled(change.filled), _way(change.metres), points)))
    return f"{capfirst(', '.join(said))}." if said else _("It makes no difference.")


@register.filter
def way_words(km: float) -> str:
    """12,4 km."""
    return f"{floatformat(km, 1)}\N{NO-BREAK SPACE}km"


@register.filter
def cost_words(cost: Cost) -> str:
    """What the points of one pair are for."""
    named = (
        (_("way"), cost.way),
        (_("errands"), cost.load),
        (_("language"), cost.language),
        (_("answers"), cost.answers),
    )
    return ", ".join(f"{name} {spoken.grouped(points)}" for name, points in named if points)


@register.filter
def points_words(points: int) -> str:
    """931 points."""
    return ngettext("%(count)s point", "%(count)s points", points) % {"count": spoken.grouped(points)}


@register.filter
def few_words(line: Line) -> str:
    """Where hardly anybody could come, how many."""
    words = ngettext("Only one person could come.", "Only %(count)s people could come.", line.could)
    return words % {"count": spoken.number(line.could)}


@register.filter
def why_nobody(line: Line) -> str:
    """Why a date is left: nobody could, or all who could are needed elsewhere."""
    if line.is_chosen:
        return _("You left it to nobody.")
    if not line.could:
        return _("Nobody who may help is free then and near enough.")
    words = ngettext(
        "One person could, and is needed elsewhere.",
        "%(count)s people could, and all are needed elsewhere.",
        line.could,
    )
    return words % {"count": line.could}


@register.filter
def undoing(proposal: Proposal, line: Line) -> str:
    """The address of the choices without the one for this date."""
    return str(proposal.choices.without(line.occasion_id))


@dataclass(frozen=True, slots=True)
class Mark:
    """A date on the map, the numbers of all that are there, and the helper, where one comes."""

    numbers: str
    x: float
    y: float
    to_x: float | None = None
    to_y: float | None = None


@register.filter
def marks(proposal: Proposal) -> list[Mark]:
    """Where everything is, as far as it is known: the middles of squares of 500 metres."""
    xy, lines = proposal.drawing.xy, sorted((*proposal.left, *proposal.lines), key=lambda each: each.number)
    spots = [xy(Point(line.longitude, line.latitude)) for line in lines]
    numbers = defaultdict[tuple[float, float], list[str]](list)
    for line, spot in zip(lines, spots, strict=True):
        numbers[spot].append(str(line.number))
    found = []
    for line, spot in zip(lines, spots, strict=True):
        there = xy(Point(line.coming.longitude, line.coming.latitude)) if line.coming else ()
        found.append(Mark(", ".join(numbers.pop(spot, [])), *spot, *there))
    return found


def _filled(more: int) -> str:
    if more < 0:
        said = ngettext("one ask is left without anybody", "%(count)s asks are left without anybody", -more)
    elif more > 0:
        said = ngettext("one ask more gets somebody", "%(count)s asks more get somebody", more)
    else:
        return ""
    return said % {"count": spoken.number(abs(more))}


def _way(metres: int) -> str:
    if not metres:
        return ""
    far = abs(metres)
    way = f"{far}\N{NO-BREAK SPACE}m" if far < 1000 else way_words(far / 1000)
    return (_("%(way)s longer in all") if metres > 0 else _("%(way)s shorter in all")) % {"way": way}


def _points(points: int) -> str:
    if not points:
        return ""
    said = (
        ngettext("%(count)s point more", "%(count)s points more", points)
        if points > 0
        else ngettext("%(count)s point less", "%(count)s points less", -points)
    )
    return said % {"count": spoken.grouped(abs(points))}
