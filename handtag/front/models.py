"""The one table of the room: what would be otherwise, and what came of it; nothing of a person."""

from django.db import models
from django.db.models import Q

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class WhatIf(models.Model):
    """What if …: the change, and the figures of each simulated town, as it is and changed; sums alone."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    changes = models.JSONField()
    key = models.CharField(max_length=100)
    asked_at = models.DateTimeField(default=clock.now)
    plays = models.JSONField(default=list)
    turns = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=Q(done_at=None), name="what_if_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "asked_at"], name="what_if_by_time"),
            models.Index(fields=["asked_at"], name="what_if_to_play", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.key
