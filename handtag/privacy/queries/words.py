"""What the register says in words: titles, purposes, bases, recipients."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handtag.kernel.rights import WORDS, Role
from handtag.privacy.rules.record import Basis, Purpose, Recipient, Record

TITLES = {
    "person": gettext_lazy("Who you are and how we reach you"),
    "role": gettext_lazy("Your roles"),
    "block": gettext_lazy("Whom you do not want to meet"),
    "login": gettext_lazy("Your login"),
    "known_number": gettext_lazy("That we have seen your identity number"),
    "e_identity": gettext_lazy("Your e-identities"),
    "provider_session": gettext_lazy("Where your e-identity has logged you in"),
    "mapped_role": gettext_lazy("Roles from the directory at work"),
    "sign_in_link": gettext_lazy("Sign-in links"),
    "login_address": gettext_lazy("Addresses you log in with"),
    "passkey": gettext_lazy("Your passkeys"),
    "notice": gettext_lazy("What we have sent you"),
    "print_batch": gettext_lazy("Letters you have printed"),
    "preference": gettext_lazy("How you want to be told"),
    "subscription": gettext_lazy("Browsers in which you have turned notices on"),
    "incoming": gettext_lazy("What you have texted to us"),
    "call": gettext_lazy("Calls that we have put through"),
    "group_membership": gettext_lazy("Your groups"),
    "mandate": gettext_lazy("Who may do things for whom"),
    "ambassador": gettext_lazy("Your work as an ambassador"),
    "form_sent": gettext_lazy("Forms sent in the last day"),
    "history": gettext_lazy("What has been done, in the log"),
    "reason": gettext_lazy("Reasons written in the log"),
    "check": gettext_lazy("What has been checked about you"),
    "permit": gettext_lazy("Your permits"),
    "decision": gettext_lazy("Decisions about your permits"),
    "review": gettext_lazy("Decisions you have asked us to look at again"),
    "helper_code": gettext_lazy("Your helper code"),
    "helper_profile": gettext_lazy("How you help"),
    "helper_service": gettext_lazy("What you help with"),
    "helper_posting": gettext_lazy("What you help with"),
    "helper_language": gettext_lazy("Languages you help in"),
    "availability": gettext_lazy("When you can help"),
    "draft": gettext_lazy("Asks you have begun"),
    "ask": gettext_lazy("What you have asked for"),
    "ask_place": gettext_lazy("Where you wanted help"),
    "ask_group": gettext_lazy("Which groups saw your asks"),
    "series": gettext_lazy("Your weekly asks"),
    "occasion": gettext_lazy("The times you asked for"),
    "told": gettext_lazy("Asks you were told of"),
    "chosen": gettext_lazy("What we reckoned as you were asked"),
    "attention": gettext_lazy("How often you have been asked lately"),
    "search_step": gettext_lazy("Searches for a helper that you have steered"),
    "invitation": gettext_lazy("Asks the municipality put to you"),
    "offer": gettext_lazy("Your offers to help"),
    "errand": gettext_lazy("Your errands"),
    "outlay": gettext_lazy("Money for goods"),
    "receipt": gettext_lazy("Receipts in your errands"),
    "message": gettext_lazy("Messages you have written"),
    "feedback": gettext_lazy("How it was"),
    "calendar_feed": gettext_lazy("Your calendar address"),
    "consent": gettext_lazy("What you have said yes to by phone"),
    "confidant": gettext_lazy("Whom else we may tell"),
    "ring_back": gettext_lazy("When we were to ring you"),
    "desk_call": gettext_lazy("Calls between you and us"),
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
    Recipient.PUSH_SERVICE: gettext_lazy("the maker of your browser, who sees none of the words"),
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


def role_words(role: str) -> str:
    """A role in words."""
    return str(WORDS[Role(role)]) if role else _("nobody in a role")
