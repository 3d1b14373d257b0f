"""What the two sides of a mandate and staff see of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.mandates import rules
from handtag.mandates.models import Mandate
from handtag.mandates.queries.acting import within
from handtag.mandates.queries.words import BECAUSE, HOW, KINDS, STATES, Wording, wording
from handtag.municipalities.queries import by_id
from handtag.people import queries as people
from handtag.people.queries import Link, Scope, shown_as

_WITH: Final = ("helped", "proxy")


@dataclass(frozen=True, slots=True)
class Row:
    """A mandate as its two sides and staff see it."""

    id: UUID
    helped_id: UUID
    helped: str
    proxy_id: UUID
    proxy: str
    kind: str
    services: tuple[str, ...]
    service_ids: frozenset[UUID]
    starts_on: date
    ends_on: date
    ended_at: datetime | None
    because: str
    asked_to_renew: bool
    proxy_told: bool

    @property
    def state(self) -> str:
        """How it stands today."""
        return rules.state(self.starts_on, self.ends_on, self.ended_at is not None, clock.today()).value

    @property
    def is_live(self) -> bool:
        """Whether it holds, or will."""
        return self.state in (rules.State.IN_FORCE, rules.State.COMING)

    @property
    def is_in_force(self) -> bool:
        """Whether one may act by it now."""
        return self.state == rules.State.IN_FORCE

    @property
    def kind_words(self) -> str:
        """What the proxy is to the helped."""
        return str(KINDS[self.kind])

    @property
    def state_words(self) -> str:
        """Its state in words, and why it ended."""
        said = str(STATES[self.state])
        return f"{said}: {BECAUSE[self.because]}" if self.because else said


@dataclass(frozen=True, slots=True)
class Mine:
    """Whom one may act for, and who may act for oneself."""

    for_others: tuple[Row, ...]
    for_me: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A person's mandates as staff see them."""

    person_id: UUID
    name: str
    is_protected: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that was said of one mandate, for paper."""

    row: Row
    evidence: str
    evidence_on: date
    evidence_by: str
    consent: str
    wording: Wording | None
    consent_how: str
    consent_on: date
    consent_to: str


def mine(by: Actor) -> Mine:
    """The mandates one has part in, those that hold first; long ended ones are on nobody's page."""
    found = _rows(by, _all(by).filter(Q(proxy_id=by.person) | Q(helped_id=by.person), ended_at=None))
    return Mine(
        tuple(row for row in found if row.proxy_id == by.person),
        tuple(row for row in found if row.helped_id == by.person),
    )


def of_person(by: Actor, person_id: UUID) -> OfPerson:
    """Somebody's mandates in both directions, for staff; where one is protected, for officers alone."""
    by.must(Right.KEEP_MANDATES)
    known = people.person(by, person_id)
    rows = _all(by).filter(Q(proxy_id=person_id) | Q(helped_id=person_id), *_seen(by))
    return OfPerson(known.id, shown_as(known, to=by, close=True), known.is_protected, _rows(by, rows))


def called(by: Actor, person_id: UUID) -> str:
    """What somebody is called to staff who make a mandate; NotFound for whom they may not know of."""
    by.must(Right.KEEP_MANDATES)
    return shown_as(people.person(by, person_id), to=by, close=True)


def wording_for(by: Actor, person_id: UUID) -> Wording | None:
    """What somebody is to say yes to, in the language they read."""
    by.must(Right.KEEP_MANDATES)
    return wording(rules.LATEST, people.person(by, person_id).language)


def kept(by: Actor, mandate_id: UUID) -> Mandate:
    """One mandate, for one of its two sides or for staff; else NotFound."""
    rows = _all(by)
    if not by.may(Right.KEEP_MANDATES):
        own = by.whose if by.office else by.person
        rows = rows.filter(Q(proxy_id=own) | Q(helped_id=own))
    else:
        rows = rows.filter(*_seen(by))
    found = rows.filter(pk=mandate_id).first()
    if found is None:
        raise NotFound("mandate")
    return found


def sheet(by: Actor, mandate_id: UUID) -> Sheet:
    """What stands on the paper."""
    found = kept(by, mandate_id)
    staff = people.names(by, [found.evidence_by_id, found.consent_to_id])
    return Sheet(
        row=_row(by, found, _service_names(by)),
        evidence=found.evidence,
        evidence_on=found.evidence_on,
        evidence_by=staff[found.evidence_by_id],
        consent=found.consent,
        wording=wording(found.consent_version, found.consent_language) if found.consent else None,
        consent_how=str(HOW[found.consent_how]),
        consent_on=found.consent_on,
        consent_to=staff[found.consent_to_id],
    )


def service_scopes(by: Actor) -> list[Scope]:
    """The services that a mandate may be kept to."""
    return list(people.scopes(by, ["services"]).get("services", []))


def links(by: Actor, person_id: UUID) -> list[Link]:
    """The way from a person's page to their mandates."""
    town = by_id(by.tenant) if by.may(Right.KEEP_MANDATES) else None
    if town is None:
        return []
    return [Link(_("Mandates"), reverse("mandates_of_person", args=[town.slug, person_id]), "users")]


def _all(by: Actor) -> QuerySet[Mandate]:
    return Mandate.objects.of(by.tenant).select_related(*_WITH).order_by("-made_at")


def _seen(by: Actor) -> list[Q]:
    """No mandate with a protected person in it, but for officers and those whose own it is."""
    if by.may(Right.KEEP_PROTECTED):
        return []
    return [_visible(by, "helped"), _visible(by, "proxy")]


def _visible(by: Actor, side: str) -> Q:
    return Q(**{f"{side}__protection": "none"}) | Q(**{f"{side}_id": by.person_id})


def _service_names(by: Actor) -> dict[UUID, str]:
    return {one.id: one.name for one in service_scopes(by)}


def _rows(by: Actor, found: Iterable[Mandate]) -> tuple[Row, ...]:
    mandates = list(found)
    names = _service_names(by) if any(each.services for each in mandates) else {}
    rows = [_row(by, each, names) for each in mandates]
    return tuple(sorted(rows, key=lambda row: (not row.is_live, row.ends_on)))


def _row(by: Actor, found: Mandate, names: dict[UUID, str]) -> Row:
    services = (names.get(UUID(each), _("something that is gone")) for each in found.services)
    return Row(
        id=found.id,
        helped_id=found.helped_id,
        helped=shown_as(found.helped, to=by, close=True),
        proxy_id=found.proxy_id,
        proxy=shown_as(found.proxy, to=by, close=True),
        kind=found.kind,
        services=tuple(services),
        service_ids=within(found) or frozenset(),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        ended_at=found.ended_at,
        because=found.ended_because,
        asked_to_renew=found.renewal_asked_at is not None,
        proxy_told=found.proxy_told,
    )
