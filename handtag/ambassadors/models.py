"""Tables of ambassadors: where each meets people, what they have learnt, and whether that is demanded."""

from django.db import models

from handtag.ambassadors.rules import Branch
from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Ambassador(models.Model):
    """Somebody on the staff who meets residents in their work."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    branch = models.CharField(
        max_length=12, blank=True, choices=[(each.value, each.value) for each in Branch]
    )
    pages_done = models.JSONField(default=list)
    course_done_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "person"], name="ambassador_once"),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.person_id}"


class Demand(models.Model):
    """That a municipality wants the course done before somebody asks for others; no row: it does not."""

    municipality = models.OneToOneField(
        "municipalities.Municipality", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    def __str__(self) -> str:
        return str(self.municipality_id)
