"""Reading the tenant: municipalities, areas and places."""

from handtag.municipalities.models import Municipality


def by_slug(slug: str) -> Municipality | None:
    """The municipality with this slug, or None."""
    return Municipality.objects.filter(slug=slug).first() if slug else None
