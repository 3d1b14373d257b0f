"""Reading the outbox, and how people can be told."""

from handtag.notices.queries.letters import SEALED, UNTIL, Queue, Sealed, ToPhone, queue, to_phone, until
from handtag.notices.queries.lines import LineView, has_line, line, opens, report_address, reports
from handtag.notices.queries.outbox import Unreached, of_person, unreached
from handtag.notices.queries.ways import Chosen, Way, at_an_hour, chosen, possible, ways

__all__ = [
    "SEALED",
    "UNTIL",
    "Chosen",
    "LineView",
    "Queue",
    "Sealed",
    "ToPhone",
    "Unreached",
    "Way",
    "at_an_hour",
    "chosen",
    "has_line",
    "line",
    "of_person",
    "opens",
    "possible",
    "queue",
    "report_address",
    "reports",
    "to_phone",
    "unreached",
    "until",
    "ways",
]
