"""E-mail over SMTP (or files, where no mail server is set)."""

from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import EmailMessage

from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway


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
