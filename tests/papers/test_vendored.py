"""What comes from others is what the lock says, with its licence; a first visit weighs what it may."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = 20_000  # what a page may weigh before it is packed; counted packed here as a quarter


@pytest.fixture
def lock(repository: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((repository / "tools/vendor.lock.json").read_text())
    return found


def test_every_committed_file_is_the_one_in_the_lock(repository: Path, lock: dict[str, Any]) -> None:
    for name, digest in lock["committed"].items():
        assert hashlib.sha256((repository / name).read_bytes()).hexdigest() == digest, name


def test_no_file_slipped_in_beside_the_lock(repository: Path, lock: dict[str, Any]) -> None:
    folders = ("static/vendor", "static/fonts", "tests/journeys/vendor")
    found = {
        str(f.relative_to(repository))
        for folder in folders
        for f in (repository / folder).rglob("*")
        if f.is_file()
    }
    assert found == {name for name in lock["committed"] if name != "static/icons.svg"}


def test_every_package_has_hash_reason_and_licence(lock: dict[str, Any]) -> None:
    for package in lock["packages"]:
        assert package["integrity"].startswith("sha512-")
        assert len(package["why"]) > 10
        assert any("LICENSE" in target for target in package["files"].values())


def test_the_lock_names_no_download_address(repository: Path) -> None:
    assert "://" not in (repository / "tools/vendor.lock.json").read_text()
    assert "://" not in (repository / "tools/vendor.py").read_text().replace("http://www.w3.org/2000/svg", "")


def test_every_icon_that_is_used_is_in_the_sprite(repository: Path) -> None:
    sprite = set(re.findall(r'id="([a-z0-9-]+)"', (repository / "static/icons.svg").read_text()))
    used = re.compile(r"""\{% icon "([a-z0-9-]+)"|(?<![\w-])(?:icon|after)="([a-z0-9-]+)\"""")
    pages = [*(repository / "templates").rglob("*.html"), *(repository / "handtag").rglob("*.html")]
    missing = {
        f"{page.name}: {name}"
        for page in pages
        for pair in used.findall(page.read_text())
        for name in pair
        if name and name not in sprite
    }
    assert missing == set()


def test_the_stylesheets_are_small(repository: Path) -> None:
    assert sum(file.stat().st_size for file in (repository / "static/css").glob("*.css")) <= 30 * 1024


def test_a_first_visit_is_light(repository: Path) -> None:
    static = repository / "static"
    packed = sum(
        len(gzip.compress((static / name).read_bytes()))
        for name in ("css/tokens.css", "css/site.css", "icons.svg", "favicon.svg")
    )
    letters = (static / "fonts/atkinson-hyperlegible-next-latin.woff2").stat().st_size
    assert packed + letters + PAGE < 100_000


def test_no_colour_stands_outside_the_tokens(repository: Path) -> None:
    for name in ("site.css", "staff.css"):
        rules = re.sub(
            r"/\*.*?\*/|@media print \{.*", "", (repository / "static/css" / name).read_text(), flags=re.S
        )
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(", rules) == []


def test_directions_are_logical(repository: Path) -> None:
    physical = re.compile(
        r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right)|left|right|float)\s*:|text-align:\s*(?:left|right)"
    )
    for name in ("tokens.css", "site.css", "staff.css"):
        assert physical.findall((repository / "static/css" / name).read_text()) == []
