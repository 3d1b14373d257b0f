"""Noting that somebody met a demand, seen by a person on the staff; and taking such a note back."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Right
from handtag.login.actions import Proved
from handtag.people.queries import person as applicant
from handtag.permits import queries, rules
from handtag.permits.actions.settling import settle
from handtag.permits.models import Check
from handtag.permits.rules import DemandKind

NAMED = (DemandKind.TRAINING, DemandKind.ORGANISATION)


@transaction.atomic
def record_check(
    *,
    by: Actor,
    person_id: UUID,
    kind: str,
    seen_on: date | None = None,
    name: str = "",
    valid_until: date | None = None,
    adult: bool = False,
    service_id: UUID | None = None,
) -> Check:
    """Note one demand as met; `adult` beside an identity says that the card showed 18 years or more.

    Of a criminal-record extract nothing is kept but that it was shown, when, to whom and by which law; the
    service it was shown for must give that law. There is no way to note that one was not shown.
    """
    service = _must_check(by, person_id, service_id)
    ground = _ground(kind, service, name, valid_until)
    day = _day(seen_on)
    if kind in NAMED and not name.strip():
        raise Problem(_("Say which one it was."), field="name")
    found = _once(
        by, person_id, Check(kind=kind, name=name.strip(), seen_on=day, legal_ground=ground), valid_until
    )
    if kind == DemandKind.IDENTITY and adult:
        _once(by, person_id, Check(kind=DemandKind.ADULT.value, seen_on=day), None)
    settle(by=by, person_id=person_id)
    return found


def note_proved(by: Actor, proved: Proved) -> None:
    """An e-identity has shown who somebody is, and perhaps that they are of age: as good as a card."""
    record_check(by=by, person_id=proved.person_id, kind=DemandKind.IDENTITY.value, adult=proved.is_adult)


@transaction.atomic
def withdraw_check(*, by: Actor, check_id: UUID) -> Check:
    """Take a note back; permits that rested on it run out at once."""
    by.must(Right.RECORD_CHECKS)
    check = Check.objects.of(by.tenant).select_for_update().filter(id=check_id).first()
    if check is None:
        raise NotFound("check")
    _must_check(by, check.person_id, None)
    _must_reach(by, check.legal_ground)
    if check.withdrawn_at is not None:
        return check
    check.withdrawn_at = clock.now()
    Check.objects.of(by.tenant).filter(id=check.id).update(withdrawn_at=check.withdrawn_at)
    record(
        by=by,
        verb="check.withdrawn",
        kind="check",
        object_id=check.id,
        about=check.person_id,
        check=check.kind,
    )
    settle(by=by, person_id=check.person_id)
    return check


def _must_check(by: Actor, person_id: UUID, service_id: UUID | None) -> queries.ServiceRow | None:
    by.must(Right.RECORD_CHECKS)
    applicant(by, person_id)
    if person_id == by.person_id:
        raise NotAllowed("nobody checks themselves")
    if service_id is None:
        return None
    service = queries.service(by.tenant, service_id)
    if not queries.reaches(by, Right.RECORD_CHECKS, service):
        raise NotFound("service")
    return service


def _must_reach(by: Actor, ground: str) -> None:
    """That an extract was shown is for those who see some service by whose law it was; else NotFound."""
    offered = queries.services(by.tenant, on=None) if ground else []
    lawful = [row for row in offered if rules.legal_ground(row) == ground]
    if lawful and not any(queries.reaches(by, Right.RECORD_CHECKS, row) for row in lawful):
        raise NotFound("check")


def _ground(kind: str, service: queries.ServiceRow | None, name: str, valid_until: date | None) -> str:
    if kind not in rules.DEMANDS or kind == DemandKind.CASEWORKER:
        raise Problem(_("Choose what was met."), field="kind")
    if kind != DemandKind.RECORD_EXTRACT:
        return ""
    if name or valid_until:
        raise Problem(_("Of an extract nothing may be noted but that it was shown and when."))
    ground = rules.legal_ground(service) if service else ""
    if not ground:
        raise Problem(queries.words.FLAWS["extract_without_ground"])
    return ground


def _day(seen_on: date | None) -> date:
    today = clock.today()
    day = seen_on or today
    if day > today:
        raise Problem(_("The day has not come yet. Choose today or earlier."), field="seen_on")
    if day < today - timedelta(days=rules.OLDEST_EXTRACT_DAYS):
        raise Problem(_("That is more than a year ago. It has to be seen anew."), field="seen_on")
    return day


def _once(by: Actor, person_id: UUID, new: Check, valid_until: date | None) -> Check:
    """The check, written unless the very same one is there already."""
    same = Check.objects.of(by.tenant).filter(
        person_id=person_id, kind=new.kind, name=new.name, seen_on=new.seen_on, legal_ground=new.legal_ground
    )
    there = same.filter(withdrawn_at=None, valid_until=valid_until).first()
    if there is not None:
        return there
    new.municipality_id, new.person_id = by.tenant, person_id
    new.checked_by_id, new.valid_until = by.person_id, valid_until
    new.save(force_insert=True)
    record(by=by, verb="check.recorded", kind="check", object_id=new.id, about=person_id, check=new.kind)
    return new
