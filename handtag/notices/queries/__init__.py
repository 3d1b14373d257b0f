"""Reading the outbox, and how people can be told."""

from handtag.notices.queries.lines import LineView, has_line, line, opens, report_address, reports
from handtag.notices.queries.outbox import Unreached, of_person, unreached
from handtag.notices.queries.ringing import ToTell, to_tell
from handtag.notices.queries.ways import Chosen, Way, at_an_hour, chosen, is_rung, possible, ways

__all__ = [
    "Chosen",
    "LineView",
    "ToTell",
    "Unreached",
    "Way",
    "at_an_hour",
    "chosen",
    "has_line",
    "is_rung",
    "line",
    "of_person",
    "opens",
    "possible",
    "report_address",
    "reports",
    "to_tell",
    "unreached",
    "ways",
]
