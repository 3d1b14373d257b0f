"""Writing in the book: what was done, and who looked."""

from uuid import UUID

from handtag.history.models import Entry, Words
from handtag.kernel.actor import Actor

Fact = str | int | bool | None | list[str]


def record(
    *,
    by: Actor,
    verb: str,
    kind: str,
    object_id: UUID | None,
    about: UUID | None = None,
    reason: str = "",
    **facts: Fact,
) -> Entry:
    """Write one deed, in the transaction of the deed itself.

    `verb` names the deed as `ask.opened` does; `about` is the person it concerns. `facts` are codes and
    numbers, never names or free text; a reason in somebody's own words goes to a row that can be erased.
    """
    entry = Entry.objects.create(
        municipality_id=by.municipality_id,
        verb=verb,
        kind=kind,
        object_id=object_id,
        actor_id=by.person_id,
        role=by.role.value if by.role else "",
        via=by.via.value,
        behalf_of=by.behalf_of,
        about_id=about,
        facts=facts,
    )
    if reason:
        Words.objects.create(entry=entry, text=reason)
    return entry


def looked(*, by: Actor, about: UUID, page: str, reason: str = "") -> Entry:
    """Write that somebody read a person's page, or a page about them."""
    return record(
        by=by, verb="person.read", kind="person", object_id=about, about=about, reason=reason, page=page
    )
