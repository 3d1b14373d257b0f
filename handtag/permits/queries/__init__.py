"""Reading services, rules, permits, and what remains for somebody to do."""

from handtag.permits.queries.integrity import recomputed, wrong_states
from handtag.permits.queries.services import (
    RuleRow,
    ServiceRow,
    current_rule,
    current_rules,
    may_make,
    reaches,
    rule_versions,
    service,
    services,
    settable,
    to_set,
    visible_services,
)
from handtag.permits.queries.standing import (
    Missing,
    NoPermit,
    Standing,
    holds,
    must_hold,
    permitted_services,
    standing,
    standings,
)
from handtag.permits.queries.verifying import Verification, verification
from handtag.permits.queries.ways import links, scopes
from handtag.permits.queries.words import ServiceWords, service_words

__all__ = [
    "Missing",
    "NoPermit",
    "RuleRow",
    "ServiceRow",
    "ServiceWords",
    "Standing",
    "Verification",
    "current_rule",
    "current_rules",
    "holds",
    "links",
    "may_make",
    "must_hold",
    "permitted_services",
    "reaches",
    "recomputed",
    "rule_versions",
    "scopes",
    "service",
    "service_words",
    "services",
    "settable",
    "standing",
    "standings",
    "to_set",
    "verification",
    "visible_services",
    "wrong_states",
]
