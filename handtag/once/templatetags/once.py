"""The hidden field that gives a form its one-time id."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from handtag.kernel import ids

register = template.Library()


@register.simple_tag
def submission() -> SafeString:
    """A new one-time submission id as a hidden field."""
    return format_html('<input type="hidden" name="submission" value="{}">', ids.new())
