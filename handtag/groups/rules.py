"""What joining leads to, and what staff may answer: the ways between the states of a membership."""

from typing import Final

ASKED, INVITED, MEMBER, DECLINED, LEFT = "asked", "invited", "member", "declined", "left"
NONE = "none"

# Who wants in, by how the group is joined and how things stood before; what is missing is refused.
JOINED: Final[dict[tuple[str, str], str]] = {
    **{("open", state): MEMBER for state in (NONE, ASKED, INVITED, MEMBER, DECLINED, LEFT)},
    **{("approval", state): ASKED for state in (NONE, ASKED, DECLINED, LEFT)},
    **{(joining, state): MEMBER for joining in ("approval", "invitation") for state in (INVITED, MEMBER)},
}

# What staff may do from each state.
ANSWERS: Final[dict[str, dict[str, str]]] = {
    "approve": {ASKED: MEMBER},
    "decline": {ASKED: DECLINED, INVITED: DECLINED},
    "remove": {MEMBER: LEFT},
    "invite": {
        NONE: INVITED,
        DECLINED: INVITED,
        LEFT: INVITED,
        INVITED: INVITED,
        ASKED: MEMBER,
        MEMBER: MEMBER,
    },
}


def after_join(joining: str, state: str) -> str | None:
    """The state after somebody wants in; None where the group takes nobody without an invitation."""
    return JOINED.get((joining, state))


def after_answer(answer: str, state: str) -> str | None:
    """The state after staff answer; None where there is nothing to answer any more."""
    return ANSWERS[answer].get(state)
