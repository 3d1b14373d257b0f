"""What holds in this room whatever the database says: hats, ways onward, refusals, steps, roles by group."""

from handtag.login.rules.groups import MAPPABLE, Mapping, Plan, granted, plan, sees_protected
from handtag.login.rules.kept import KEPT_FOR, Kept, Purpose, add, take
from handtag.login.rules.refusing import Refusal, Refused, kind_of
from handtag.login.rules.steps import FRESH_FOR, came_through, is_fresh, is_from_elsewhere, is_strong, mark
from handtag.login.rules.turning import LASTS, Keys, Term, begins, is_due, keys_at, renewed_at
from handtag.login.rules.wearing import LINK_HOURS, Held, Worn, first_part, language, onward, wear, where_to
from handtag.login.rules.wishes import LOA3, ProviderWish, may_name

__all__ = [
    "FRESH_FOR",
    "KEPT_FOR",
    "LASTS",
    "LINK_HOURS",
    "LOA3",
    "MAPPABLE",
    "Held",
    "Kept",
    "Keys",
    "Mapping",
    "Plan",
    "ProviderWish",
    "Purpose",
    "Refusal",
    "Refused",
    "Term",
    "Worn",
    "add",
    "begins",
    "came_through",
    "first_part",
    "granted",
    "is_due",
    "is_fresh",
    "is_from_elsewhere",
    "is_strong",
    "keys_at",
    "kind_of",
    "language",
    "mark",
    "may_name",
    "onward",
    "plan",
    "renewed_at",
    "sees_protected",
    "take",
    "wear",
    "where_to",
]
