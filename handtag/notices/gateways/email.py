"""E-mail over SMTP (or files, where no mail server is set)."""

from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import EmailMessage


class NotSent(Exception):
    """The mail server did not take it; to be tried again."""


class ServerAway(NotSent):
    """The mail server did not answer, or takes nothing from us: the next letter would fare no better."""


class NeverSendable(Exception):
    """The address itself is refused, or no letter can be made of the words; trying again will not help."""


@dataclass(frozen=True, slots=True)
class Email:
    """One e-mail; `message_id` is the same however often it is tried, so that a double can be told."""

    to: str
    subject: str
    body: str
    message_id: str
    language: str


def send(email: Email) -> None:
    """Hand it to the mail server. Raises NotSent, ServerAway or NeverSendable."""
    message = EmailMessage(
        subject=email.subject,
        body=email.body,
        to=[email.to],
        headers={
            "Message-ID": email.message_id,
            "Content-Language": email.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        if codes and all(500 <= code < 600 for code in codes):
            raise NeverSendable(str(codes[0])) from refusal
        raise NotSent("recipient refused for now") from refusal
    except (SMTPDataError, SMTPNotSupportedError) as fault:
        raise NotSent(type(fault).__name__) from fault
    except OSError as fault:
        raise ServerAway(type(fault).__name__) from fault
    except ValueError as fault:
        raise NeverSendable(type(fault).__name__) from fault
