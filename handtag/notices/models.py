"""The outbox, a row for each message on one channel; how and where people are told; texts and calls."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager
from handtag.notices.rules.channels import QUIET_FROM, QUIET_UNTIL
from handtag.notices.rules.heard import Word


class Notice(models.Model):
    """One message to one person on one channel, in words that name nobody else.

    Written in the transaction of the deed; a worker claims it, sends it, and wipes the words after a while.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        PRINTED = "printed"
        SENT = "sent"
        UNREACHABLE = "unreachable"
        FAILED = "failed"
        CANCELLED = "cancelled"
        HELD = "held"  # waits for the letter of the day
        JOINED = "joined"  # stands in it
        PHONED = "phoned"  # nothing carried it; somebody has rung

    class Channel(models.TextChoices):
        PUSH = "push"
        EMAIL = "email"
        SMS = "sms"
        LETTER = "letter"
        PHONE = "phone"  # a person rings

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    kind = models.CharField(max_length=60)
    about_id = models.UUIDField(null=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=1000, blank=True)
    is_question = models.BooleanField(default=False)
    number = models.PositiveIntegerField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(
        "Batch", on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    follows = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    joined_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="joins"
    )
    day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="question_numbered_once"),
            models.UniqueConstraint(fields=["person", "municipality", "day"], name="letter_of_the_day_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="notices_due", condition=models.Q(state__in=["waiting", "claimed"])
            ),
            models.Index(fields=["due_at"], name="notices_held", condition=models.Q(state="held")),
            models.Index(
                fields=["municipality", "created_at"],
                name="letters_in_hand",
                condition=models.Q(channel="letter", state__in=["waiting", "printed"]),
            ),
            models.Index(fields=["person", "created_at"], name="notices_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Batch(models.Model):
    """Letters that were printed together, by whom and when; of protected persons in batches of their own."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    printed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(default=clock.now)
    is_protected = models.BooleanField(default=False)

    objects = TenantManager()

    def __str__(self) -> str:
        return str(self.id)


class Preference(models.Model):
    """How one person wants to be told: the channels they chose, first to last, and when they want quiet."""

    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    channels = models.JSONField(default=list)
    daily = models.BooleanField(default=False)
    quiet_from = models.PositiveSmallIntegerField(default=QUIET_FROM)
    quiet_until = models.PositiveSmallIntegerField(default=QUIET_UNTIL)
    texts_stopped_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__lt=24, quiet_until__lt=24), name="quiet_hours_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.channels)


class Subscription(models.Model):
    """A browser in which somebody has said that notices may be shown, as its push service knows it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    endpoint = models.TextField()
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    made_for = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["person"], name="subscription_of_person")]

    def __str__(self) -> str:
        return f"push {self.id}"


class Line(models.Model):
    """The municipality's own line at the provider: its numbers, and what is kept of its secret address.

    The secret before this one opens too for a while, so that nothing is missed while it is changed.
    """

    municipality = models.OneToOneField(
        "municipalities.Municipality", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    number = models.CharField(max_length=20, blank=True)
    voice_number = models.CharField(max_length=20, blank=True)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    previous_hash = models.CharField(max_length=64, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    refused = models.PositiveIntegerField(default=0)

    objects = TenantManager()

    def __str__(self) -> str:
        return self.number


class Incoming(models.Model):
    """A text message that came in, once, however often the provider tells us of it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    provider_id = models.CharField(max_length=64)
    sender = models.CharField(max_length=20)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    word = models.CharField(max_length=8, choices=[(word.value, word.value) for word in Word])
    said_at = models.DateTimeField(default=clock.now)
    at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "provider_id"], name="incoming_once"),
        ]
        indexes = [models.Index(fields=["municipality", "sender", "at"], name="incoming_of_sender")]

    def __str__(self) -> str:
        return f"{self.word} {self.id}"


class Call(models.Model):
    """A call that we put through between two people, or to the contact centre. What is said is never kept.

    `other` is who was to be reached, None for the contact centre; no number stands here.
    """

    class Way(models.TextChoices):
        OUT = "out"  # asked for on a page: we ring both
        IN = "in"  # somebody dialled the municipality's number

    class State(models.TextChoices):
        ASKED = "asked"
        RINGING = "ringing"
        THROUGH = "through"
        MET = "met"
        BUSY = "busy"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    caller = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    about_id = models.UUIDField(null=True)
    way = models.CharField(max_length=3, choices=Way.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    provider_id = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "provider_id"],
                condition=~models.Q(provider_id=""),
                name="call_once",
            ),
        ]
        indexes = [
            models.Index(fields=["caller", "asked_at"], name="calls_of_caller"),
            models.Index(fields=["asked_at"], name="calls_asked", condition=models.Q(state="asked")),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.state}"
