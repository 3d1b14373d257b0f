"""The book: rows that are only ever added, chained by hash once their deed is committed."""

from django.db import models

from handtag.kernel import clock, ids


class Entry(models.Model):
    """One deed or one look. It points at nothing, so that what it is about may be erased."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    municipality_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    object_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    via = models.CharField(max_length=12)
    behalf_of = models.UUIDField(null=True)
    about_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    number = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_id", "number"], name="history_number_once"),
        ]
        indexes = [
            models.Index(fields=["object_id", "at"], name="history_of_object"),
            models.Index(fields=["about_id", "at"], name="history_about"),
            models.Index(fields=["at"], name="history_unsealed", condition=models.Q(number=None)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Words(models.Model):
    """What somebody wrote as a reason: apart from the chain, so that it can be erased without breaking it."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.entry_id}"


class ChainHead(models.Model):
    """The last sealed number and digest of one municipality's chain: a missing tail shows against it."""

    municipality_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.municipality_id} at {self.number}"
