"""Closing somebody's login, by an administrator, and opening it again."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import looked, record
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.login import messages, queries
from handtag.login.models import User
from handtag.municipalities.queries import by_id
from handtag.notices import actions as notices
from handtag.people import queries as people


@dataclass(frozen=True, slots=True)
class Shown:
    """What an administrator sees of somebody's login."""

    person_id: UUID
    name: str
    standing: queries.Standing | None


@transaction.atomic
def open_standing(*, by: Actor, person_id: UUID) -> Shown:
    """Whether somebody can log in; the reading is logged."""
    by.must(Right.GIVE_ROLES)
    name = people.staff_name(by, person_id)
    looked(by=by, about=person_id, page="login")
    return Shown(person_id, name, queries.standing(person_id))


@transaction.atomic
def close_login(*, by: Actor, login_id: UUID, is_open: bool = False) -> None:
    """Close a login, which ends its sessions at once; or open it again."""
    by.must(Right.GIVE_ROLES)
    set_login(by, login_id, is_open=is_open)


@transaction.atomic
def close_login_of(*, by: Actor, person_id: UUID, is_open: bool = False) -> None:
    """The same to somebody of this municipality alone, who is told."""
    by.must(Right.GIVE_ROLES)
    known = people.person(by, person_id)
    if known.id == by.person_id:
        raise Problem(_("This is you. Ask a colleague."))
    town = by_id(by.tenant)
    if any(town is None or home.slug != town.slug for home in queries.homes(known.id)):
        raise Problem(
            _("This person belongs to another municipality too. Take away their roles here instead.")
        )
    login = User.objects.select_for_update(of=("self",)).filter(person_id=known.id).first()
    if login is None:
        raise NotFound("login")
    if login.is_active == is_open:
        raise TooLate(_("Somebody else has just done this."))
    set_login(by, login.id, is_open=is_open)
    messages.tell_of_key(known.id, messages.OPENED if is_open else messages.CLOSED)


def set_login(by: Actor, login_id: UUID, *, is_open: bool) -> None:
    """Open or closed; closed, its sessions end at once, and so does what browsers show."""
    changed = User.objects.filter(pk=login_id).update(is_active=is_open, signed_out_at=clock.now())
    if not changed:
        raise NotFound("login")
    about = User.objects.values_list("person_id", flat=True).get(pk=login_id)
    if about and not is_open:
        notices.end_push(by=by, person_id=about)
    verb = "login.opened" if is_open else "login.closed"
    record(by=by, verb=verb, kind="login", object_id=login_id, about=about)
