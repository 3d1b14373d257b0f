"""A municipality sets its services: which, in which order, under which frame, and what is demanded."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem, Problems
from handtag.kernel.rights import Right
from handtag.municipalities.models import Committee, Municipality
from handtag.permits import queries, rules
from handtag.permits.actions.deciding import until
from handtag.permits.actions.writing import Verdict, locked, write
from handtag.permits.models import Permit, Rule, Service, Side
from handtag.permits.queries.standing import proofs
from handtag.permits.queries.words import FLAWS

GRACE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ServiceWish:
    """How a municipality wants a service to be; empty words mean those of the catalogue."""

    committee_id: UUID
    icon: str = "hand-helping"
    name: str = ""
    summary: str = ""
    frame: str = "general"
    responsibility: str = ""
    agreement: str = "first"
    open_to_youth: bool = False
    with_children: bool = False
    in_the_home: bool = False
    outlay: bool = False
    minutes: int = 60


@transaction.atomic
def furnish(municipality: Municipality, by: Actor) -> None:
    """Give a new municipality the services of the catalogue, with their rules, under its first committee."""
    committee = Committee.objects.of(municipality.id).order_by("name").first()
    if committee is None:
        raise Problem(_("A committee must answer for the services. Add one first."))
    there = set(Service.objects.of(municipality.id).values_list("kind", flat=True))
    for position, seed in enumerate(rules.CATALOGUE):
        if seed.kind not in there:
            _plant(municipality.id, committee.id, position, seed)
    record(by=by, verb="services.furnished", kind="municipality", object_id=municipality.id)


def _plant(municipality_id: UUID, committee_id: UUID, position: int, seed: rules.Seed) -> None:
    service = Service.objects.create(
        municipality_id=municipality_id,
        committee_id=committee_id,
        position=position,
        kind=seed.kind,
        icon=seed.icon,
        frame=seed.frame.value,
        agreement=seed.agreement,
        open_to_youth=seed.open_to_youth,
        with_children=seed.with_children,
        in_the_home=seed.in_the_home,
        outlay=seed.outlay,
        minutes=seed.minutes,
    )
    _first_rule(service, Side.ASK, (), True, None)
    _first_rule(service, Side.PERFORM, seed.demands, seed.automatic, seed.valid_months)


def _first_rule(
    service: Service, side: str, demands: Sequence[rules.Demand], automatic: bool, months: int | None
) -> None:
    Rule.objects.create(
        municipality_id=service.municipality_id,
        service=service,
        side=side,
        version=1,
        demands=[demand.row() for demand in demands],
        automatic=automatic,
        valid_months=months,
    )


@transaction.atomic
def make_service(*, by: Actor, wish: ServiceWish) -> Service:
    """Add a service of the municipality's own; it starts turned off, with an identity demanded to help."""
    by.must(Right.SET_SERVICES, committee_id=wish.committee_id)
    if not queries.may_make(by):
        raise NotAllowed("a role for some services adds none")
    _must_fit(by, wish, ())
    if not wish.name.strip():
        raise Problem(_("Give the service a name."), field="name")
    if Service.objects.of(by.tenant).filter(kind=rules.OWN, name__iexact=wish.name.strip()).exists():
        raise Problem(_("There is a service with that name already."), field="name")
    last = Service.objects.of(by.tenant).order_by("-position").values_list("position", flat=True).first()
    service = Service.objects.create(
        municipality_id=by.tenant, kind=rules.OWN, position=(last or 0) + 1, is_on=False, **asdict(wish)
    )
    _first_rule(service, Side.ASK, (), True, None)
    _first_rule(
        service,
        Side.PERFORM,
        (rules.Demand(rules.DemandKind.IDENTITY), rules.Demand(rules.DemandKind.ADULT)),
        True,
        None,
    )
    record(by=by, verb="service.made", kind="service", object_id=service.id)
    return service


@transaction.atomic
def change_service(*, by: Actor, service_id: UUID, wish: ServiceWish) -> None:
    """Change what a service is called, its committee, frame, way to agree and traits."""
    service = _service(by, service_id)
    by.must(Right.SET_SERVICES, service_id=service.id, committee_id=wish.committee_id)
    demands = queries.current_rule(service_id, Side.PERFORM).demands
    _must_fit(by, wish, demands)
    if service.kind == rules.OWN and not wish.name.strip():
        raise Problem(_("Give the service a name."), field="name")
    before = {name: getattr(service, name) for name in asdict(wish)}
    changed = sorted(name for name, value in asdict(wish).items() if value != before[name])
    if changed:
        Service.objects.of(by.tenant).filter(id=service_id).update(**asdict(wish))
        record(by=by, verb="service.changed", kind="service", object_id=service_id, changed=changed)


