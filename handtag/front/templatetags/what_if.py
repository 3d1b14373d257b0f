"""What if … in words and pictures: the change as a question, each figure with between what it lies."""

from datetime import timedelta

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.front.queries.what_if import Answer, Asked
from handtag.front.rules.what_if import Compared, Spread
from handtag.kernel import spoken
from handtag.papers.ranges import Range, ranges

register = template.Library()

SHARES = ("fill", "urgent_fill", "nobody")
HOUR, DAY = 60, 24 * 60
DRAWN = ("fill", "urgent_fill", "wait", "notices")


@register.filter
def question(asked: Asked) -> str:
    """The change, as what comes after "what if"."""
    changes, parts = asked.changes, []
    if changes.km:
        parts.append(_("helpers went %(km)s km further") % {"km": changes.km})
    if changes.helpers:
        facts = {"count": changes.helpers, "service": asked.service}
        parts.append(_("%(count)s more helped with %(service)s") % facts)
    if changes.budget:
        words = ngettext(
            "nobody heard from us more than %(count)s time a week",
            "nobody heard from us more than %(count)s times a week",
            changes.budget,
        )
        parts.append(words % {"count": changes.budget})
    return spoken.join(parts)


@register.filter
def verdict(answer: Answer) -> str:
    """What the change does to how many asks get a yes, in a sentence."""
    fill = answer.figures[0]
    if fill.today is None or fill.changed is None:
        return _("There were too few asks to say anything.")
    facts = {"today": round(100 * fill.today.mean), "changed": round(100 * fill.changed.mean)}
    if fill.moves == 0 or facts["today"] == facts["changed"]:
        return _("About as many asks get a yes either way: %(changed)s in 100.") % facts
    return _("%(changed)s asks in 100 would get a yes, instead of %(today)s.") % facts


@register.filter
def called(figure: Compared) -> str:
    """What a figure is called."""
    return {
        "fill": _("Asks that get a yes"),
        "urgent_fill": _("Asks for the next four hours that get a yes"),
        "wait": _("Time to a yes, for half of the asks"),
        "notices": _("How often a helper hears from us in a week"),
        "most_told": _("How often the one who hears most does"),
        "too_late": _("Helpers who said yes too late, for each ask filled"),
        "nobody": _("Asks that no helper could take"),
    }[figure.name]


@register.simple_tag
def mean(figure: Compared, spread: Spread | None) -> str:
    """The mean of a figure in its own units."""
    return _said(figure.name, spread.mean) if spread else _("nothing to measure")


@register.simple_tag
def between(figure: Compared, spread: Spread | None) -> str:
    """Between what the figure was."""
    if spread is None:
        return ""
    low, high = _said(figure.name, spread.low), _said(figure.name, spread.high)
    if low == high:
        return _("the same each time")
    return _("between %(low)s and %(high)s") % {"low": low, "high": high}


@register.filter
def moved(figure: Compared) -> str:
    """The difference that the change makes, as far as it stands out from chance."""
    return {-1: _("clearly lower"), 0: _("none that is clear"), 1: _("clearly higher")}[figure.moves]


@register.filter
def drawn(answer: Answer) -> list[tuple[str, SafeString]]:
    """The figures that are drawn, each with its picture."""
    shown = [figure for figure in answer.figures if figure.name in DRAWN and figure.today and figure.changed]
    return [(called(figure), _picture(figure)) for figure in shown]


def _picture(figure: Compared) -> SafeString:
    sides = ((_("Today"), figure.today, False), (_("Changed"), figure.changed, True))
    rows = [
        Range(label, each.mean, each.low, each.high, _said(figure.name, each.mean), is_outlined=outlined)
        for label, each, outlined in sides
        if each is not None
    ]
    units = {"wait": _("minutes"), "notices": _("times a week")}.get(figure.name, _("per cent"))
    most = 1.0 if figure.name in SHARES else None
    picture = ranges(rows, title=called(figure), units=units, most=most)
    return mark_safe(picture)  # noqa: S308 (drawn by papers, which escapes)


def _said(name: str, value: float) -> str:
    if name in SHARES:
        return f"{round(100 * value)}\N{NO-BREAK SPACE}%"
    if name == "wait" and HOUR <= value < DAY:
        return _("%(count)s h") % {"count": number_format(value / HOUR, 1)}
    return spoken.waited(timedelta(minutes=value)) if name == "wait" else number_format(value, 1)
