"""Doing a deed once, however often its form is sent; and so many times an hour, however many forms."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from handtag.kernel import clock
from handtag.kernel.doors import Submission
from handtag.kernel.errors import Problem, Words
from handtag.kernel.mending import beside
from handtag.once.models import Sent

KEPT = timedelta(hours=24)


class OtherWords(Problem):
    """The same submission id came again with other words."""


class TooOften(Problem):
    """One sender has had their turns for now; nothing was done, and the form stays as it was typed."""


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


def fulfil(submission: Submission, form: BaseForm, deed: Callable[[], str]) -> str:
    """Do what a good form asks, once, and answer where to go; nothing where something has to be mended first.

    A form that was not sent or is not right is left as it is; a refusal stands beside the field it is about.
    """
    if not form.is_valid():
        return ""
    try:
        return perform(submission, deed)
    except Problem as problem:
        beside(form, problem)
        return ""


def _earlier(submission: Submission) -> str | None:
    sent = Sent.objects.filter(scope=submission.scope, route=submission.route, key=submission.key).first()
    if sent is None:
        return None
    if sent.fingerprint != submission.fingerprint:
        raise OtherWords(
            _("This form was already sent, with other words. Open the page again to see how it stands.")
        )
    return sent.answer


def take_turn(*, deed: str, sender: str, most: int, within: timedelta, words: Words) -> None:
    """Count one more time that a sender does a deed; raises TooOften, with these words, after the last.

    Turns are rows of the shared cache, so that they hold in every process: who first writes one has it, until
    its time is out. Nothing of the sender is kept but a keyed hash.
    """
    key = salted_hmac("handtag.once", f"{deed} {sender}", algorithm="sha256").hexdigest()
    if not any(cache.add(f"turn:{key}:{turn}", 1, within.total_seconds()) for turn in range(most)):
        raise TooOften(words)


def forget_old() -> int:
    """Forget submission ids older than a day; returns how many."""
    return Sent.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
