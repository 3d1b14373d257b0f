"""Tables of what was tried for an ask: the steps, whom they told, by which figures; what attention costs."""

from django.db import models

from handtag.kernel import clock, ids
from handtag.kernel.tenancy import TenantManager
from handtag.outreach.rules.widening import Step


class Wave(models.Model):
    """One step of looking for a helper: some were told, the ask was widened, or a coordinator did something.

    Whom it told is a `Chosen` each. `state` is a hash of all the figures that were looked at: whoever
    computes them again from the same rows can see whether they are the same.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    ask = models.ForeignKey("errands.Ask", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=[(each.value, each.name.title()) for each in Step])
    done_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    told = models.PositiveIntegerField(default=0)
    could = models.PositiveIntegerField(default=0)  # how many could have been told
    metres = models.PositiveIntegerField(null=True, blank=True)
    policy = models.CharField(max_length=40, blank=True)
    settings = models.JSONField(default=dict)
    state = models.CharField(max_length=64, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "number"], name="wave_numbered_once")]
        indexes = [models.Index(fields=["municipality", "at"], name="waves_in_town")]
        ordering = ["ask", "number"]

    def __str__(self) -> str:
        return f"{self.step} {self.number}"


class Chosen(models.Model):
    """A helper whom a wave told: in which place, by which figures, and how likely the rule was to do so.

    The rule leaves nothing to chance, so the likelihood is 1; it is kept from the first day, for a rule that
    does would have to be compared with this one.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="chosen")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    estimate = models.FloatField()
    attention = models.FloatField()
    price = models.FloatField()
    propensity = models.FloatField(default=1.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "person"], name="chosen_once")]
        indexes = [models.Index(fields=["person"], name="chosen_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.wave_id}"


class Attention(models.Model):
    """What one more question to a helper is worth elsewhere, as a chance of a yes, and when that was so."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    price = models.FloatField(default=0.0)
    since = models.DateTimeField(default=clock.now)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "person"], name="attention_once")]

    def __str__(self) -> str:
        return str(self.person_id)
