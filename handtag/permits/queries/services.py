"""Reading services and the rules of each, and which of them a staff role reaches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation

from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotFound
from handtag.kernel.prepared import Prepared, an_id
from handtag.kernel.rights import ROLES, Right, Role
from handtag.permits.models import Rule, Service
from handtag.permits.queries.words import FRAMES, ServiceWords, service_words
from handtag.permits.rules import Demand, Frame

_COLUMNS = (
    *("id", "municipality_id", "committee_id", "committee__name", "kind", "name", "summary", "icon", "frame"),
    *("responsibility", "agreement", "open_to_youth", "with_children", "in_the_home", "outlay", "minutes"),
    *("position", "is_on", "committee__automatic_from"),
)

NOT_YET = UUID(int=0)  # a service that is not made: within no role that is narrowed to services


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as one municipality offers it; `words` are in the reader's language."""

    id: UUID
    municipality_id: UUID
    committee_id: UUID
    committee: str
    kind: str
    name: str
    summary: str
    icon: str
    frame: str
    responsibility: str
    agreement: str
    open_to_youth: bool
    with_children: bool
    in_the_home: bool
    outlay: bool
    minutes: int
    position: int
    is_on: bool
    automatic_from: date | None

    @property
    def words(self) -> ServiceWords:
        """What it is called, and who answers for it."""
        return service_words(self)

    @property
    def binding_words(self) -> str:
        """The text of responsibility in Swedish: what is agreed to, in whatever language it is read."""
        with translation.override("sv"):
            return self.words.responsibility

    @property
    def frame_name(self) -> str:
        """What its legal frame is called."""
        return str(FRAMES[self.frame][0])

    @property
    def frame_words(self) -> str:
        """What its legal frame means, to stand after "The service is"."""
        return str(FRAMES[self.frame][1])


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One version of what is demanded on one side of a service."""

    id: UUID
    service_id: UUID
    side: str
    version: int
    demands: tuple[Demand, ...]
    automatic: bool
    valid_months: int | None
    since: datetime

    @property
    def is_open(self) -> bool:
        """Whether nothing is demanded and nobody decides: open to all."""
        return self.automatic and not self.demands


def services(municipality_id: UUID, on: bool | None = True) -> list[ServiceRow]:
    """The services of a municipality in its own order: those that are on, off (False) or all (None)."""
    return [ServiceRow(*row) for row in _SERVICES.ask(on, town=municipality_id)]


def _services(on: bool | None) -> QuerySet[Service, Any]:
    chosen = Service.objects.of(an_id("town")).order_by("position", "kind", "name")
    if on is not None:
        chosen = chosen.filter(is_on=on)
    return chosen.values_list(*_COLUMNS)


_SERVICES = Prepared(_services)


def service(municipality_id: UUID, service_id: UUID) -> ServiceRow:
    """One service, on or off; NotFound elsewhere."""
    row = _SERVICE.first(town=municipality_id, service=service_id)
    if row is None:
        raise NotFound("service")
    return ServiceRow(*row)


_SERVICE = Prepared(
    lambda: Service.objects.of(an_id("town")).filter(id=an_id("service")).order_by().values_list(*_COLUMNS)
)


def current_rule(service_id: UUID, side: str) -> RuleRow:
    """The version of the rule that applies now."""
    rule = Rule.objects.everywhere().filter(service_id=service_id, side=side).order_by("-version").first()
    if rule is None:
        raise NotFound("rule")
    return rule_row(rule)


def current_rules(
    municipality_id: UUID, service_ids: Collection[UUID] | None = None
) -> dict[tuple[UUID, str], RuleRow]:
    """The rules that apply now, by service and side; of some services alone where they are named."""
    wanted = None if service_ids is None else set(service_ids)
    versions = _RULES.ask(town=municipality_id)
    return {
        (rule.service_id, rule.side): rule_row(rule)
        for rule in versions
        if wanted is None or rule.service_id in wanted
    }


_RULES = Prepared(lambda: Rule.objects.of(an_id("town")).order_by("version"))


def rule_versions(municipality_id: UUID, service_id: UUID, side: str) -> list[RuleRow]:
    """Every version there has been, the newest first."""
    found = Rule.objects.of(municipality_id).filter(service_id=service_id, side=side).order_by("-version")
    return [rule_row(rule) for rule in found]


def rule_row(rule: Rule) -> RuleRow:
    """A rule in plain values."""
    return RuleRow(
        rule.id,
        rule.service_id,
        rule.side,
        rule.version,
        tuple(Demand.of(row) for row in rule.demands),
        rule.automatic,
        rule.valid_months,
        rule.since,
    )


def reaches(by: Actor, right: Right, service: ServiceRow) -> bool:
    """Whether this actor has the right for this service's people.

    What falls under the social services' frame is open only to roles that name its committee.
    """
    return any(_covers(hat, right, service) for hat in by.hats)


def _covers(hat: Hat, right: Right, service: ServiceRow) -> bool:
    if right not in ROLES[hat.role]:
        return False
    if hat.role == Role.SYSTEM:
        return True
    named = service.frame != Frame.SOCIAL or service.committee_id in hat.committees
    return named and hat.covers(service_id=service.id, group_id=None, committee_id=service.committee_id)


def visible_services(by: Actor, right: Right) -> set[UUID]:
    """The services whose people this actor may see with that right, those turned off included."""
    return {row.id for row in _reached(services(by.tenant, on=None), by, right)}


def settable(by: Actor) -> list[ServiceRow]:
    """The services that this actor sets, on or off: to set one is not to see its people."""
    return [row for row in services(by.tenant, on=None) if _may_set(by, row)]


def to_set(by: Actor, service_id: UUID) -> ServiceRow:
    """One of them; NotFound for a service outside a narrowed role."""
    row = service(by.tenant, service_id)
    if not _may_set(by, row):
        raise NotFound("service")
    return row


def may_make(by: Actor) -> bool:
    """Whether this actor may add a service: not by a role that is narrowed to some that there are."""
    return by.may(Right.SET_SERVICES, service_id=NOT_YET)


def _may_set(by: Actor, row: ServiceRow) -> bool:
    return by.may(Right.SET_SERVICES, service_id=row.id, committee_id=row.committee_id)


def _reached(rows: Iterable[ServiceRow], by: Actor, right: Right) -> list[ServiceRow]:
    return [row for row in rows if reaches(by, right, row)]
