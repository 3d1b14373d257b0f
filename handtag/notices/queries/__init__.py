"""Reading the outbox, and how people can be told."""

from handtag.notices.queries.browsers import Browser, Browsers, browsers, subscriptions
from handtag.notices.queries.lines import LineView, has_line, line, opens, report_address, reports
from handtag.notices.queries.outbox import News, Unreached, news, of_person, unreached
from handtag.notices.queries.ways import Chosen, Way, at_an_hour, chosen, possible, ways

__all__ = [
    "Browser",
    "Browsers",
    "Chosen",
    "LineView",
    "News",
    "Unreached",
    "Way",
    "at_an_hour",
    "browsers",
    "chosen",
    "has_line",
    "line",
    "news",
    "of_person",
    "opens",
    "possible",
    "report_address",
    "reports",
    "subscriptions",
    "unreached",
    "ways",
]
