"""How a caller helps, changed or begun by phone: the same as on the web, with both names."""

from uuid import UUID

from django.db import transaction

from handtag.desk.actions.acting import taking_part
from handtag.desk.actions.calls import log
from handtag.helpers import actions as helpers
from handtag.helpers.rules import Wish
from handtag.kernel.actor import Actor


@transaction.atomic
def change_helping(*, by: Actor, person_id: UUID, wish: Wish) -> None:
    """Save it in the caller's name, and apply for what the services demand."""
    helpers.save_profile(by=taking_part(by=by, person_id=person_id), wish=wish)
    log(by=by, person_id=person_id, topic="helping")
