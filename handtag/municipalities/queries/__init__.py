"""Reading the tenant: municipalities, partnerships, areas, places and what is left to set up."""

from handtag.municipalities.queries.areas import Areas, area_at, areas, in_force, map_data, shapes
from handtag.municipalities.queries.checklist import CHECKLIST, Step, checklist
from handtag.municipalities.queries.looks import PaleColour, checked_accent, seen_of, theme_href
from handtag.municipalities.queries.places import (
    PlaceRow,
    address_count,
    find_places,
    place,
    place_choices,
    place_counts,
    places,
)
from handtag.municipalities.queries.texts import StatementView, official_name, paragraphs, statement
from handtag.municipalities.queries.towns import (
    Partner,
    PartnershipView,
    by_code,
    by_id,
    by_slug,
    committees,
    everyone,
    partnerships,
)

__all__ = [
    "CHECKLIST",
    "Areas",
    "PaleColour",
    "Partner",
    "PartnershipView",
    "PlaceRow",
    "StatementView",
    "Step",
    "address_count",
    "area_at",
    "areas",
    "by_code",
    "by_id",
    "by_slug",
    "checked_accent",
    "checklist",
    "committees",
    "everyone",
    "find_places",
    "in_force",
    "map_data",
    "official_name",
    "paragraphs",
    "partnerships",
    "place",
    "place_choices",
    "place_counts",
    "places",
    "seen_of",
    "shapes",
    "statement",
    "theme_href",
]
