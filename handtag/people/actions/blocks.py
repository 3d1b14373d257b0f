"""Two people who shall not meet."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.people.models import Block, RoleHeld


@transaction.atomic
def block(*, by: Actor, other_id: UUID) -> Block:
    """Never meet this person again; they are not told, and once more changes nothing."""
    by.must(Right.TAKE_PART)
    if other_id == by.whose:
        raise Problem(_("You cannot block yourself."))
    if not RoleHeld.objects.of(by.tenant).filter(person_id=other_id).exists():
        raise NotFound("person")
    made, is_new = Block.objects.of(by.tenant).get_or_create(
        municipality_id=by.tenant, person_id=by.whose, other_id=other_id
    )
    if is_new:
        history.record(by=by, verb="block.set", kind="block", object_id=made.id, about=by.whose)
    return made


@transaction.atomic
def unblock(*, by: Actor, other_id: UUID) -> None:
    """Lift one's own block; one set by the other stands."""
    by.must(Right.TAKE_PART)
    gone, _rows = Block.objects.of(by.tenant).filter(person_id=by.whose, other_id=other_id).delete()
    if gone:
        history.record(by=by, verb="block.lifted", kind="block", object_id=None, about=by.whose)
