"""Tables of how two people come together: told, invited, offered, agreed."""

from django.db import models
from django.db.models import F, Q

from handtag.errands.models.asks import Ask, Occasion
from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Told(models.Model):
    """A helper who was told of an ask, in which wave, why, whether they have seen it, and what they said."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="told")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    wave = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    told_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    yes_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "person"], name="told_once")]
        indexes = [
            # All that is counted of many people at once stands in it.
            models.Index(
                fields=["person", "told_at", "municipality", "declined_at", "yes_at"], name="told_of_person"
            ),
            models.Index(fields=["municipality", "told_at"], name="told_in_town"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.ask_id}"


class Invitation(models.Model):
    """The municipality asks one helper; the helper answers yes or no."""

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        LAPSED = "lapsed"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "person"], condition=Q(state="sent"), name="invited_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="invitations_of_person")]

    def __str__(self) -> str:
        return self.state


class Offer(models.Model):
    """A helper says: I can come."""

    class State(models.TextChoices):
        MADE = "made"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.MADE)
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    responsibility_accepted_at = models.DateTimeField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "person"],
                condition=Q(state__in=["made", "accepted"]),
                name="offer_in_force_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="offers_of_person")]

    def __str__(self) -> str:
        return self.state


class Errand(models.Model):
    """Two people are agreed. Times are copied from the occasion so that overlaps are one index away."""

    class State(models.TextChoices):
        AGREED = "agreed"
        STARTED = "started"
        COMPLETED = "completed"
        CANCELLED_BY_HELPER = "cancelled_by_helper"
        CANCELLED_BY_ASKER = "cancelled_by_asker"
        MISSED = "missed"
        UNCONFIRMED = "unconfirmed"
        REPORTED = "reported"

    class Side(models.TextChoices):
        ASKER = "asker"
        HELPER = "helper"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="errands")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="errand")
    helper = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.AGREED)
    door_code = models.CharField(max_length=4)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    agreed_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    missed_by = models.CharField(max_length=6, choices=Side.choices, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    feed_sequence = models.PositiveIntegerField(default=0)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "helper"],
                condition=~Q(state__in=["cancelled_by_helper", "cancelled_by_asker"]),
                name="errand_in_force_once",
            ),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="errand_runs_forward"),
        ]
        indexes = [
            models.Index(fields=["helper", "starts_at", "ends_at"], name="errands_of_helper"),
            models.Index(fields=["asker", "starts_at"], name="errands_of_asker"),
            models.Index(fields=["municipality", "state", "ends_at"], name="errands_by_state"),
        ]

    def __str__(self) -> str:
        return self.state


class Outlay(models.Model):
    """What the helper lays out, agreed beforehand: a ceiling in kronor and how it is repaid."""

    errand = models.OneToOneField(Errand, on_delete=models.CASCADE, primary_key=True, related_name="outlay")
    ceiling = models.PositiveIntegerField()
    how = models.CharField(max_length=20)
    asker_agreed_at = models.DateTimeField()
    helper_agreed_at = models.DateTimeField()
    spent = models.PositiveIntegerField(null=True, blank=True)
    repaid_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"at most {self.ceiling} kr"


class Receipt(models.Model):
    """A photo of what the goods cost, written anew by us, so that it tells the two sides nothing else."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="receipts")
    photo = models.BinaryField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["errand", "digest"], name="receipt_once")]

    def __str__(self) -> str:
        return str(self.id)
