"""Titles of record types in templates."""

from django import template

from handtag.privacy.queries.words import TITLES

register = template.Library()


@register.filter
def record_title(record_type: str) -> str:
    """The title of a record type in the reader's language."""
    return str(TITLES[record_type])
