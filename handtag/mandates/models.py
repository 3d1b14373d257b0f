"""The table of mandates."""

from django.db import models
from django.db.models import F, Q

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager
from handtag.mandates.rules import Because


class Mandate(models.Model):
    """One person (the proxy) may act for another (the helped), as far and as long as was said yes to."""

    class Kind(models.TextChoices):
        RELATIVE = "relative"
        GUARDIAN = "guardian"
        STAFF = "staff"

    class How(models.TextChoices):
        IN_PERSON = "in_person"
        BY_PHONE = "by_phone"
        ON_PAPER = "on_paper"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    helped = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proxy = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    services = models.JSONField(default=list)  # none named: all
    evidence = models.CharField(max_length=200, blank=True)  # what was seen; nothing of it is kept
    evidence_on = models.DateField()
    evidence_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    consent = models.TextField(blank=True)
    consent_version = models.PositiveSmallIntegerField(default=0)  # 0: in words of one's own
    consent_language = models.CharField(max_length=10, default="sv")  # in which it was read or shown
    consent_how = models.CharField(max_length=10, choices=How.choices)
    consent_on = models.DateField()
    consent_to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    proxy_told = models.BooleanField(default=False)  # what the helped is told of the asks goes to both
    renewal_asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.CharField(
        max_length=12, blank=True, choices=[(each.value, each.value) for each in Because]
    )

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "helped", "proxy"], condition=Q(ended_at=None), name="mandate_once"
            ),
            models.CheckConstraint(condition=~Q(helped=F("proxy")), name="mandate_for_another"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="mandate_runs_forward"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="mandate_ended_because",
            ),
        ]
        indexes = [
            models.Index(fields=["proxy", "ended_at"], name="mandates_of_proxy"),
            models.Index(fields=["ends_on"], name="mandates_to_lapse", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.proxy_id} for {self.helped_id}"
