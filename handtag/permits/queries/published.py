"""The rules of every service in words, as anybody may read them; and what changed from version to version."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from handtag.permits.models import Side
from handtag.permits.queries.services import (
    RuleRow,
    ServiceRow,
    current_rule,
    current_rules,
    rule_versions,
    services,
)
from handtag.permits.queries.words import (
    AGREEMENTS,
    GROUNDS,
    change_words,
    demand_length,
    demand_name,
    length,
)
from handtag.permits.rules import Change, changes, legal_ground


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One side of one service: what is demanded, who decides, how long it holds, since when."""

    demands: list[tuple[str, str, str]]  # what, how long it counts, by which law
    is_open: bool
    decides: str
    holds: str
    version: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """One service as anybody may read it."""

    service: ServiceRow
    ask: RuleWords
    perform: RuleWords
    agreement: str


def published(municipality_id: UUID) -> list[Published]:
    """Every service that is on, with its rules in words; two queries."""
    demanded = current_rules(municipality_id)
    return [
        Published(
            row,
            rule_words(row, demanded[row.id, Side.ASK]),
            rule_words(row, demanded[row.id, Side.PERFORM]),
            str(AGREEMENTS[row.agreement]),
        )
        for row in services(municipality_id)
    ]


def sides(row: ServiceRow) -> list[tuple[str, RuleWords]]:
    """Both rules of one service in words."""
    return [(side.value, rule_words(row, current_rule(row.id, side))) for side in Side]


def rule_words(row: ServiceRow, rule: RuleRow) -> RuleWords:
    """A rule as people read it."""
    ground = legal_ground(row)
    demands = [
        (
            demand_name(demand),
            demand_length(demand),
            str(GROUNDS[ground]) if demand.kind == "record_extract" and ground else "",
        )
        for demand in rule.demands
        if demand.kind != "caseworker"
    ]
    return RuleWords(demands, rule.is_open, _decides(row, rule), _holds(rule), rule.version, rule.since)


def _decides(row: ServiceRow, rule: RuleRow) -> str:
    if rule.is_open:
        return _("Open to all: nobody decides.")
    if rule.automatic and row.automatic_from:
        return _("Whoever meets this is approved at once, by this rule. A person looks at it if you ask.")
    return _("A caseworker at the municipality decides.")


def _holds(rule: RuleRow) -> str:
    if not rule.valid_months:
        return ""
    return _("Approval holds for %(length)s at a time.") % {"length": length(rule.valid_months)}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version and what it changed."""

    version: int
    since: datetime
    changed: list[str]


def history(municipality_id: UUID, service_id: UUID, side: str) -> list[VersionRow]:
    """Every version, the newest first, with what changed from the one before."""
    versions = rule_versions(municipality_id, service_id, side)
    found = []
    for new, old in zip(versions, [*versions[1:], None], strict=True):
        changed = [change_words(change) for change in _between(old, new)] if old else []
        found.append(VersionRow(new.version, new.since, changed))
    return found


def _between(old: RuleRow, new: RuleRow) -> list[Change]:
    return changes(
        old.demands,
        new.demands,
        automatic=(old.automatic, new.automatic),
        valid_months=(old.valid_months, new.valid_months),
    )
