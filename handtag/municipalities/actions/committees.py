"""Committees: their names, and the decision that lets published rules grant by themselves."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.municipalities.models import Committee


@transaction.atomic
def name_committee(*, by: Actor, name: str, committee_id: UUID | None = None) -> Committee:
    """Add a committee, or give one that exists its right name."""
    by.must(Right.SET_UP)
    shown = " ".join(name.split())
    if not shown:
        raise Problem(_("Write the committee's name."), field="name")
    try:
        with transaction.atomic():
            committee = _named(by.tenant, shown, committee_id)
    except IntegrityError as fault:
        raise Problem(_("There is already a committee with that name."), field="name") from fault
    history.record(by=by, verb="committee.named", kind="committee", object_id=committee.id)
    return committee


@transaction.atomic
def set_committee_decision(*, by: Actor, committee_id: UUID, on: date | None, reference: str) -> Committee:
    """Record that a committee has decided to allow automatic grants; `on` None takes that back."""
    by.must(Right.SET_UP)
    if on is not None and on > clock.today():
        raise Problem(_("The day of the decision lies ahead. Write the day it was taken."), field="on")
    if on is not None and not reference.strip():
        raise Problem(_("Write the decision's number, for example § 41 or KS 2026/12."), field="reference")
    changed = (
        Committee.objects.of(by.tenant)
        .filter(pk=committee_id)
        .update(automatic_from=on, automatic_reference=reference.strip() if on else "")
    )
    if not changed:
        raise NotFound("committee")
    verb = "committee.allowed_automatic" if on else "committee.stopped_automatic"
    history.record(by=by, verb=verb, kind="committee", object_id=committee_id, on=str(on or ""))
    return Committee.objects.of(by.tenant).get(pk=committee_id)


def _named(municipality_id: UUID, name: str, committee_id: UUID | None) -> Committee:
    if committee_id is None:
        return Committee.objects.create(municipality_id=municipality_id, name=name)
    if not Committee.objects.of(municipality_id).filter(pk=committee_id).update(name=name):
        raise NotFound("committee")
    return Committee.objects.of(municipality_id).get(pk=committee_id)
