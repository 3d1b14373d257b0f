"""The consequences: what happens in upper rooms when a deed is done in a lower one, all of it on one page."""

import importlib
import pkgutil
from collections.abc import Callable

import handtag

# AFTER_<VERB> of a lower room → what upper rooms hang on it, in their order. Change it on purpose.
EXPECTED = {
    "errands.AFTER_REPORT": ["cases.opening.from_report"],
    "errands.AFTER_UNCONFIRMED": ["cases.opening.from_silence"],
    "login.AFTER_PROVED": ["permits.checking.note_proved"],
    "mandates.AFTER_END": ["errands.drafting.forget_drafts_between"],
    "municipalities.AFTER_ADD": ["groups.give_area_groups", "permits.settings.furnish"],
    "municipalities.AFTER_AREAS": ["groups.follow_areas", "errands.falling.follow_areas"],
    "municipalities.AFTER_FEEDBACK": ["cases.opening.from_feedback"],
    "notices.AFTER_BRING": ["desk.ringing.bring"],
    "notices.AFTER_DIAL": ["errands.queries.bridging.bridge"],
    "notices.AFTER_INCOMING": [
        "desk.texting.from_text",
        "helpers.rest_by_text",
        "errands.texting.from_text",
        "cases.opening.from_text",
    ],
    "people.AFTER_ERASE": [
        "groups.forget_person",
        "mandates.forget_person",
        "login.ways.forget_person",
        "permits.leaving.forget_person",
        "helpers.forget_person",
        "errands.leaving.forget_person",
        "outreach.leaving.forget_person",
        "cases.opening.forget_person",
        "ambassadors.forget_person",
        "desk.leaving.forget_person",
    ],
    "people.AFTER_PROTECT": [
        "mandates.end_all",
        "errands.losing.after_protect",
        "errands.leaving.hide_places",
        "desk.leaving.after_protect",
    ],
    "people.AFTER_ROLE": [
        "mandates.end_office",
        "login.ways.let_staff_in",
        "login.ways.end_for_role",
    ],
    "permits.AFTER_LOSS": ["errands.losing.after_loss"],
}


def consequences() -> dict[str, list[str]]:
    """Every AFTER_ list of every room's actions, with the functions on it."""
    found: dict[str, list[str]] = {}
    for module in pkgutil.walk_packages(handtag.__path__, "handtag."):
        parts = module.name.split(".")
        if len(parts) < 3 or parts[2] != "actions":
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if name.startswith("AFTER_") and isinstance(value, list):
                found[f"{parts[1]}.{name}"] = [_short(deed) for deed in value]
    return found


def _short(deed: Callable[..., object]) -> str:
    """`handtag.cases.actions.opening.from_report` as `cases.opening.from_report`."""
    return f"{deed.__module__}.{deed.__name__}".removeprefix("handtag.").replace(".actions", "")


def test_all_consequences_are_known() -> None:
    there = consequences()
    print(*(f"{after}: {', '.join(deeds) or 'nothing'}" for after, deeds in sorted(there.items())), sep="\n")
    assert there == EXPECTED
