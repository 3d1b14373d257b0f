"""What a caller can choose among when they say how they help, and what they have said before."""

from typing import Any

from handtag.groups import queries as groups
from handtag.helpers import queries as helpers
from handtag.kernel.actor import Actor
from handtag.kernel.picks import Pick
from handtag.municipalities.queries import place_choices
from handtag.permits.queries import services


def choices(caller: Actor) -> dict[str, list[tuple[str, Any]]]:
    """Services, places and groups; for who is under age the services that are open to them."""
    young = helpers.is_youth(caller.whose)
    rows = [row for row in services(caller.tenant) if row.open_to_youth or not young]
    return {
        "services": [
            (str(row.id), Pick(row.words.name, icon=row.icon, hint=row.words.summary)) for row in rows
        ],
        "places": list(place_choices(caller.tenant)),
        "groups": [(str(row.id), row.name) for row in groups.for_person(caller)],
    }


def known(caller: Actor) -> dict[str, Any]:
    """How they help until now, as the form has it; nothing for who does not."""
    profile = helpers.profile(caller.tenant, caller.whose)
    if profile is None:
        return {}
    joined = ("member", "asked", "invited")
    return {
        "services": [str(one) for one in profile.service_ids],
        "place": profile.place_id,
        "reach": profile.reach,
        "groups": [str(row.id) for row in groups.for_person(caller) if row.state in joined],
        "any_time": profile.any_time and profile.is_ready,
        "ticks": [f"{tick.weekday}-{tick.part}" for tick in profile.ticks],
        "languages": profile.languages,
        "most_in_week": str(profile.most_in_week or ""),
    }
