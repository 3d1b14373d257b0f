"""Reading the outbox, and how people can be told."""

from handtag.notices.queries.calls import Bridge
from handtag.notices.queries.lines import (
    LineView,
    address_of,
    has_line,
    line,
    opens,
    report_address,
    reports,
    voice_line,
)
from handtag.notices.queries.outbox import (
    POINTLESS,
    Stuck,
    Trouble,
    Unreached,
    is_pointless,
    of_person,
    stuck,
    trouble,
    unreached,
)
from handtag.notices.queries.ways import Chosen, Way, at_an_hour, chosen, lives_by_text, possible, ways

__all__ = [
    "POINTLESS",
    "Bridge",
    "Chosen",
    "LineView",
    "Stuck",
    "Trouble",
    "Unreached",
    "Way",
    "address_of",
    "at_an_hour",
    "chosen",
    "has_line",
    "is_pointless",
    "line",
    "lives_by_text",
    "of_person",
    "opens",
    "possible",
    "report_address",
    "reports",
    "stuck",
    "trouble",
    "unreached",
    "voice_line",
    "ways",
]
