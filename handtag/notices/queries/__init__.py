"""Reading the outbox, and how people can be told."""

from handtag.notices.queries.lines import LineView, has_line, line, opens, report_address, reports
from handtag.notices.queries.outbox import Unreached, of_person, unreached
from handtag.notices.queries.own import NOT_THEIR_OWN, ways_for
from handtag.notices.queries.ways import Chosen, Way, at_an_hour, chosen, possible, ways

__all__ = [
    "NOT_THEIR_OWN",
    "Chosen",
    "LineView",
    "Unreached",
    "Way",
    "at_an_hour",
    "chosen",
    "has_line",
    "line",
    "of_person",
    "opens",
    "possible",
    "report_address",
    "reports",
    "unreached",
    "ways",
    "ways_for",
]
