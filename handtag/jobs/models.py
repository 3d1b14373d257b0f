"""The worker's duties as they stand: when each is next due, and what went wrong."""

from django.db import models

from handtag.kernel import clock


class Duty(models.Model):
    """Something the worker does again and again; the row is the lease that lets one worker do it."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField(default=clock.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    last_done_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    parked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker that lives."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
