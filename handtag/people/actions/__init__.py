"""Changing who is known and what they are here: the only writers of people."""

from handtag.people.actions.blocks import block, unblock
from handtag.people.actions.details import change_details, read_in, register, register_met
from handtag.people.actions.erasing import AFTER_ERASE, erase_person
from handtag.people.actions.numbers import AnotherPerson, hashes_of, keep_hash, know_number
from handtag.people.actions.protecting import AFTER_PROTECT, mark_protected, unmark
from handtag.people.actions.reading import ReasonNeeded, open_page
from handtag.people.actions.roles import (
    AFTER_ROLE,
    RoleChange,
    appoint,
    become_resident,
    give_role,
    take_role,
)
from handtag.people.rules.new import NewPerson

__all__ = [
    "AFTER_ERASE",
    "AFTER_PROTECT",
    "AFTER_ROLE",
    "AnotherPerson",
    "NewPerson",
    "ReasonNeeded",
    "RoleChange",
    "appoint",
    "become_resident",
    "block",
    "change_details",
    "erase_person",
    "give_role",
    "hashes_of",
    "keep_hash",
    "know_number",
    "mark_protected",
    "open_page",
    "read_in",
    "register",
    "register_met",
    "take_role",
    "unblock",
    "unmark",
]
