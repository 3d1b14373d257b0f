"""Reading people; the only way their names leave this room."""

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right


class Named(Protocol):
    """What is needed of a person to say what they are called; a Person, or a row with the same columns."""

    id: UUID
    given_name: str
    family_name: str
    chosen_name: str
    protection: str
    erased_at: object


def shown_as(person: Named, *, to: Actor, close: bool = False) -> str:
    """What `person` is called to this reader: the one place where that is decided.

    `close` is said by who knows that the two are agreed on an errand: then the family name shows too. A
    protected person shows as the name they chose, or as a resident, to all but themselves and the officers.
    """
    if person.erased_at is not None:
        return _("somebody who has left")
    full = f"{person.given_name} {person.family_name}".strip()
    if to.person_id == person.id or to.behalf_of == person.id:
        return full
    if person.protection != "none":
        return full if to.may(Right.KEEP_PROTECTED) else person.chosen_name or _("a resident")
    if to.may(Right.SEE_PEOPLE) or close:
        return full
    return person.given_name or _("a neighbour")
