"""The small sample town that the walls are tried on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import transaction

from handtag.front.actions.sample import building
from handtag.front.queries import sample_json
from tests.ground import laid_out
from tests.house.sample import Sample, entered

MORNING = datetime(2026, 5, 12, 7, 30, tzinfo=UTC)


def _built() -> dict[str, Any]:
    building.build(seed=7, people=63, days=8, say=lambda words: None)
    return sample_json.described()


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[Sample]:
    """The towns, built once for a module and taken down again with it."""
    with django_db_blocker.unblock(), time_machine.travel(MORNING, tick=True), transaction.atomic():
        told = laid_out(_built)
        yield Sample(
            {member["key"]: member for member in told["users"]},
            {town["slug"]: UUID(town["id"]) for town in told["municipalities"]},
            # Sessions must outlive the single test, so everybody comes in now.
            {member["key"]: entered(member["key"], member["password"]) for member in told["users"]},
        )
        transaction.set_rollback(True)
