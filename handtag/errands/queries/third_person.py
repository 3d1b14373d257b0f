"""Why a helper fits, as staff read it: of somebody else, never of the reader."""

from django.utils.translation import gettext as _

from handtag.errands.rules.reasons import Reason
from handtag.kernel import spoken
from handtag.kernel.tongues import TONGUES


def of_them(reason: Reason) -> str:
    """Why a helper fits, in the third person."""
    code, value = reason
    if code == "day":
        return _("%(days)s suit them") % {"days": spoken.weekdays(int(value))}
    if code == "language":
        return _("speaks %(language)s") % {"language": str(TONGUES.get(value, value))}
    if code == "group":
        return _("member of %(group)s") % {"group": value}
    return {
        "near": _("lives near"),
        "before": _("has helped this person before"),
        "first": _("is new here, and shall have a turn too"),
        "service": _("has done this before"),
        "free": _("can come at any time"),
    }[code]
