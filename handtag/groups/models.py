"""Tables of groups and who is in them."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager


class Group(models.Model):
    """Where asks are seen and helpers gather."""

    class Kind(models.TextChoices):
        AREA = "area"
        ASSOCIATION = "association"
        VILLAGE_COUNCIL = "village_council"
        ORGANISATION = "organisation"

    class Joining(models.TextChoices):
        OPEN = "open"
        APPROVAL = "approval"
        INVITATION = "invitation"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.AREA)
    joining = models.CharField(max_length=12, choices=Joining.choices, default=Joining.OPEN)
    area = models.ForeignKey(
        "municipalities.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.CharField(max_length=300, blank=True)
    written_in = models.CharField(max_length=10, blank=True)  # the language of what it says of itself
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                condition=models.Q(closed_at=None),
                name="group_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a group, or on the way in or out."""

    class State(models.TextChoices):
        ASKED = "asked"
        INVITED = "invited"
        MEMBER = "member"
        DECLINED = "declined"
        LEFT = "left"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    changed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="membership_once"),
        ]
        indexes = [models.Index(fields=["person", "state"], name="memberships_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"
