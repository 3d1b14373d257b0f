"""Tables of retention and erasure: what was decided, what was destroyed by which two people."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class RetentionDecision(models.Model):
    """How long one record type is kept, by which decision. Without one, nothing is destroyed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    record_type = models.CharField(max_length=40)
    keep_days = models.PositiveIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=120)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "record_type"],
                condition=models.Q(superseded_at=None),
                name="retention_in_force_once",
            ),
        ]

    def __str__(self) -> str:
        return self.record_type


class Destruction(models.Model):
    """A destruction proposed by one person and approved by another, with its protocol of counts."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    planned = models.JSONField(default=dict)
    approved_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    protocol = models.JSONField(default=dict)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("proposed_by")),
                name="destruction_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ErasureRequest(models.Model):
    """Somebody asks to be erased; an answer is given by who keeps the records."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person"],
                condition=models.Q(answered_at=None),
                name="erasure_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
