"""Whether the product is well: for balancers, alarms and the curious operator."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from handtag.jobs import queries as jobs
from handtag.jobs.models import Duty
from handtag.notices.models import Call, Notice


def readiness() -> dict[str, bool]:
    """Each part that must work before people are let in, and whether it does."""
    parts: dict[str, Callable[[], bool]] = {
        "database": _database,
        "migrations": _migrations,
        "worker": jobs.a_worker_lives,
    }
    found: dict[str, bool] = {}
    for name, works in parts.items():
        try:
            found[name] = works()
        except DatabaseError:
            found[name] = False
    return found


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def gauges() -> dict[str, int]:
    """Numbers to watch, none of them about a person."""
    notices = Notice.objects.everywhere()
    return {
        "handtag_worker_alive": int(jobs.a_worker_lives()),
        "handtag_duties_parked": Duty.objects.filter(parked=True).count(),
        "handtag_duties_failing": Duty.objects.exclude(last_error="").count(),
        "handtag_notices_waiting": notices.filter(state__in=["waiting", "claimed"]).count(),
        "handtag_notices_stuck": notices.filter(state__in=["waiting", "claimed"], attempts__gte=10).count(),
        "handtag_calls_failed": Call.objects.everywhere().filter(state="failed").count(),
        "handtag_notices_failed": notices.filter(state="failed").count(),
    }
