"""What roles may be narrowed to: committees, and what rooms above add; by name, for forms and lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from handtag.kernel import spoken
from handtag.kernel.actor import Actor, Hat
from handtag.municipalities import queries as municipalities
from handtag.people.rules import giving


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a role may be narrowed to; what is closed keeps its name but is not offered."""

    id: UUID
    name: str
    is_offered: bool = True


Scopes = Mapping[str, Sequence[Scope]]


def _committees(by: Actor) -> list[Scope]:
    return [Scope(one.id, one.name) for one in municipalities.committees(by.tenant)]


# Rooms above add theirs (services, groups) in their apps.ready(), under the kind that narrows by it.
SCOPES: dict[str, Callable[[Actor], list[Scope]]] = {giving.COMMITTEES: _committees}

# ngettext_lazy chooses by the number that is put in, so that each kind says its names in one or in many.
_SAID: dict[str, Promise] = {
    giving.SERVICES: ngettext_lazy("the service %(names)s", "the services %(names)s", "count"),
    giving.COMMITTEES: ngettext_lazy("the services of %(names)s", "the services of %(names)s", "count"),
    giving.GROUPS: ngettext_lazy("the group %(names)s", "the groups %(names)s", "count"),
}


def scopes(by: Actor, kinds: Iterable[str] = giving.KINDS) -> dict[str, list[Scope]]:
    """Everything in the municipality that a role may be narrowed to, kind by kind."""
    return {kind: SCOPES[kind](by) for kind in kinds if kind in SCOPES}


def offered(by: Actor) -> dict[str, list[Scope]]:
    """What a role may be narrowed to when this actor gives it: within the bounds of their own."""
    within = giving.bounds(by.hats)
    return {
        kind: [one for one in found if one.is_offered and (kind not in within or one.id in within[kind])]
        for kind, found in scopes(by).items()
    }


def bound(by: Actor) -> frozenset[str]:
    """The kinds that this actor must narrow a role by, for their own is narrowed by them."""
    return frozenset(giving.bounds(by.hats))


def said(hats: Sequence[Hat], by: Actor) -> list[str]:
    """What each of these roles is narrowed to, in words; empty where it counts for everything."""
    kinds = {kind for hat in hats for kind in giving.narrowed(hat)}
    known = {kind: {one.id: one.name for one in found} for kind, found in scopes(by, kinds).items()}
    return [_words(hat, known) for hat in hats]


def _words(hat: Hat, known: Mapping[str, Mapping[UUID, str]]) -> str:
    parts = []
    for kind, chosen in giving.narrowed(hat).items():
        names = sorted(known.get(kind, {}).get(one) or _("something that is gone") for one in chosen)
        what = str(_SAID[kind] % {"count": len(names), "names": spoken.join(names)})
        parts.append(_("only %(what)s") % {"what": what})
    return ", ".join(parts)
