"""Tables of cases: what was reported, who may read it, what was done."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Case(models.Model):
    """Something the municipality must take over; readable by who handles cases and those listed on it."""

    class Kind(models.TextChoices):
        ERRAND = "errand"
        UNCONFIRMED = "unconfirmed"
        ACCESSIBILITY = "accessibility"
        TEXT = "text"
        HANDED_ON = "handed_on"
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
    handled_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whom it was handed on to, until when somebody must have taken it; then it is the coordinators' again.
    receiver = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    answer_to = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="sv")
    words = models.TextField(blank=True)
    came_of = models.CharField(max_length=20, blank=True)
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(came_of=""),
                name="closed_says_what_came_of_it",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "opened_at"], name="cases_waiting"),
            models.Index(fields=["reported_by", "opened_at"], name="cases_of_reporter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Reader(models.Model):
    """Somebody who may read a case besides those who handle cases."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="reader_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class Note(models.Model):
    """What was done in a case, by whom, and in which words; rows are only ever added."""

    class Verb(models.TextChoices):
        TOLD_MORE = "told_more"
        TAKEN = "taken"
        NOTED = "noted"
        READER_ADDED = "reader_added"
        CLOSED = "closed"
        REOPENED = "reopened"
        FELL_BACK = "fell_back"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    verb = models.CharField(max_length=12, choices=Verb.choices, default=Verb.NOTED)
    written_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who was let in, where that is what was done.
    reader = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="notes_of_case")]

    def __str__(self) -> str:
        return str(self.id)
