"""Reading the worker's duties and whether a worker lives."""

from datetime import timedelta

from handtag.jobs.models import Duty, Heartbeat
from handtag.kernel import clock

SILENT_AFTER = timedelta(seconds=30)


def duties() -> list[Duty]:
    """Every duty as it stands, parked ones first."""
    return list(Duty.objects.order_by("-parked", "name"))


def a_worker_lives() -> bool:
    """Whether some worker has given a sign of life lately."""
    return Heartbeat.objects.filter(at__gte=clock.now() - SILENT_AFTER).exists()
