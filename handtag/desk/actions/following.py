"""After an errand whoever is told by phone is rung and asked how it went."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from handtag.desk.actions.ringing import follow_up
from handtag.desk.models import RingBack
from handtag.errands.models import Errand, Feedback
from handtag.kernel import clock
from handtag.notices.queries import is_rung

OVER: Final = timedelta(hours=2)  # a while after it was done, so that nobody is disturbed in the middle
LATEST: Final = timedelta(days=7)
_AT_A_TIME: Final = 200


def follow_up_due() -> int:
    """Put those on the call list whose errand is done and who have not said how it was; returns how many."""
    now = clock.now()
    said = Feedback.objects.filter(errand=OuterRef("pk"), side=Errand.Side.ASKER)
    asked = RingBack.objects.everywhere().filter(errand=OuterRef("pk"), why=RingBack.Why.FOLLOW_UP)
    done = Errand.objects.everywhere().filter(
        ~Exists(said),
        ~Exists(asked),
        state=Errand.State.COMPLETED,
        ended_at__lte=now - OVER,
        ended_at__gt=now - LATEST,
        asker__erased_at=None,
    )
    rows = done.order_by("ended_at").values_list("id", "municipality_id", "asker_id")
    return sum(
        follow_up(municipality_id, asker_id, errand_id)
        for errand_id, municipality_id, asker_id in list(rows[:_AT_A_TIME])
        if is_rung(asker_id)
    )
