"""Handing one notice to the gateway of its channel, in the words and the length that fit it."""

from django.conf import settings
from django.utils import translation

from handtag.municipalities.models import Municipality
from handtag.notices import queries
from handtag.notices.gateways import email, push, sms
from handtag.notices.gateways.faults import NeverSendable, NotSent
from handtag.notices.messages import Letter, pushed, texted, whole
from handtag.notices.models import Notice, Subscription
from handtag.notices.rules.channels import AT_ANY_HOUR
from handtag.notices.rules.short import isolated, plain


def carry(notice: Notice) -> str:
    """Send it; returns what the provider calls it. Raises what the gateways raise."""
    letter = Letter(notice.subject, notice.body, notice.link)
    with translation.override(notice.language):
        if notice.channel == Notice.Channel.SMS:
            return sms.send(_sms(notice, letter)).provider_id
        if notice.channel == Notice.Channel.PUSH:
            return _push(notice, pushed(letter, str(notice.id)))
        email.send(_email(notice, letter))
    return ""


def _sms(notice: Notice, letter: Letter) -> sms.Sms:
    line = queries.has_line(notice.municipality_id)
    return sms.Sms(
        to=notice.address,
        words=_ordered(
            plain(notice.body) if notice.kind.startswith("sms.") else texted(letter, notice.number)
        ),
        key=str(notice.id),
        sender=line.number if line else "",
        report_to=queries.report_address(notice.municipality_id, notice.id),
    )


def _ordered(words: str) -> str:
    """Plain text has no marks of direction but these letters."""
    return isolated(words) if translation.get_language_bidi() else words


def _push(notice: Notice, payload: bytes) -> str:
    """To each of the person's browsers; one that takes it is enough, and those that have ended go."""
    taken, fault = 0, None
    mine = queries.subscriptions(notice.person_id, notice.municipality_id) if notice.person_id else []
    for each in mine:
        try:
            push.send(_to_browser(each, notice, payload))
            taken += 1
        except push.Gone:
            each.delete()
        except (NotSent, NeverSendable) as refusal:
            fault = refusal
    if not taken:
        raise fault or NeverSendable("no browser is left")
    return ""


def _to_browser(to: Subscription, notice: Notice, payload: bytes) -> push.Push:
    urgent = notice.kind in AT_ANY_HOUR
    return push.Push(to.endpoint, to.p256dh, to.auth, payload, str(notice.id), urgent)


def _email(notice: Notice, letter: Letter) -> email.Email:
    town = Municipality.objects.filter(pk=notice.municipality_id).first() if notice.municipality_id else None
    body = _ordered(whole(letter, town=town.name if town else "", phone=town.phone if town else ""))
    host = settings.BASE_URL.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]
    return email.Email(notice.address, notice.subject, body, f"<{notice.id}@{host}>", notice.language)
