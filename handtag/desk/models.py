"""Tables of the desk: whom to ring, which calls there were, what was read aloud, and who else is told."""

from django.db import models
from django.db.models import Q

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Consent(models.Model):
    """Words that were read aloud to somebody, as they were read, and that a yes was heard."""

    class Kind(models.TextChoices):
        ASK = "ask"
        TELL = "tell"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    # Who was on the line and said it: the person, or who may act for them.
    said_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    heard_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    version = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    words = models.TextField()
    in_swedish = models.TextField()
    how = models.CharField(max_length=10, default="by_phone")
    ask = models.ForeignKey("errands.Ask", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="consents_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Confidant(models.Model):
    """Somebody whom a person lets us tell what happens with their asks: one at a time, until they end it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person"], condition=Q(ended_at=None), name="confidant_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RingBack(models.Model):
    """Somebody to be rung: why, from when, until when; held by one agent at a time."""

    class Why(models.TextChoices):
        NEWS = "news"
        ASKED = "asked"
        FOLLOW_UP = "follow_up"

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        REACHED = "reached"
        GIVEN_UP = "given_up"

    LIVE = (State.WAITING, State.TAKEN)

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    errand = models.ForeignKey(
        "errands.Errand", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    taken_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person", "why"],
                condition=Q(state__in=["waiting", "taken"]) & ~Q(why="follow_up"),
                name="rung_once_for_each_reason",
            ),
            models.UniqueConstraint(fields=["errand"], condition=Q(why="follow_up"), name="followed_up_once"),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(taken_by__isnull=False, taken_until__isnull=False),
                name="taken_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "due_at"], name="ringbacks_waiting")]

    def __str__(self) -> str:
        return f"{self.why} {self.state}"


class Call(models.Model):
    """A call that there was: who, when, what about in codes, and what came of it; its note is short-lived."""

    class Outcome(models.TextChoices):
        HELPED = "helped"
        REACHED = "reached"
        NO_ANSWER = "no_answer"
        WRONG_NUMBER = "wrong_number"
        HANDED_ON = "handed_on"
        YES = "yes"
        NO = "no"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agent = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    is_ours = models.BooleanField(default=False)  # we rang
    topics = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.HELPED)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    latest_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "latest_at"], name="calls_by_day"),
            models.Index(fields=["person", "at"], name="calls_of_person"),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.topics)} {self.outcome}"
