"""Tables of what the two sides say, and the calendar feed."""

from django.db import models

from handtag.errands.models.meetings import Errand
from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Message(models.Model):
    """Text between the two sides of an errand."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="messages")
    writer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    # Whose words these are where somebody else wrote them: who acts for the asker, or staff on the phone.
    said_for = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(max_length=1000)
    written_in = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["errand", "at"], name="messages_of_errand")]

    def __str__(self) -> str:
        return str(self.id)


class Feedback(models.Model):
    """How it was, said once by each side; `thanks` is shown to the other."""

    class How(models.TextChoices):
        GOOD = "good"
        FAIR = "fair"
        BAD = "bad"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=6, choices=Errand.Side.choices)
    how = models.CharField(max_length=4, choices=How.choices)
    thanks = models.CharField(max_length=500, blank=True)
    for_municipality = models.CharField(max_length=500, blank=True)
    written_in = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["errand", "side"], name="feedback_once")]

    def __str__(self) -> str:
        return f"{self.side} {self.how}"


class Feed(models.Model):
    """A helper's secret calendar address; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person"],
                condition=models.Q(revoked_at=None),
                name="feed_in_force_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
