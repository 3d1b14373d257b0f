"""Changing the tenant: a town is added, set up, divided into areas and filled with places."""

from handtag.municipalities.actions.areas import AFTER_AREAS, AreasChanged, upload_areas
from handtag.municipalities.actions.committees import name_committee, set_committee_decision
from handtag.municipalities.actions.feedback import AFTER_FEEDBACK, send_feedback
from handtag.municipalities.actions.places import (
    add_place,
    rename_place,
    retire_place,
    upload_addresses,
)
from handtag.municipalities.actions.settings import (
    remove_logo,
    set_logo,
    set_privacy_notice,
    set_statement,
    set_up,
)
from handtag.municipalities.actions.towns import AFTER_ADD, AlreadyHere, add, found_partnership, join
from handtag.municipalities.rules.words import Feedback, NewPlace, SetUp, Statement

__all__ = [
    "AFTER_ADD",
    "AFTER_AREAS",
    "AFTER_FEEDBACK",
    "AlreadyHere",
    "AreasChanged",
    "Feedback",
    "NewPlace",
    "SetUp",
    "Statement",
    "add",
    "add_place",
    "found_partnership",
    "join",
    "name_committee",
    "remove_logo",
    "rename_place",
    "retire_place",
    "send_feedback",
    "set_committee_decision",
    "set_logo",
    "set_privacy_notice",
    "set_statement",
    "set_up",
    "upload_addresses",
    "upload_areas",
]
