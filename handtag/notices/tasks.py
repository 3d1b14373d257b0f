"""The worker's part of the outbox."""

from datetime import timedelta

from handtag.jobs.actions import duty
from handtag.notices import actions

A_MINUTE = timedelta(minutes=1)


@duty("notices.send", every=timedelta(seconds=1))
def send() -> None:
    """Send the e-mail that is due."""
    actions.send_due(channels=("email",))


@duty("notices.send_sms", every=timedelta(seconds=1))
def send_sms() -> None:
    """Send the text messages that are due; a duty of its own, so that neither server holds up the other."""
    actions.send_due(channels=("sms",))


@duty("notices.send_push", every=timedelta(seconds=1))
def send_push() -> None:
    """Send the push messages that are due."""
    actions.send_due(channels=("push",))


@duty("notices.gather", every=A_MINUTE)
def gather() -> None:
    """Put together what people let wait for the letter of the day."""
    actions.gather_due()


@duty("notices.call", every=timedelta(seconds=1))
def call() -> None:
    """Put through the calls that were asked for."""
    actions.place_due()
