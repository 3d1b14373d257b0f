"""Words of asking that more than one template says."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext_lazy as _

from handtag.kernel import spoken
from handtag.kernel.tongues import TONGUES

register = template.Library()

_REPAID = {
    "swish": _("You pay back by Swish, at most %(ceiling)s kronor"),
    "cash": _("You pay back in cash, at most %(ceiling)s kronor"),
    "ahead": _("You give the money beforehand, at most %(ceiling)s kronor"),
}


@register.filter
def languages_said(codes: Iterable[str]) -> str:
    """Swedish, Arabic and English."""
    return spoken.join([str(TONGUES.get(code, code)) for code in codes])


@register.simple_tag
def outlay_said(how: str, ceiling: int | None) -> str:
    """You pay back by Swish, at most 400 kronor."""
    if not how or not ceiling:
        return ""
    return str(_REPAID[how]) % {"ceiling": spoken.grouped(ceiling)}
