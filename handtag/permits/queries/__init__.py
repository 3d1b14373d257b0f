"""Reading services, rules, permits, and what remains for somebody to do."""

from handtag.permits.queries.integrity import recomputed, wrong_states
from handtag.permits.queries.services import (
    RuleRow,
    ServiceRow,
    current_rule,
    current_rules,
    reaches,
    rule_versions,
    service,
    services,
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
from handtag.permits.queries.ways import links
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
    "must_hold",
    "permitted_services",
    "reaches",
    "recomputed",
    "rule_versions",
    "service",
    "service_words",
    "services",
    "standing",
    "standings",
    "verification",
    "visible_services",
    "wrong_states",
]
