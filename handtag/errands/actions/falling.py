"""Asks fall into their new areas when a municipality draws its areas anew."""

from handtag.errands.models import Ask
from handtag.kernel.actor import Actor
from handtag.municipalities.actions import AreasChanged
from handtag.people.models import Person


def follow_areas(by: Actor, changed: AreasChanged) -> None:
    """Asks still going on get the area their place lies in now; those of the past keep what figures rest on.

    The place of a protected person is the municipality, and falls into no area.
    """
    asks = Ask.objects.of(changed.municipality_id)
    going_on = asks.filter(
        state__in=[Ask.State.OPEN, Ask.State.FILLED],
        asker__protection=Person.Protection.NONE,
        where__isnull=False,
    )
    rows = going_on.values_list("id", "area_id", "where__longitude", "where__latitude")
    for now, fallen in changed.areas.falling(rows):
        asks.filter(pk__in=fallen).update(area_id=now)
