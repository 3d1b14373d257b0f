"""The hidden field that gives a form its one-time id."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from handtag.kernel import ids

register = template.Library()


@register.simple_tag(takes_context=True)
def submission(context: Context) -> SafeString:
    """A new one-time submission id as a hidden field, and in whose name the form was opened."""
    made = format_html('<input type="hidden" name="submission" value="{}">', ids.new())
    acts_for = getattr(getattr(context.get("request"), "actor", None), "behalf_of", None)
    if acts_for is None:
        return made
    return made + format_html('<input type="hidden" name="in_name_of" value="{}">', acts_for)
