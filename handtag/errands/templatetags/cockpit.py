"""Reasons, distances and languages as a coordinator reads them: of somebody else, never of the reader."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from handtag.errands.queries.third_person import of_them
from handtag.errands.rules.reasons import TAKEN_FOR_GRANTED
from handtag.geo.steps import Step
from handtag.kernel import spoken
from handtag.kernel.tongues import TONGUES

register = template.Library()
register.filter(of_them)


@register.filter
def away(step: Step) -> str:
    """How far a helper has to go, in steps."""
    if step.high is None:
        return _("more than 50 km away")
    if step.low == 0:
        return _("under 1 km away")
    return _("%(low)s to %(high)s km away") % {"low": step.low // 1000, "high": step.high // 1000}


@register.filter
def tongues(codes: Sequence[str]) -> str:
    """Languages by name, as a list that is said; Swedish alone goes without saying."""
    if list(codes) == [TAKEN_FOR_GRANTED]:
        return ""
    return spoken.join([str(TONGUES.get(code, code)) for code in codes])
