"""After something about a person changed: open, renew, or end the permits that rest on it."""

from datetime import date
from uuid import UUID

from handtag.kernel import clock
from handtag.kernel.actor import Actor, system
from handtag.kernel.prepared import Prepared, an_id
from handtag.permits.actions.applying import decides_itself, open_if_rule_says
from handtag.permits.actions.deciding import until
from handtag.permits.actions.writing import Verdict, write
from handtag.permits.models import Permit
from handtag.permits.queries.standing import Standing, both_sides


def settle(*, by: Actor, person_id: UUID) -> None:
    """Let every permit of somebody here follow from their checks as they now stand."""
    permits = _PERMITS.ask(town=by.tenant, person=person_id)
    stands = both_sides(person_id, by.tenant)
    for permit in permits:
        _settle(permit, stands[permit.service_id, permit.side])


_PERMITS = Prepared(
    lambda: (
        Permit.objects.of(an_id("town")).filter(person_id=an_id("person")).select_for_update().order_by("id")
    )
)


def _settle(permit: Permit, stands: Standing) -> None:
    if permit.state == "applied":
        open_if_rule_says(permit, stands)
    elif permit.state == "lapsed" and not stands.examined.missing:
        _take_up_again(permit, stands)
    elif permit.state == "granted":
        _follow(permit, stands)


def _take_up_again(permit: Permit, stands: Standing) -> None:
    if decides_itself(permit, stands):
        open_if_rule_says(permit, stands)
    else:
        # Everything is met anew, and a person has to decide: it goes to the caseworkers' queue.
        verdict = Verdict("reopened", "applied_again", stands.rule, quiet=True)
        write(permit, verdict, by=system(permit.municipality_id))


def _follow(permit: Permit, stands: Standing) -> None:
    if stands.examined.missing:
        if permit.valid_until is None or not _in_grace(permit):
            verdict = Verdict("lapsed", "check_withdrawn", stands.rule)
            write(permit, verdict, by=system(permit.municipality_id))
        return
    ends = until(stands.rule, stands.examined, _given_on(permit))
    if ends != permit.valid_until:
        verdict = Verdict("renewed", "demands_met", stands.rule, valid_until=ends, quiet=True)
        write(permit, verdict, by=system(permit.municipality_id))


def _in_grace(permit: Permit) -> bool:
    """Whether the holder was given time to meet a sharpened rule."""
    latest = permit.decisions.order_by("-number").values_list("verb", flat=True).first()
    return latest == "asked_for_more"


def _given_on(permit: Permit) -> date:
    """The day from which the permit's own time counts: when it was last given, or renewed by a person."""
    given = permit.decisions.filter(verb__in=("granted", "reinstated"))
    renewed = permit.decisions.filter(verb="renewed", decided_by__isnull=False)
    latest = (given | renewed).order_by("-number").values_list("at", flat=True).first()
    return clock.local(latest).date() if latest else clock.today()
