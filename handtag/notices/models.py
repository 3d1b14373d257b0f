"""The outbox: one row for each message to one person on one channel, until it is sent and long after."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Notice(models.Model):
    """One message to one person on one channel, in words that name nobody else.

    Written in the transaction of the deed; a worker claims it, sends it, and wipes the words after a while.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        UNREACHABLE = "unreachable"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Channel(models.TextChoices):
        EMAIL = "email"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.EmailField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    kind = models.CharField(max_length=60)
    about_id = models.UUIDField(null=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="notices_due", condition=models.Q(state__in=["waiting", "claimed"])
            ),
            models.Index(fields=["person", "created_at"], name="notices_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
