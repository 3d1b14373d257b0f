"""Tables of the centre of the product: services, their rules, checks, permits and decisions."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Side(models.TextChoices):
    """The two sides of a service."""

    ASK = "ask"
    PERFORM = "perform"


class Service(models.Model):
    """A kind of micro-service as one municipality offers it. Blank words mean those of the catalogue."""

    class Frame(models.TextChoices):
        GENERAL = "general"
        ASSIGNMENT = "assignment"
        SOCIAL = "social"
        ASSOCIATION = "association"

    class Agreement(models.TextChoices):
        FIRST = "first"
        ASKER = "asker"
        COORDINATOR = "coordinator"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    committee = models.ForeignKey("municipalities.Committee", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=120, blank=True)
    icon = models.CharField(max_length=30)
    frame = models.CharField(max_length=12, choices=Frame.choices, default=Frame.GENERAL)
    responsibility = models.TextField(blank=True)
    agreement = models.CharField(max_length=12, choices=Agreement.choices, default=Agreement.FIRST)
    open_to_youth = models.BooleanField(default=False)
    with_children = models.BooleanField(default=False)
    in_the_home = models.BooleanField(default=False)
    outlay = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(default=60)
    position = models.PositiveIntegerField(default=0)
    is_on = models.BooleanField(default=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "name"], name="service_once"),
        ]
        indexes = [models.Index(fields=["municipality", "is_on", "position"], name="services_in_order")]
        ordering = ["position", "kind"]

    def __str__(self) -> str:
        return self.name or self.kind


class Rule(models.Model):
    """What is demanded on one side of a service; a change makes a new version, old ones stay."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rules")
    side = models.CharField(max_length=8, choices=Side.choices)
    version = models.PositiveIntegerField()
    demands = models.JSONField(default=list)
    automatic = models.BooleanField(default=False)
    valid_months = models.PositiveIntegerField(null=True, blank=True)
    since = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "side", "version"], name="rule_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.side} v{self.version}"


class Check(models.Model):
    """One demand met by one person. Of a criminal-record extract: that it was shown, when, why, to whom."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    checked_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    legal_ground = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="record_extract")
                | (models.Q(name="", valid_until=None) & ~models.Q(legal_ground="")),
                name="extract_says_nothing_more",
            ),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="checks_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Permit(models.Model):
    """A person may ask for, or perform, a service in a municipality. `verify` recomputes the state."""

    class State(models.TextChoices):
        APPLIED = "applied"
        GRANTED = "granted"
        REFUSED = "refused"
        SUSPENDED = "suspended"
        REVOKED = "revoked"
        LAPSED = "lapsed"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="permits")
    side = models.CharField(max_length=8, choices=Side.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.APPLIED)
    valid_until = models.DateField(null=True, blank=True)
    warned_days = models.PositiveIntegerField(null=True, blank=True)
    applied_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "service", "side"], name="permit_once"),
        ]
        indexes = [
            models.Index(fields=["service", "side", "state", "person"], name="permits_in_force"),
            models.Index(fields=["municipality", "state", "applied_at"], name="permits_waiting"),
            models.Index(
                fields=["valid_until"], name="permits_running_out", condition=models.Q(state="granted")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.state}"


class Decision(models.Model):
    """What was decided of a permit, by whom or by which version of the rule; rows are only ever added."""

    class Verb(models.TextChoices):
        ASKED_FOR_MORE = "asked_for_more"
        GRANTED = "granted"
        REFUSED = "refused"
        SUSPENDED = "suspended"
        REVOKED = "revoked"
        REINSTATED = "reinstated"
        LAPSED = "lapsed"
        RENEWED = "renewed"
        REOPENED = "reopened"
        UPHELD = "upheld"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=16, choices=Verb.choices)
    at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="decisions")
    reason_code = models.CharField(max_length=30)
    motivation = models.TextField(blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permit", "number"], name="decision_number_once"),
        ]

    def __str__(self) -> str:
        return self.verb


class Review(models.Model):
    """Somebody asks to have a decision about them looked at again; once for each decision."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="reviews")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="review")
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["permit"], condition=models.Q(answered_at=None), name="review_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HelperCode(models.Model):
    """The code by which anybody who is given it can see that a helper is who the municipality says."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "person"], name="helper_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
