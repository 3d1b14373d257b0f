"""Tables of the tenant: municipality, committee, partnership, area and place."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Municipality(models.Model):
    """A tenant, known by its four-digit SCB code."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    county = models.CharField(max_length=60)
    longitude = models.FloatField()
    latitude = models.FloatField()
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    accent = models.CharField(max_length=7, default="#0e4d57")
    logo = models.FileField(upload_to="logos", blank=True)
    font = models.CharField(max_length=20, default="atkinson")
    languages = models.JSONField(default=list)
    welcome = models.TextField(blank=True)
    statement = models.JSONField(default=dict)
    privacy_notice = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_href(self) -> str:
        """Where its logo is served; the address changes with the picture, so that it can be kept for long."""
        name = self.logo.name or ""
        return f"/{self.slug}/logotyp/?v={name.rsplit('-', 1)[-1]}" if name else ""


class Committee(models.Model):
    """The authority inside a municipality that answers for a service: controller and border of secrecy."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="committees")
    name = models.CharField(max_length=120)
    automatic_from = models.DateField(null=True, blank=True)
    automatic_reference = models.CharField(max_length=120, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="committee_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """Municipalities that run one programme together."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A municipality in a partnership, by its code: it may watch long before it joins."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    code = models.CharField(max_length=4)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.partnership_id}"


class Area(models.Model):
    """A part of a municipality: GeoJSON geometry in longitude and latitude (RFC 7946)."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=80)
    geometry = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                condition=models.Q(retired_at=None),
                name="area_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A named place or an address; it falls into an area."""

    class Kind(models.TextChoices):
        VILLAGE = "village"
        PUBLIC = "public"
        ADDRESS = "address"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="places")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="places")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.VILLAGE)
    name = models.CharField(max_length=200)
    sought = models.CharField(max_length=200)
    longitude = models.FloatField()
    latitude = models.FloatField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "sought"],
                condition=models.Q(retired_at=None),
                name="place_named_once",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "sought"], name="place_sought")]

    def __str__(self) -> str:
        return self.name
