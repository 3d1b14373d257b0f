"""From the command to the first ask: a municipality opens, is finished on one page, and somebody asks."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import shapely
from django.core.management import call_command
from shapely.geometry import box, mapping

from handtag.geo import municipalities as listed
from tests.journeys.sample import Sample
from tests.journeys.steps import ask_as_a_visitor
from tests.journeys.visit import Visit

MOST_PAGES = 30  # ten minutes at twenty seconds a page


def two_halves(code: str, folder: Path) -> Path:
    """A file with two areas: the municipality cut through its middle."""
    whole = shapely.make_valid(shapely.geometry.shape(mapping(listed.boundary(code).geometry)))
    west, south, east, north = whole.bounds
    middle = (south + north) / 2
    halves = {"Norra": box(west, middle, east, north), "Södra": box(west, south, east, middle)}
    features: list[dict[str, Any]] = [
        {"type": "Feature", "properties": {"name": name}, "geometry": mapping(whole.intersection(half))}
        for name, half in halves.items()
    ]
    file = folder / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def finish(coordinator: Visit, areas: Path) -> None:
    """Everything on the checklist, in its order."""
    coordinator.write("phone", "0418-47 00 00").write("hours", "måndag till fredag kl. 8–16")
    coordinator.write("accent", "#5b2a52").press("Save")
    coordinator.go("installningar/omraden/")
    coordinator.page.locator('input[type="file"]').set_input_files(areas)
    coordinator.press("Upload the areas")
    for role in ("coordinator", "caseworker"):
        coordinator.go("roller/")
        coordinator.page.locator('select[name="role"]').select_option(role)
        coordinator.write("email", f"{role}@landskrona.example.se").write("given_name", "Kim")
        coordinator.press("Give the role")
    coordinator.go("installningar/namnder/").click(coordinator.page.locator('main a[href$="/beslut/"]').first)
    coordinator.write("on", "2026-09-28").write("reference", "§ 41").press("Record the decision")
    coordinator.go("installningar/tillganglighet/").tick("conformity").press("Publish")
    coordinator.go("installningar/").sees("Everything is set up")


def test_a_town_opens_and_somebody_asks(sample: Sample, tmp_path: Path) -> None:
    told = StringIO()
    call_command(
        "municipality",
        "add",
        "1282",
        coordinator="karin.berg@landskrona.example.se",
        as_json=True,
        stdout=told,
    )
    opened = json.loads(told.getvalue())
    assert opened["slug"] == "landskrona"

    coordinator = sample.visit(town="landskrona").go(opened["sign_in_link"]).press("Log me in")
    finish(coordinator, two_halves("1282", tmp_path))

    resident = sample.visit(town="landskrona", width=390)
    ask = ask_as_a_visitor(resident, "elsa@example.se", "Elsa", "Ek")

    coordinator.go("oversikt/")
    assert coordinator.page.locator(f'nav.queue a[href*="{ask}"]').count() == 1
    assert coordinator.pages + resident.pages <= MOST_PAGES
