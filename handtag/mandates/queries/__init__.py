"""Reading mandates: who may act for whom just now, and what the two and staff see of it."""

from handtag.mandates.queries.acting import (
    in_force,
    must_hold,
    not_their_own,
    proxies_of,
    stands_between,
    told_beside,
    within,
)
from handtag.mandates.queries.pages import (
    Mine,
    OfPerson,
    Row,
    Sheet,
    called,
    kept,
    links,
    mine,
    of_person,
    service_scopes,
    sheet,
    wording_for,
)
from handtag.mandates.queries.paper import is_pointless, paper, sealed
from handtag.mandates.queries.words import BECAUSE, CONSENTS, HOW, KINDS, STATES, Wording, wording

__all__ = [
    "BECAUSE",
    "CONSENTS",
    "HOW",
    "KINDS",
    "STATES",
    "Mine",
    "OfPerson",
    "Row",
    "Sheet",
    "Wording",
    "called",
    "in_force",
    "is_pointless",
    "kept",
    "links",
    "mine",
    "must_hold",
    "not_their_own",
    "of_person",
    "paper",
    "proxies_of",
    "sealed",
    "service_scopes",
    "sheet",
    "stands_between",
    "told_beside",
    "within",
    "wording",
    "wording_for",
]
