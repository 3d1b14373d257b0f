"""Tables of who is known to the platform and what they are in each municipality."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.rights import IN_PARTNERSHIP, Role
from handtag.kernel.tenancy import TenantManager


class Person(models.Model):
    """Somebody known to the platform, with or without a login; belongs to towns through roles."""

    class Age(models.TextChoices):
        ADULT = "adult"
        YOUTH = "youth"
        UNKNOWN = "unknown"

    class Protection(models.TextChoices):
        NONE = "none"
        SECRECY_MARK = "secrecy_mark"
        PROTECTED_REGISTRATION = "protected_registration"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60, blank=True)
    chosen_name = models.CharField(max_length=60, blank=True)
    sought = models.CharField(max_length=125, blank=True, editable=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    age = models.CharField(max_length=10, choices=Age.choices, default=Age.UNKNOWN)
    language = models.CharField(max_length=10, default="sv")
    speaks = models.JSONField(default=list)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    post_town = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey(
        "municipalities.Place", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    protection = models.CharField(max_length=25, choices=Protection.choices, default=Protection.NONE)
    marked_by = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(marked_by=None) | ~models.Q(protection="none"), name="marked_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(fields=["email"], name="person_email"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_protected(self) -> bool:
        """Whether an officer has marked this person as protected."""
        return self.protection != self.Protection.NONE


class RoleHeld(models.Model):
    """What a person is in one municipality or partnership, perhaps narrowed, from–until."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partnership = models.ForeignKey(
        "municipalities.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=40)
    services = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    committees = models.JSONField(default=list)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "municipality", "role"],
                condition=models.Q(until=None, partnership=None),
                name="role_held_once",
            ),
            models.UniqueConstraint(
                fields=["person", "partnership", "role"],
                condition=models.Q(until=None, municipality=None),
                name="partnership_role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role if role != Role.SYSTEM]),
                name="role_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    role__in=sorted(role.value for role in IN_PARTNERSHIP), partnership__isnull=False
                )
                | (
                    ~models.Q(role__in=sorted(role.value for role in IN_PARTNERSHIP))
                    & models.Q(municipality__isnull=False)
                ),
                name="role_has_its_place",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "role", "until"], name="roles_of_town")]

    def __str__(self) -> str:
        return f"{self.role} of {self.person_id}"


class Block(models.Model):
    """Two people who shall not meet; neither is told of it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocks")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocked_by")
    set_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "person", "other"], name="block_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.other_id}"


class KnownNumber(models.Model):
    """That somebody's identity number was shown here: a keyed hash to find them by, never the number."""

    class Certainty(models.TextChoices):
        CONFIRMED = "confirmed"
        PROBABLE = "probable"
        UNCERTAIN = "uncertain"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="numbers")
    number_hash = models.CharField(max_length=64)
    is_coordination = models.BooleanField(default=False)
    certainty = models.CharField(max_length=10, choices=Certainty.choices, default=Certainty.CONFIRMED)
    seen_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "person"], name="known_number_of_person_once"),
            models.UniqueConstraint(fields=["municipality", "number_hash"], name="known_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
