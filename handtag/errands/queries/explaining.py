"""What explains why a helper is told or proposed: the facts about an ask and those chosen for it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from handtag.errands.models import Errand, Invitation, Told
from handtag.errands.queries import fetching
from handtag.errands.queries.eligible import holds
from handtag.errands.queries.fetching import Candidate
from handtag.errands.queries.sought import Sought
from handtag.errands.rules.hours import Weekly, covers, weekly_of
from handtag.errands.rules.reasons import Facts, Reason, reasons
from handtag.groups.models import Membership
from handtag.helpers.models import HelperProfile
from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import Prepared, a_list, an_id


def why(ask: Sought, chosen: Sequence[Candidate], *, telling: bool) -> dict[UUID, tuple[Reason, ...]]:
    """Why it is each of these: facts about the two that the helper reads, the strongest first."""
    people = [each.person_id for each in chosen]
    days = _weekdays(ask, chosen, telling=telling)
    groups, (done, before) = shared_groups(ask, people), did(ask, people)
    new = newcomers(ask, people) if telling else set[UUID]()
    return {
        each.person_id: reasons(
            Facts(
                km=each.km,
                weekday=days.get(each.profile_id),
                language=common(ask.languages, each.speaks),
                group=groups.get(each.person_id, ""),
                did_service=each.person_id in done,
                came_before=each.person_id in before,
                is_first=each.person_id in new,
                is_free=each.any_time,
            )
        )
        for each in chosen
    }


def _weekdays(ask: Sought, chosen: Sequence[Candidate], *, telling: bool) -> dict[UUID, int | None]:
    """The weekday that suits those who have hours of their own; who is told of one date has it in them."""
    bound = [each.profile_id for each in chosen if not each.any_time]
    weekly = ask.slots[0].weekly
    if telling and len(ask.slots) == 1:
        return dict.fromkeys(bound, weekly.weekday if weekly else None)
    return {profile: weekday(ask, hours) for profile, hours in fetching.hours(bound).items()}


def weekday(ask: Sought, hours: list[Weekly]) -> int | None:
    """The weekday of the first occasion that lies in the helper's own hours."""
    if not hours:
        return None
    suits = (weekly_of(slot.window) for slot in ask.slots if covers(hours, slot.window))
    return next((each.weekday for each in suits if each), None)


def common(wanted: Collection[str], spoken: Collection[str]) -> str:
    """The first of the wished languages that is spoken."""
    return next((each for each in wanted if each in spoken), "")


def shared_groups(ask: Sought, people: Collection[UUID]) -> dict[UUID, str]:
    """A group of each in which the ask is shown."""
    if not ask.group_ids:
        return {}
    rows = Membership.objects.of(ask.municipality_id).filter(
        group_id__in=ask.group_ids, person_id__in=people, state=Membership.State.MEMBER
    )
    return dict(rows.order_by("-group__name").values_list("person_id", "group__name"))


def newcomers(ask: Sought, people: Collection[UUID]) -> set[UUID]:
    """Those who were never told of an ask, nor invited to one, and have helped nobody here."""
    return {person for (person,) in _NEW.ask(people=people, town=ask.municipality_id)} if people else set()


def _new() -> QuerySet[HelperProfile, Any]:
    town, theirs = an_id("town"), {"person_id": OuterRef("person_id")}
    return (
        HelperProfile.objects.of(town)
        .filter(OneOf(F("person_id"), a_list("people")))
        .filter(holds(Told.objects.of(town).filter(wave__gt=0, **theirs), some=False))
        .filter(holds(Invitation.objects.of(town).filter(**theirs), some=False))
        .filter(holds(Errand.objects.of(town).filter(helper_id=OuterRef("person_id")), some=False))
        .values_list("person_id")
    )


def did(ask: Sought, people: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Who has done the service, and who has helped this asker."""
    given = {"town": ask.municipality_id, "service": ask.service_id, "asker": ask.asker_id}
    found = set(_DONE.ask(people=people, **given)) if people else set()
    done = {helper for helper, service, _asker in found if service == ask.service_id}
    return done, {helper for helper, _service, asker in found if asker == ask.asker_id}


def _done() -> QuerySet[Errand, Any]:
    rows = Errand.objects.of(an_id("town")).filter(
        OneOf(F("helper_id"), a_list("people")), state=Errand.State.COMPLETED
    )
    theirs = Q(occasion__ask__service_id=an_id("service")) | Q(asker_id=an_id("asker"))
    return rows.filter(theirs).values_list("helper_id", "occasion__ask__service_id", "asker_id")


_DONE, _NEW = Prepared(_done, is_planned=True), Prepared(_new, is_planned=True)
