"""How often each helper has answered what they were told of."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from handtag.errands.models import Told
from handtag.kernel import clock

ANSWERS_OVER: Final = timedelta(days=90)


def answered(municipality_id: UUID) -> dict[UUID, float]:
    """The share of notices each helper answered, yes or no, drawn towards a half while there are few."""
    told = Told.objects.of(municipality_id).filter(told_at__gte=clock.now() - ANSWERS_OVER)
    yes_or_no = Count("id", filter=Q(declined_at__isnull=False) | Q(yes_at__isnull=False))
    by_person = told.values("person_id")
    counted = by_person.annotate(told=Count("id"), answers=yes_or_no)
    rows = counted.values_list("person_id", "told", "answers")
    return {person: (answers + 1) / (count + 2) for person, count, answers in rows}
