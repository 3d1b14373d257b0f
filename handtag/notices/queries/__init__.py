"""Reading the outbox, and how people can be told."""

from handtag.notices.queries.calls import Bridge
from handtag.notices.queries.letters import SEALED, UNTIL, Queue, Sealed, ToPhone, queue, to_phone, until
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
    Unreached,
    is_pointless,
    of_person,
    stuck,
    unreached,
)
from handtag.notices.queries.own import NOT_THEIR_OWN, ways_for
from handtag.notices.queries.ringing import ToTell, to_tell
from handtag.notices.queries.ways import (
    Chosen,
    Way,
    at_an_hour,
    chosen,
    is_rung,
    lives_by_text,
    possible,
    ways,
)

__all__ = [
    "NOT_THEIR_OWN",
    "POINTLESS",
    "SEALED",
    "UNTIL",
    "Bridge",
    "Chosen",
    "LineView",
    "Queue",
    "Sealed",
    "Stuck",
    "ToPhone",
    "ToTell",
    "Unreached",
    "Way",
    "address_of",
    "at_an_hour",
    "chosen",
    "has_line",
    "is_pointless",
    "is_rung",
    "line",
    "lives_by_text",
    "of_person",
    "opens",
    "possible",
    "queue",
    "report_address",
    "reports",
    "stuck",
    "to_phone",
    "to_tell",
    "unreached",
    "until",
    "voice_line",
    "ways",
    "ways_for",
]
