"""The municipalities to choose from."""

from dataclasses import dataclass

from handtag.municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality to choose."""

    name: str
    slug: str


def towns() -> list[Town]:
    """The municipalities that are live here."""
    return [Town(*row) for row in Municipality.objects.order_by("name").values_list("name", "slug")]
