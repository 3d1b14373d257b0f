"""What the register says in words: titles, purposes, bases, recipients, columns."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from handtag.kernel.rights import WORDS, Role
from handtag.privacy.rules.record import Basis, Purpose, Recipient, Record

TITLES = {
    "person": gettext_lazy("Who you are and how we reach you"),
    "role": gettext_lazy("Your roles"),
    "block": gettext_lazy("Whom you do not want to meet"),
    "login": gettext_lazy("Your login"),
    "sign_in_link": gettext_lazy("Sign-in links"),
    "login_address": gettext_lazy("Addresses you log in with"),
    "passkey": gettext_lazy("Your passkeys"),
    "notice": gettext_lazy("What we have sent you"),
    "group_membership": gettext_lazy("Your groups"),
    "form_sent": gettext_lazy("Forms sent in the last day"),
    "history": gettext_lazy("What has been done, in the log"),
    "reason": gettext_lazy("Reasons written in the log"),
    "check": gettext_lazy("What has been checked about you"),
    "permit": gettext_lazy("Your permits"),
    "decision": gettext_lazy("Decisions about your permits"),
    "helper_code": gettext_lazy("Your helper code"),
    "helper_profile": gettext_lazy("How you help"),
    "helper_service": gettext_lazy("What you help with"),
    "helper_language": gettext_lazy("Languages you help in"),
    "availability": gettext_lazy("When you can help"),
    "draft": gettext_lazy("Asks you have begun"),
    "ask": gettext_lazy("What you have asked for"),
    "ask_place": gettext_lazy("Where you wanted help"),
    "ask_group": gettext_lazy("Which groups saw your asks"),
    "series": gettext_lazy("Your weekly asks"),
    "occasion": gettext_lazy("The times you asked for"),
    "told": gettext_lazy("Asks you were told of"),
    "invitation": gettext_lazy("Asks the municipality put to you"),
    "offer": gettext_lazy("Your offers to help"),
    "errand": gettext_lazy("Your errands"),
    "outlay": gettext_lazy("Money for goods"),
    "receipt": gettext_lazy("Receipts in your errands"),
    "message": gettext_lazy("Messages you have written"),
    "feedback": gettext_lazy("How it was"),
    "calendar_feed": gettext_lazy("Your calendar address"),
    "case": gettext_lazy("What you have reported"),
    "case_reader": gettext_lazy("Reports you may read"),
    "case_note": gettext_lazy("What you have written about reports"),
    "retention_decision": gettext_lazy("Retention decisions you have recorded"),
    "erasure_request": gettext_lazy("Your requests to be erased"),
    "destruction": gettext_lazy("Destructions you took part in"),
}

PURPOSES = {
    Purpose.KNOW_WHO: gettext_lazy("so that we know who you are"),
    Purpose.REACH: gettext_lazy("so that we can tell you what happens"),
    Purpose.LOG_IN: gettext_lazy("so that you, and nobody else, can log in"),
    Purpose.BRING_TOGETHER: gettext_lazy("so that who asks and who helps can find each other"),
    Purpose.MEET: gettext_lazy("so that you can meet and feel safe"),
    Purpose.DECIDE: gettext_lazy("so that the municipality can decide who may ask and help"),
    Purpose.FOLLOW_UP: gettext_lazy("so that the municipality sees whether it works"),
    Purpose.ANSWER_FOR: gettext_lazy("so that the municipality can answer for what was done"),
}

BASES = {
    Basis.PUBLIC_TASK: gettext_lazy("a task in the public interest (GDPR article 6.1 e)"),
    Basis.LEGAL_DUTY: gettext_lazy("a legal obligation (GDPR article 6.1 c)"),
    Basis.CONSENT: gettext_lazy("your consent (GDPR article 6.1 a)"),
}

RECIPIENTS = {
    Recipient.NOBODY: gettext_lazy("nobody but you"),
    Recipient.STAFF: gettext_lazy("staff of the municipality who need it"),
    Recipient.OFFICERS: gettext_lazy("those who keep the municipality's records"),
    Recipient.OTHER_SIDE: gettext_lazy("the neighbour you have agreed with"),
    Recipient.HELPERS_NEAR: gettext_lazy("approved helpers nearby, without your address"),
}

KEPT = {
    "pseudonym": gettext_lazy("A number without a name stays, so that the log and the figures still hold."),
    "statistics": gettext_lazy("That it happened stays, without your name, so that the figures still hold."),
    "oversight": gettext_lazy(
        "It stays because the municipality must be able to answer for what it decided."
    ),
    "decision": gettext_lazy("A decision of an authority is kept as the law on archives demands."),
    "chain": gettext_lazy("The log stays whole, with a number instead of your name."),
    "a_day": gettext_lazy("It goes by itself within a day."),
}

COLUMNS = {
    "given_name": gettext_lazy("First name"),
    "family_name": gettext_lazy("Last name"),
    "chosen_name": gettext_lazy("Chosen name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "age": gettext_lazy("Age"),
    "language": gettext_lazy("Language"),
    "speaks": gettext_lazy("Languages you speak"),
    "address": gettext_lazy("Address"),
    "state": gettext_lazy("State"),
    "role": gettext_lazy("Role"),
    "kind": gettext_lazy("Kind"),
    "verb": gettext_lazy("What was done"),
    "at": pgettext_lazy("column", "When"),
    "text": gettext_lazy("Text"),
    "words": gettext_lazy("Text"),
    "subject": gettext_lazy("Subject"),
    "body": gettext_lazy("Text"),
    "need": gettext_lazy("What you asked for"),
    "know": gettext_lazy("Good to know"),
    "door": gettext_lazy("At the door"),
    "seen_on": gettext_lazy("Seen on"),
    "valid_until": gettext_lazy("Valid until"),
    "motivation": gettext_lazy("Motivation"),
    "reason_code": gettext_lazy("Reason"),
    "starts_at": gettext_lazy("Begins"),
    "ends_at": gettext_lazy("Ends"),
    "longitude": gettext_lazy("Longitude"),
    "latitude": gettext_lazy("Latitude"),
    "protection": gettext_lazy("Protected identity"),
    "created_at": gettext_lazy("Since"),
    "since": gettext_lazy("Since"),
    "sent_at": gettext_lazy("Sent"),
    "added_at": gettext_lazy("Added"),
    "door_code": gettext_lazy("Code at the door"),
    "reach": gettext_lazy("How far, in metres"),
    "ceiling": gettext_lazy("At most, in kronor"),
    "thanks": gettext_lazy("Thanks"),
}

VALUES = {
    "adult": pgettext_lazy("value", "18 or older"),
    "youth": pgettext_lazy("value", "13 to 17 years"),
    "unknown": pgettext_lazy("value", "not said"),
    "granted": pgettext_lazy("value", "granted"),
    "applied": pgettext_lazy("value", "applied for"),
    "refused": pgettext_lazy("value", "refused"),
    "suspended": pgettext_lazy("value", "paused for now"),
    "revoked": pgettext_lazy("value", "withdrawn"),
    "lapsed": pgettext_lazy("value", "run out"),
    "reinstated": pgettext_lazy("value", "holds again"),
    "renewed": pgettext_lazy("value", "renewed"),
    "reopened": pgettext_lazy("value", "applied for again"),
    "asked_for_more": pgettext_lazy("value", "asked for what remained"),
    "ask": pgettext_lazy("value", "to ask"),
    "perform": pgettext_lazy("value", "to help"),
    "open": pgettext_lazy("value", "open to all"),
    "filled": pgettext_lazy("value", "somebody comes"),
    "done": pgettext_lazy("value", "done"),
    "expired": pgettext_lazy("value", "passed"),
    "withdrawn": pgettext_lazy("value", "taken back"),
    "agreed": pgettext_lazy("value", "agreed"),
    "started": pgettext_lazy("value", "under way"),
    "completed": pgettext_lazy("value", "finished"),
    "cancelled_by_helper": pgettext_lazy("value", "called off by the helper"),
    "cancelled_by_asker": pgettext_lazy("value", "called off by who asked"),
    "missed": pgettext_lazy("value", "did not happen"),
    "unconfirmed": pgettext_lazy("value", "nobody has said how it went"),
    "reported": pgettext_lazy("value", "reported"),
    "made": pgettext_lazy("value", "offered"),
    "accepted": pgettext_lazy("value", "accepted"),
    "declined": pgettext_lazy("value", "declined"),
    "superseded": pgettext_lazy("value", "not needed any more"),
    "sent": pgettext_lazy("value", "sent off"),
    "waiting": pgettext_lazy("value", "waits to be sent"),
    "claimed": pgettext_lazy("value", "is being sent"),
    "unreachable": pgettext_lazy("value", "no address to send to"),
    "failed": pgettext_lazy("value", "could not be sent"),
    "cancelled": pgettext_lazy("value", "not sent"),
    "identity": pgettext_lazy("value", "identity seen"),
    "interview": pgettext_lazy("value", "interview held"),
    "reference": pgettext_lazy("value", "reference taken"),
    "training": pgettext_lazy("value", "training done"),
    "record_extract": pgettext_lazy("value", "record extract shown"),
    "member": pgettext_lazy("value", "member"),
    "good": pgettext_lazy("value", "it went well"),
    "fair": pgettext_lazy("value", "it was all right"),
    "bad": pgettext_lazy("value", "it did not go well"),
    "True": pgettext_lazy("value", "yes"),
    "False": pgettext_lazy("value", "no"),
    "email": pgettext_lazy("value", "e-mail"),
    "none": pgettext_lazy("value", "nothing"),
    "secrecy_mark": pgettext_lazy("value", "secrecy mark"),
    "protected_registration": pgettext_lazy("value", "protected registration"),
    "general": pgettext_lazy("value", "help between neighbours"),
    "self": pgettext_lazy("value", "oneself"),
    "household": pgettext_lazy("value", "somebody at home"),
    "swish": pgettext_lazy("value", "by Swish"),
    "cash": pgettext_lazy("value", "in cash"),
    "ahead": pgettext_lazy("value", "in advance"),
}


@dataclass(frozen=True, slots=True)
class RecordWords:
    """A record of the register in words."""

    title: str
    purpose: str
    basis: str
    recipients: str
    kept: str


def record_words(record: Record) -> RecordWords:
    """A record in the reader's language."""
    recipients = ", ".join(str(RECIPIENTS[recipient]) for recipient in record.recipients)
    return RecordWords(
        title=str(TITLES[record.type]),
        purpose=str(PURPOSES[record.purpose]),
        basis=str(BASES[record.basis]),
        recipients=recipients,
        kept=str(KEPT[record.kept_because]) if record.kept_because else "",
    )


def column_words(name: str) -> str:
    """A column in words; one that has none of its own says its name plainly."""
    return str(COLUMNS.get(name) or name.replace("_", " ").capitalize())


def role_words(role: str) -> str:
    """A role in words."""
    return str(WORDS[Role(role)]) if role else _("nobody in a role")


def value_words(value: str) -> str:
    """A stored code in words; what has none, names and texts, as it stands."""
    return str(VALUES.get(value, value))
