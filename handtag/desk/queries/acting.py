"""Who the agent is while they carry a caller's words."""

from uuid import UUID

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right, Role
from handtag.people import queries as people


def as_caller(by: Actor, person_id: UUID) -> Actor:
    """The agent in the caller's name, by phone: what the caller may do and see as a resident, nothing more.

    NotFound for whom the agent may not know of: absent, in another town, or protected.
    """
    by.must(Right.ANSWER_CALLS)
    known = people.person(by, person_id)
    worn = tuple(hat for hat in people.hats(known.id, by.tenant) if hat.role == Role.RESIDENT)
    return by.as_caller(known.id, worn)
