"""What waits to be printed, what was printed and not posted, and whom a letter no longer reaches in time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.notices.models import Batch, Notice
from handtag.notices.rules import post
from handtag.people.models import Person
from handtag.people.queries import shown_as
from handtag.people.rules import postal

MAY = Right.ANSWER_CALLS
LATE, NO_ADDRESS, PROTECTED = "late", "no_address", "protected"
MOST = 200  # letters in one file
KEPT = timedelta(days=14)  # how long a posted batch is shown


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a letter may say besides the words of its notice: it is sealed, and read at a kitchen table."""

    paragraphs: tuple[str, ...] = ()  # instead of the notice's own, where there are any
    facts: tuple[tuple[str, str], ...] = ()
    is_over: bool = False  # it tells of something that is not so any more
    tells_of: tuple[UUID, ...] = ()  # whose name or address it holds, besides the reader's own


# Rooms above add what they may tell of a notice's matter, and until when it matters, in their apps.ready().
# Both get the municipality, the person, the notice's kind and what it is about.
SEALED: list[Callable[[UUID, UUID, str, UUID], Sealed | None]] = []
UNTIL: list[Callable[[UUID, UUID], datetime | None]] = []


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in the queue."""

    id: UUID
    person_id: UUID
    name: str
    subject: str
    post: str
    written_at: datetime
    until: datetime | None
    is_protected: bool


@dataclass(frozen=True, slots=True)
class ToPhone:
    """Somebody to be rung instead of written to: the letter would come too late, or has nowhere to go."""

    person_id: UUID
    why: str
    until: datetime | None
    written_at: datetime
    notice_id: UUID
    name: str
    phone: str
    subject: str
    is_protected: bool


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Letters printed together."""

    id: UUID
    printed_at: datetime
    printed_by: str
    waiting: tuple[LetterRow, ...]
    posted: int
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The page of letters."""

    ready: tuple[LetterRow, ...]
    protected: tuple[LetterRow, ...]
    to_phone: tuple[ToPhone, ...]
    batches: tuple[BatchRow, ...]
    arrives: date


def queue(by: Actor) -> Queue:
    """Everything that is in hand."""
    by.must(MAY)
    rows = list(_in_hand(by).filter(state=Notice.State.WAITING))
    ready = tuple(_row(by, row) for row in rows if _reason(row) is None)
    return Queue(
        ready=tuple(row for row in ready if not row.is_protected),
        protected=tuple(row for row in ready if row.is_protected),
        to_phone=_to_phone(by, rows),
        batches=_batches(by),
        arrives=post.arrives(clock.today()),
    )


def to_phone(by: Actor) -> tuple[ToPhone, ...]:
    """Whom no letter reaches in time, the most urgent first; protected persons only for officers."""
    by.must(MAY)
    return _to_phone(by, _in_hand(by).filter(state=Notice.State.WAITING))


def is_letter(by: Actor, notice_id: UUID) -> bool:
    """Whether this is a letter of this town that the reader may know of, whatever became of it."""
    rows = Notice.objects.of(by.tenant).filter(id=notice_id, channel=Notice.Channel.LETTER)
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(person__protection=Person.Protection.NONE)
    return rows.exists()


def printable(
    by: Actor, notice_ids: Iterable[UUID] | None = None, *, is_protected: bool = False
) -> list[UUID]:
    """The letters that may be printed now: all of them, or those of these."""
    by.must(Right.KEEP_PROTECTED if is_protected else MAY)
    rows = _in_hand(by).filter(state=Notice.State.WAITING)
    if notice_ids is not None:
        rows = rows.filter(id__in=list(notice_ids))
    found = [row for row in rows if _reason(row) is None]
    return [row.id for row in found if row.person and row.person.is_protected == is_protected][:MOST]


def printed(by: Actor, batch_id: UUID) -> list[Notice]:
    """The letters of a batch that are to be put in envelopes, as they were queued, with their people."""
    by.must(MAY)
    rows = list(_in_hand(by).filter(batch_id=batch_id, state=Notice.State.PRINTED))
    if not rows:
        raise NotFound("batch")
    return rows


def address(person: Person) -> tuple[str, ...]:
    """The lines under the name on an envelope; none where a letter does not get there.

    Where somebody with protected registration lives is nowhere in the platform: nothing is posted there.
    """
    if person.protection == Person.Protection.PROTECTED_REGISTRATION:
        return ()
    return postal.lines(person.address, person.postcode, person.post_town)


def named(by: Actor, person: Person) -> str:
    """The name on the envelope."""
    return shown_as(person, to=by)


def sealed(notice: Notice) -> Sealed:
    """What this letter may say besides; of and to somebody protected nothing."""
    person, about, town = notice.person, notice.about_id, notice.municipality_id
    if person is None or about is None or town is None or person.is_protected:
        return Sealed()
    told = (source(town, person.id, notice.kind, about) for source in SEALED)
    return next((one for one in told if one is not None), Sealed())


def until(channel: str, municipality_id: UUID | None, about_id: UUID | None) -> datetime | None:
    """Until when it matters what a letter tells of; None where it does not pass, or is no letter."""
    if channel != Notice.Channel.LETTER or municipality_id is None or about_id is None:
        return None
    return lapses_at(municipality_id, about_id)


def lapses_at(municipality_id: UUID, about_id: UUID) -> datetime | None:
    """When what a notice is about begins; None where it has begun, or is about no time."""
    said = (source(municipality_id, about_id) for source in UNTIL)
    return next((moment for moment in said if moment is not None), None)


def _in_hand(by: Actor) -> QuerySet[Notice]:
    rows = Notice.objects.of(by.tenant).filter(
        channel=Notice.Channel.LETTER,
        state__in=[Notice.State.WAITING, Notice.State.PRINTED],
        person__erased_at=None,
    )
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(person__protection=Person.Protection.NONE)
    return rows.select_related("person").order_by("created_at", "id")


def _reason(row: Notice) -> str | None:
    """Why this letter is not printed but told by phone."""
    person = row.person
    if person is None or not address(person):
        hidden = person is not None and person.protection == Person.Protection.PROTECTED_REGISTRATION
        return PROTECTED if hidden else NO_ADDRESS
    return LATE if post.comes_too_late(row.until, clock.today()) else None


def _to_phone(by: Actor, rows: Iterable[Notice]) -> tuple[ToPhone, ...]:
    now, found = clock.now(), []
    for row in rows:
        why = _reason(row)
        if why is not None and row.person is not None:
            found.append(
                ToPhone(
                    person_id=row.person.id,
                    why=why,
                    until=row.until,
                    written_at=row.created_at,
                    notice_id=row.id,
                    name=shown_as(row.person, to=by),
                    phone=phones.shown(row.person.phone),
                    subject=row.subject,
                    is_protected=row.person.is_protected,
                )
            )
    # What has passed already is no hurry any more: after what still can be told in time.
    return tuple(sorted(found, key=lambda one: (one.until is None or one.until < now, one.until or now)))


def _batches(by: Actor) -> tuple[BatchRow, ...]:
    rows = Batch.objects.of(by.tenant).filter(printed_at__gte=clock.now() - KEPT)
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(is_protected=False)
    batches = list(rows.select_related("printed_by").order_by("-printed_at")[:20])
    waiting: dict[UUID, list[LetterRow]] = {}
    for letter in _in_hand(by).filter(state=Notice.State.PRINTED):
        if letter.batch_id:
            waiting.setdefault(letter.batch_id, []).append(_row(by, letter))
    posted: dict[UUID | None, int] = {}
    for batch_id in (
        Notice.objects.of(by.tenant)
        .filter(batch__in=[row.id for row in batches], state=Notice.State.SENT)
        .values_list("batch_id", flat=True)
    ):
        posted[batch_id] = posted.get(batch_id, 0) + 1
    return tuple(
        BatchRow(
            row.id,
            row.printed_at,
            shown_as(row.printed_by, to=by),
            tuple(waiting.get(row.id, ())),
            posted.get(row.id, 0),
            row.is_protected,
        )
        for row in batches
        if row.id in waiting or row.id in posted
    )


def _row(by: Actor, row: Notice) -> LetterRow:
    person = row.person
    if person is None:
        raise NotFound("person")
    return LetterRow(
        id=row.id,
        person_id=person.id,
        name=shown_as(person, to=by),
        subject=row.subject,
        post=f"{person.postcode} {person.post_town}".strip(),
        written_at=row.created_at,
        until=row.until,
        is_protected=person.is_protected,
    )
