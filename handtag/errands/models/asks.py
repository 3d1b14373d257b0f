"""Tables of what is asked for: the ask, its occasions, and its place kept apart."""

from django.db import models
from django.db.models import F, Q

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Draft(models.Model):
    """An ask not yet sent: what was answered so far, step by step. It becomes an Ask when it is sent."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who begins it in the person's name; none for the person themselves.
    begun_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The sent ask that this is a change of, if any.
    ask = models.OneToOneField("Ask", on_delete=models.CASCADE, null=True, blank=True, related_name="change")
    words = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person"],
                condition=Q(ask=None, begun_by=None),
                name="draft_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "person", "begun_by"],
                condition=Q(ask=None, begun_by__isnull=False),
                name="draft_for_another_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Ask(models.Model):
    """Somebody asks for a hand. Its point is snapped to the 500 m grid; the exact place is an AskPlace."""

    class State(models.TextChoices):
        OPEN = "open"
        FILLED = "filled"
        DONE = "done"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    class ForWhom(models.TextChoices):
        SELF = "self"
        HOUSEHOLD = "household"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    asker = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey("permits.Service", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        "municipalities.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    agreement = models.CharField(max_length=12)
    for_whom = models.CharField(max_length=10, choices=ForWhom.choices, default=ForWhom.SELF)
    for_name = models.CharField(max_length=60, blank=True)
    need = models.CharField(max_length=300, blank=True)
    know = models.CharField(max_length=500, blank=True)
    written_in = models.CharField(max_length=10, blank=True)  # the language of need and know, where known
    languages = models.JSONField(default=list)
    longitude = models.FloatField()
    latitude = models.FloatField()
    wider_by = models.PositiveIntegerField(default=0)
    outlay_ceiling = models.PositiveIntegerField(null=True, blank=True)
    outlay_how = models.CharField(max_length=20, blank=True)
    responsibility = models.TextField()
    responsibility_accepted_at = models.DateTimeField()
    care_words = models.JSONField(default=list)
    opened_at = models.DateTimeField(default=clock.now)
    filled_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    announce_at = models.DateTimeField(null=True, blank=True)
    waves = models.PositiveIntegerField(default=0)
    listed_at = models.DateTimeField(null=True, blank=True)  # since when it is the coordinators' to see to

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "state", "opened_at"], name="asks_by_state"),
            models.Index(fields=["asker", "opened_at"], name="asks_of_person"),
            models.Index(fields=["announce_at"], name="asks_to_announce", condition=Q(state="open")),
            models.Index(fields=["municipality", "service", "latitude", "longitude"], name="asks_by_place"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AskPlace(models.Model):
    """Where it is, exactly: seen only by the asker, by who has agreed to come, and by those who place."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, primary_key=True, related_name="where")
    place = models.ForeignKey(
        "municipalities.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=200, blank=True)
    door = models.CharField(max_length=100, blank=True)
    longitude = models.FloatField()
    latitude = models.FloatField()

    def __str__(self) -> str:
        return str(self.ask_id)


class AskGroup(models.Model):
    """A group that sees an ask; an ask without one is seen by all groups."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "group"], name="ask_group_once")]

    def __str__(self) -> str:
        return f"{self.ask_id} in {self.group_id}"


class Series(models.Model):
    """The weekly pattern of an ask on a Swedish wall clock; occasions are made from it."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, primary_key=True, related_name="series")
    first_on = models.DateField()
    last_on = models.DateField()
    from_time = models.TimeField()
    to_time = models.TimeField()
    excepted = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"weekly from {self.first_on}"


class Occasion(models.Model):
    """One time the help is wanted: `filled` never passes `wanted`, whoever comes at the same moment."""

    class State(models.TextChoices):
        OPEN = "open"
        FILLED = "filled"
        DONE = "done"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="occasions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wanted = models.PositiveSmallIntegerField(default=1)
    filled = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(filled__lte=F("wanted")), name="never_more_than_wanted"),
            models.CheckConstraint(condition=Q(wanted__gte=1, wanted__lte=6), name="one_to_six_wanted"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="occasion_runs_forward"),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "starts_at"], name="occasions_by_state"),
            models.Index(fields=["ask", "starts_at"], name="occasions_of_ask"),
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return str(self.id)
