"""The table of what was sent once: a form's one-time id and the answer it got."""

from django.db import models

from handtag.kernel import clock, ids


class Sent(models.Model):
    """A form sent once, and the address its sender was led to; written with the effect."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    key = models.CharField(max_length=64)
    scope = models.CharField(max_length=64)
    route = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    answer = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "route", "key"], name="sent_once"),
        ]
        indexes = [models.Index(fields=["at"], name="sent_at")]

    def __str__(self) -> str:
        return self.key
