"""Doing a deed once, however often its form is sent."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.kernel import clock
from handtag.kernel.doors import Submission
from handtag.kernel.errors import Problem
from handtag.once.models import Sent

KEPT = timedelta(hours=24)


class OtherWords(Problem):
    """The same submission id came again with other words."""


def perform(submission: Submission, deed: Callable[[], str]) -> str:
    """Run `deed` in a transaction, keep the address it answers with, and answer the same next time.

    Raises OtherWords where the id was used for something else. A deed that raises leaves no trace, so the
    form can be mended and sent again. A form without an id (an old page) is done each time it is sent.
    """
    if not submission.key:
        with transaction.atomic():
            return deed()
    earlier = _earlier(submission)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            # The row goes in first: a second sending at the same moment waits here for the first.
            sent = Sent.objects.create(
                key=submission.key,
                scope=submission.scope,
                route=submission.route,
                fingerprint=submission.fingerprint,
            )
            sent.answer = deed()
            Sent.objects.filter(pk=sent.pk).update(answer=sent.answer)
            return sent.answer
    except IntegrityError:
        earlier = _earlier(submission)
        if earlier is None:
            raise
        return earlier


def _earlier(submission: Submission) -> str | None:
    sent = Sent.objects.filter(scope=submission.scope, route=submission.route, key=submission.key).first()
    if sent is None:
        return None
    if sent.fingerprint != submission.fingerprint:
        raise OtherWords(
            _("This form was already sent, with other words. Open the page again to see how it stands.")
        )
    return sent.answer


def forget_old() -> int:
    """Forget submission ids older than a day; returns how many."""
    return Sent.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
