"""The ambassadors of a municipality, for those who give the role."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.ambassadors.models import Ambassador, Demand
from handtag.ambassadors.queries.own import BRANCHES
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.mandates.models import Mandate
from handtag.people.queries import staff


@dataclass(frozen=True, slots=True)
class Colleague:
    """One ambassador."""

    person_id: UUID
    name: str
    branch: str
    course_done_at: datetime | None
    people: int


def colleagues(by: Actor) -> list[Colleague]:
    """Everybody with the role: where they meet people, whether they did the course, how many they ask for."""
    held = [line for line in staff(by) if line.role == Role.AMBASSADOR]
    known = {row.person_id: row for row in Ambassador.objects.of(by.tenant)}
    today = clock.today()
    live = Mandate.objects.of(by.tenant).filter(ended_at=None, starts_on__lte=today, ends_on__gte=today)
    staffs = live.filter(kind=Mandate.Kind.STAFF, proxy_id__in=[line.person_id for line in held])
    many = Counter(staffs.values_list("proxy_id", flat=True))
    return [_colleague(line.person_id, line.name, known.get(line.person_id), many) for line in held]


def _colleague(person_id: UUID, name: str, row: Ambassador | None, many: Counter[UUID]) -> Colleague:
    branch = str(BRANCHES[row.branch]) if row and row.branch else ""
    return Colleague(person_id, name, branch, row.course_done_at if row else None, many[person_id])


def is_demanded(by: Actor) -> bool:
    """Whether the course shall be done first."""
    return Demand.objects.of(by.tenant).exists()
