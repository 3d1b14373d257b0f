"""What the staff do each morning: handle reports, and decide what has waited long enough."""

from datetime import timedelta
from functools import partial

from handtag.cases import actions as cases
from handtag.cases.models import Case
from handtag.cases.rules import Closing
from handtag.front.actions.sample.world import Town, World
from handtag.kernel import clock
from handtag.kernel.errors import HandtagError
from handtag.kernel.rights import Role
from handtag.permits import actions as permits
from handtag.permits.models import Permit

PATIENCE = timedelta(days=20)
ANSWER = "Tack för att du berättade. Vi har pratat med er båda, och det är ordnat."


def mornings(world: World) -> None:
    """Each morning at half past eight, in both towns."""
    days = (world.ends - world.begins).days
    for day in range(1, days + 1):
        for town in world.towns.values():
            world.at(world.begins + timedelta(days=day, hours=8.5), partial(_morning, town))


def _morning(town: Town) -> None:
    _handle_cases(town)
    _decide_what_waits(town)


def _handle_cases(town: Town) -> None:
    by = town.officer(Role.COORDINATOR)
    waiting = Case.objects.of(town.municipality.id).exclude(state=Case.State.CLOSED)
    for case in waiting.filter(opened_at__lt=clock.now() - timedelta(days=1)).order_by("opened_at"):
        try:
            if case.state == Case.State.NEW:
                cases.take_in_hand(by=by, case_id=case.id)
            elif case.opened_at < clock.now() - timedelta(days=3):
                cases.close(by=by, case_id=case.id, closing=Closing("settled", answer=ANSWER))
        except HandtagError:
            continue


def _decide_what_waits(town: Town) -> None:
    """Who has not come to show what was asked for is told no for now; they may apply again."""
    by = town.officer(Role.CASEWORKER)
    waiting = Permit.objects.of(town.municipality.id).filter(
        state=Permit.State.APPLIED, applied_at__lt=clock.now() - PATIENCE
    )
    for permit_id in list(waiting.order_by("applied_at").values_list("id", flat=True)):
        try:
            permits.decide(by=by, permit_id=permit_id, verb="refused")
        except HandtagError:
            continue
