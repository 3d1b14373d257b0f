"""Personal data about calls: whom to ring, which calls there were, what was read aloud, who else is told."""

from handtag.privacy.rules.record import Erasing, Purpose, Recipient, Record

STAFF = (Recipient.STAFF,)

RECORDS = (
    Record(
        type="consent",
        table="desk.consent",
        mine=("person", "said_by"),
        personal=(
            *("id", "municipality_id", "person_id", "said_by_id", "heard_by_id", "ask_id", "language"),
            *("words", "in_swedish"),
        ),
        plain=("kind", "version", "how", "at"),
        purpose=Purpose.ANSWER_FOR,
        recipients=STAFF,
        event="at",
        free_text=("words", "in_swedish"),
        erasing=Erasing.BLANK,
        blank=("words", "in_swedish"),
        kept_because="oversight",
        hidden=(
            *("id", "municipality_id", "person_id", "said_by_id", "heard_by_id", "ask_id", "version"),
            *("in_swedish", "language"),
        ),
    ),
    Record(
        type="confidant",
        table="desk.confidant",
        mine=("person", "told"),
        personal=("id", "municipality_id", "person_id", "told_id", "name", "phone", "consent_id"),
        plain=("since", "ended_at"),
        purpose=Purpose.REACH,
        recipients=STAFF,
        event="ended_at",
        free_text=("name",),
        erasing=Erasing.BLANK,
        blank=("name", "phone"),
        kept_because="oversight",
        hidden=("id", "municipality_id", "person_id", "told_id", "consent_id"),
    ),
    Record(
        type="ring_back",
        table="desk.ringback",
        mine=("person",),
        personal=("id", "municipality_id", "person_id", "errand_id", "words", "taken_by_id"),
        plain=("why", "from_at", "due_at", "tries", "state", "taken_until", "made_at", "ended_at"),
        purpose=Purpose.REACH,
        recipients=STAFF,
        event="ended_at",
        free_text=("words",),
        erasing=Erasing.BLANK,
        blank=("words",),
        kept_because="oversight",
        hidden=(
            *("id", "municipality_id", "person_id", "errand_id", "taken_by_id", "from_at", "due_at"),
            *("tries", "taken_until"),
        ),
    ),
    Record(
        type="desk_call",
        table="desk.call",
        mine=("person",),
        personal=("id", "municipality_id", "person_id", "agent_id", "note"),
        plain=("is_ours", "topics", "outcome", "at", "latest_at"),
        purpose=Purpose.ANSWER_FOR,
        recipients=STAFF,
        event="at",
        free_text=("note",),
        erasing=Erasing.BLANK,
        blank=("note",),
        kept_because="oversight",
        hidden=("id", "municipality_id", "person_id", "agent_id", "is_ours", "latest_at"),
    ),
)
