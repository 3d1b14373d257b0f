"""What may be used once is used once, also at the same moment in two places."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from handtag.kernel import clock, ids
from handtag.login.models import Spent


def is_first(words: str, seconds: float) -> bool:
    """Whether this is the first use; two at the same moment are told apart by the table's own key."""
    try:
        with transaction.atomic():
            Spent.objects.create(
                hash=ids.hashed(words), until=clock.now() + timedelta(seconds=max(seconds, 1))
            )
    except IntegrityError:
        return False
    return True


def is_spent(words: str) -> bool:
    """Whether it was used before."""
    return Spent.objects.filter(hash=ids.hashed(words)).exists()


def forget() -> None:
    """Forget what is too old to be accepted anyway."""
    Spent.objects.filter(until__lt=clock.now()).delete()