@transaction.atomic
def switch_service(*, by: Actor, service_id: UUID, on: bool) -> None:
    """Turn a service on or off; what is already agreed goes on."""
    _service(by, service_id)
    if Service.objects.of(by.tenant).filter(id=service_id).exclude(is_on=on).update(is_on=on):
        verb = "service.turned_on" if on else "service.turned_off"
        record(by=by, verb=verb, kind="service", object_id=service_id)


@transaction.atomic
def move_service(*, by: Actor, service_id: UUID, up: bool) -> None:
    """Move a service one step up or down in the list that residents see."""
    _service(by, service_id)
    order = [row.id for row in queries.services(by.tenant, on=None)]
    here = order.index(service_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order):
        Service.objects.of(by.tenant).filter(id=each).update(position=position)
    record(by=by, verb="service.moved", kind="service", object_id=service_id, position=there)


@transaction.atomic
def set_rule(
    *,
    by: Actor,
    service_id: UUID,
    side: str,
    demands: Sequence[rules.Demand],
    automatic: bool,
    valid_months: int | None = None,
    re_examine: bool = False,
) -> queries.RuleRow:
    """Set what is demanded from now on: a new version. The same as before makes none.

    Who already holds a permit keeps it under the version it was given by, unless `re_examine`: then those
    who meet the new rule go over to it, and the others are told what remains and have 30 days.
    """
    service = _service(by, service_id)
    flaws = rules.problems(service, demands, side=side, automatic=automatic)
    if flaws:
        raise Problems([Problem(FLAWS[flaw], field="demands") for flaw in flaws])
    old = queries.current_rule(service_id, side)
    new = _version(service, side, old, demands, automatic, valid_months)
    if new.version != old.version:
        record(by=by, verb="rule.set", kind="service", object_id=service_id, side=side, version=new.version)
    if re_examine:
        _re_examine(by, queries.service(by.tenant, service_id), new)
    return new


def _version(
    service: Service,
    side: str,
    old: queries.RuleRow,
    demands: Sequence[rules.Demand],
    automatic: bool,
    valid_months: int | None,
) -> queries.RuleRow:
    changed = rules.changes(
        old.demands,
        demands,
        automatic=(old.automatic, automatic),
        valid_months=(old.valid_months, valid_months),
    )
    if not changed:
        return old
    Rule.objects.create(
        municipality_id=service.municipality_id,
        service=service,
        side=side,
        version=old.version + 1,
        demands=[demand.row() for demand in demands],
        automatic=automatic,
        valid_months=valid_months,
    )
    return queries.current_rule(service.id, side)


def _re_examine(by: Actor, service: queries.ServiceRow, rule: queries.RuleRow) -> None:
    held = Permit.objects.of(by.tenant).filter(service_id=service.id, side=rule.side, state="granted")
    for permit_id in list(held.order_by("id").values_list("id", flat=True)):
        permit = locked(by.tenant, permit_id)
        if permit.state == "granted":
            write(permit, _measured(permit, service, rule), by=by)


def _measured(permit: Permit, service: queries.ServiceRow, rule: queries.RuleRow) -> Verdict:
    checks = proofs(permit.person_id, permit.municipality_id)
    today = clock.today()
    examined = rules.examine(rule.demands, checks, today=today, ground=rules.legal_ground(service))
    if not examined.missing:
        ends = until(rule, examined, today)
        return Verdict("renewed", "demands_met", rule, valid_until=ends, quiet=True)
    ends = min(filter(None, (permit.valid_until, today + GRACE)))
    return Verdict("asked_for_more", "rule_changed", rule, valid_until=ends)


def _service(by: Actor, service_id: UUID) -> Service:
    """The service's row, locked, for who may set it."""
    by.must(Right.SET_SERVICES)
    service = Service.objects.of(by.tenant).select_for_update().filter(id=service_id).first()
    if service is None:
        raise NotFound("service")
    by.must(Right.SET_SERVICES, service_id=service.id, committee_id=service.committee_id)
    return service


def _must_fit(by: Actor, wish: ServiceWish, demands: Sequence[rules.Demand]) -> None:
    if not Committee.objects.of(by.tenant).filter(id=wish.committee_id).exists():
        raise NotFound("committee")
    if wish.frame not in rules.FRAMES or wish.agreement not in Service.Agreement.values:
        raise Problem(_("Choose one of those in the list."))
    if not 15 <= wish.minutes <= 480:
        raise Problem(_("Between 15 minutes and eight hours."), field="minutes")
    extract = any(demand.kind == rules.DemandKind.RECORD_EXTRACT for demand in demands)
    if extract and not rules.legal_ground(wish):
        raise Problem(
            _(
                "The rules demand an extract from the criminal records register, and with this change the "
                "law would give no ground for it. Take the demand away first."
            ),
            field="with_children",
        )
