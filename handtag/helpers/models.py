"""Tables of how somebody helps. A helper's point is kept snapped to the 500 m grid and no finer."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class HelperProfile(models.Model):
    """How one person helps in one municipality."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        "municipalities.Place", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    longitude = models.FloatField()
    latitude = models.FloatField()
    moves = models.JSONField(default=list)
    reach = models.PositiveIntegerField(default=2000)
    any_time = models.BooleanField(default=True)
    most_in_week = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "person"], name="profile_once"),
        ]
        indexes = [
            models.Index(fields=["municipality", "latitude", "longitude"], name="profiles_by_place"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HelperService(models.Model):
    """A service somebody wants to help with."""

    profile = models.ForeignKey(HelperProfile, on_delete=models.CASCADE, related_name="services")
    service = models.ForeignKey("permits.Service", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "profile"], name="helper_service_once"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.service_id}"


class Posting(models.Model):
    """Where an ask looks for those who want a service: an active profile in a square of its class of reach.

    Nothing is known here that the profile and what hangs on it do not say; `manage.py postings rebuild` makes
    all of it anew. The service belongs to one municipality, so the posting does. Hours and languages are bits
    (`rules`): a sieve that lets nobody through too few. One index holds all that is read of many.
    """

    profile = models.ForeignKey(
        HelperProfile, on_delete=models.CASCADE, related_name="postings", db_index=False
    )
    service = models.ForeignKey("permits.Service", on_delete=models.PROTECT, related_name="+", db_index=False)
    # The profile's person; it goes with the profile.
    person = models.ForeignKey(
        "people.Person", on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    square = models.IntegerField()
    reach = models.PositiveIntegerField()
    hours = models.BigIntegerField()
    languages = models.BigIntegerField()
    longitude = models.FloatField()
    latitude = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "service"], name="posting_once")]
        indexes = [
            models.Index(
                fields=[
                    *("service", "square", "reach", "hours", "languages", "longitude", "latitude", "person"),
                ],
                name="postings_by_square",
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.service_id} {self.square}"


class HelperLanguage(models.Model):
    """A language somebody speaks, as a two- or three-letter code (ISO 639)."""

    profile = models.ForeignKey(HelperProfile, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "language"], name="helper_language_once"),
        ]

    def __str__(self) -> str:
        return self.language


class Availability(models.Model):
    """A weekly window on a Swedish wall clock; weekday 0 is Monday, minutes count from midnight."""

    profile = models.ForeignKey(HelperProfile, on_delete=models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_one"),
            models.CheckConstraint(
                condition=models.Q(from_minute__lt=models.F("to_minute"), to_minute__lte=1440),
                name="availability_runs_forward",
            ),
        ]
        indexes = [models.Index(fields=["profile", "weekday"], name="availability_of_profile")]

    def __str__(self) -> str:
        return f"{self.weekday} {self.from_minute}–{self.to_minute}"
