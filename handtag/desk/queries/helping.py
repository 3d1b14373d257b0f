"""What a caller can choose among when they say how they help, and what they have said before."""

from typing import Any, Final

from handtag.groups import queries as groups
from handtag.helpers import queries as helpers
from handtag.helpers import rules
from handtag.kernel.actor import Actor
from handtag.kernel.picks import Pick
from handtag.municipalities.queries import place_choices
from handtag.permits.queries import services

JOINED: Final = ("member", "asked", "invited")


def choices(caller: Actor, *, young: bool) -> dict[str, Any]:
    """Services, places and groups, and as `initial` what they have said before, as the form has it.

    For who is young (13 to 17) the services that are open to them.
    """
    rows = [row for row in services(caller.tenant) if row.open_to_youth or not young]
    around = groups.for_person(caller)
    return {
        "services": [
            (str(row.id), Pick(row.words.name, icon=row.icon, hint=row.words.summary)) for row in rows
        ],
        "places": place_choices(caller.tenant),
        "groups": [(str(row.id), row.name) for row in around],
        "initial": _known(caller, [str(row.id) for row in around if row.state in JOINED]),
    }


def _known(caller: Actor, joined: list[str]) -> dict[str, Any]:
    profile = helpers.profile(caller.tenant, caller.whose)
    if profile is None:
        return {}
    return {
        "services": [str(one) for one in profile.service_ids],
        "place": profile.place_id,
        "reach": profile.reach,
        "groups": joined,
        "any_time": profile.any_time and profile.is_ready,
        "ticks": rules.write_ticks(profile.ticks),
        "languages": profile.languages,
        "most_in_week": str(profile.most_in_week or ""),
    }
