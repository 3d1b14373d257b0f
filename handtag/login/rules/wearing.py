"""Which hats are on, which language is spoken, where a way in may lead: plain choices, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from handtag.kernel.actor import Hat
from handtag.kernel.rights import STAFF, Role

LINK_HOURS = 48


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds: its hat, and where it counts."""

    hat: Hat
    municipality_id: UUID | None
    partnership_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Worn:
    """The hats that are on, and the partnership of the staff role if it is one of a partnership."""

    hats: tuple[Hat, ...] = ()
    partnership_id: UUID | None = None


def wear(held: Sequence[Held], chosen: str) -> Worn:
    """Put hats on: resident where one is, and the chosen staff role, else the first held.

    To choose the role of a resident is to take the staff role off.
    """
    residents = tuple(each for each in held if each.hat.role == Role.RESIDENT)
    staff = [each for each in held if each.hat.role in STAFF]
    if any(str(each.hat.id) == chosen for each in residents):
        staff = []
    on = next((each for each in staff if str(each.hat.id) == chosen), staff[0] if staff else None)
    hats = tuple(each.hat for each in residents[:1])
    if on is None:
        return Worn(hats)
    return Worn((*hats, on.hat), on.partnership_id)


def language(wishes: Iterable[str | None], offered: Sequence[str], fallback: str) -> str:
    """The first wish that is offered, whole or by its first part (`en` of `en-gb`); else the first one."""
    by_lower = {code.lower(): code for code in offered}
    for wish in wishes:
        whole = (wish or "").lower().replace("_", "-")
        for code in (whole, whole.replace("-", "_"), whole.split("-")[0]):
            if code and code in by_lower:
                return by_lower[code]
    return offered[0] if offered else fallback


def first_part(path: str) -> str:
    """The first part of a path: the slug of its municipality, if it has one."""
    return path.lstrip("/").split("/", 1)[0].split("?", 1)[0]


def onward(wish: str) -> str:
    """Where one goes after logging in: by way of the page that knows what is still missing."""
    return f"/vidare/?next={quote(wish)}" if wish else "/vidare/"


def where_to(wish: str, wished_slug: str, home_slugs: Sequence[str]) -> str:
    """Where to go after logging in; empty where the person has several towns and must choose.

    A page of a town that one has no role in leads by its welcome page.
    """
    if wished_slug and wished_slug not in home_slugs:
        return f"/{wished_slug}/valkommen/?next={quote(wish)}"
    if not home_slugs:
        return "/valkommen/"
    if wish:
        return wish
    return f"/{home_slugs[0]}/" if len(set(home_slugs)) == 1 else ""
