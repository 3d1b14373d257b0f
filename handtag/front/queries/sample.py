"""Reading the sample: its cast, and what was mailed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from handtag.front.queries.cast_words import LINES
from handtag.front.rules.cast import CAST, Member
from handtag.kernel.rights import WORDS
from handtag.login.models import User
from handtag.municipalities.models import Municipality
from handtag.notices.models import Notice

HIDDEN = _("Somebody with protected details")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the cast, to be chosen."""

    key: str
    name: str
    roles: str
    line: str
    can_enter: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A town of the sample with who lives in it."""

    name: str
    parts: list[Part]


def cast() -> list[Home]:
    """Everybody of the cast, by town."""
    names = dict(Municipality.objects.filter(is_sample=True).values_list("code", "name"))
    return [
        Home(name, [_part(member) for member in CAST if member.town == code]) for code, name in names.items()
    ]


def _part(member: Member) -> Part:
    roles = [str(WORDS[role]) for role in (*member.roles, *(role for _town, role in member.also_in))]
    return Part(
        member.key,
        # Not even here: what must show nowhere is looked for on every page.
        str(HIDDEN) if member.protected else f"{member.given_name} {member.family_name}",
        ", ".join(dict.fromkeys(roles)),
        str(LINES[member.key]),
        member.has_login,
    )


def login_of(key: str) -> User | None:
    """The login of one of the cast."""
    return User.objects.filter(username=key).first()


def begins_at(key: str) -> str:
    """Where the day of one of the cast begins."""
    member = next(member for member in CAST if member.key == key)
    slug = Municipality.objects.values_list("slug", flat=True).get(code=member.town)
    first = member.roles[0].value if member.roles else "resident"
    ways = {
        "coordinator": "oversikt/",
        "caseworker": "behorigheter/",
        "protected_identity_officer": "oversikt/",
        "group_coordinator": "grupper/skotsel/",
        "ambassador": "ambassador/",
        "evaluator": "siffror/",
        "administrator": "installningar/",
    }
    helping = "hjalpa-till/" if member.helps_with else "mina-fragor/"
    return f"/{slug}/{ways.get(first, helping if first == 'resident' else '')}"


def latest_notices() -> list[Notice]:
    """The latest notices, as their readers get them."""
    rows = Notice.objects.everywhere().select_related("person")
    return list(rows.order_by("-created_at")[:50])
