"""What scripts read of the sample: who there is, with which passwords, and what is where."""

from typing import Any
from uuid import UUID

from django.conf import settings

from handtag.cases.models import Case
from handtag.errands.models import Ask, Draft, Errand
from handtag.front.rules.cast import CAST
from handtag.login.models import User
from handtag.municipalities.models import Municipality
from handtag.people.models import Person, RoleHeld
from handtag.permits.models import Permit

KINDS: dict[str, Any] = {"ask": Ask, "errand": Errand, "permit": Permit, "case": Case}
CHANNELS = ("given_name", "family_name", "phone", "email")


def described() -> dict[str, Any]:
    """The sample as `manage.py sample --json` prints it."""
    towns = {town.code: town for town in Municipality.objects.filter(is_sample=True)}
    logins = User.objects.exclude(username=None).exclude(person=None)
    people = {login.username: login.person_id for login in logins if login.person_id}
    return {
        "base_url": settings.BASE_URL,
        "municipalities": [
            {"code": code, "name": town.name, "slug": town.slug, "id": str(town.id)}
            for code, town in sorted(towns.items())
        ],
        "users": [
            {
                "key": member.key,
                "username": member.key,
                "password": f"handtag-{member.key}",
                "person_id": str(people[member.key]),
                "municipality": towns[member.town].slug,
                "roles": _roles(people[member.key]),
            }
            for member in CAST
            if member.key in people
        ],
        "canaries": _canaries(),
        "objects": _objects(),
    }


def _roles(person_id: UUID) -> list[dict[str, str]]:
    held = RoleHeld.objects.everywhere().filter(person_id=person_id, until=None)
    rows = held.order_by("since", "id").values_list("role", "municipality__slug")
    return [{"role": role, "municipality": slug} for role, slug in rows]


def _canaries() -> list[dict[str, str]]:
    """What must show nowhere: names and contact details of protected people."""
    marked = Person.objects.exclude(protection="none").order_by("id")
    return [
        {"person_id": str(person.id), "channel": channel, "value": getattr(person, channel)}
        for person in marked
        for channel in CHANNELS
        if getattr(person, channel)
    ]


def _objects() -> dict[str, list[str]]:
    """Ids by kind and state, newest first, at most five of each."""
    found: dict[str, list[str]] = {}
    for name, model in KINDS.items():
        rows = model.objects.everywhere()
        for state in rows.order_by("state").values_list("state", flat=True).distinct():
            ids = rows.filter(state=state).order_by("-id").values_list("id", flat=True)[:5]
            found[f"{name}.{state}"] = [str(one) for one in ids]
    begun = Draft.objects.everywhere().filter(ask=None).order_by("-id").values_list("id", flat=True)[:5]
    return {**found, "ask.draft": [str(one) for one in begun]}
