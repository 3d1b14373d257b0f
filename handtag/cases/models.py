"""Tables of cases: what was reported, who may read it, what was done."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Case(models.Model):
    """Something a coordinator must take over; readable by those listed on it and by who handles cases."""

    class Kind(models.TextChoices):
        ERRAND = "errand"
        UNCONFIRMED = "unconfirmed"
        ACCESSIBILITY = "accessibility"
        OTHER = "other"

    class State(models.TextChoices):
        NEW = "new"
        IN_HAND = "in_hand"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    committee = models.ForeignKey(
        "municipalities.Committee", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    concern = models.CharField(max_length=20, blank=True)
    errand = models.ForeignKey(
        "errands.Errand", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_to = models.EmailField(blank=True)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["municipality", "state", "opened_at"], name="cases_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Reader(models.Model):
    """Somebody who may read a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="reader_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class Note(models.Model):
    """What was done in a case, by whom; rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    written_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.id)
