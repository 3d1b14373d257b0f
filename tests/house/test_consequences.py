"""The consequences: what happens in upper rooms when a deed is done in a lower one, all of it on one page."""

import importlib
import pkgutil

import handtag

# AFTER_<VERB> of a lower room → what upper rooms hang on it, in their order. Change it on purpose.
EXPECTED: dict[str, list[str]] = {}


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
                found[f"{parts[1]}.{name}"] = [f"{deed.__module__}.{deed.__name__}" for deed in value]
    return found


def test_all_consequences_are_known() -> None:
    there = consequences()
    print(*(f"{after}: {', '.join(deeds) or 'nothing'}" for after, deeds in sorted(there.items())), sep="\n")
    assert there == EXPECTED
