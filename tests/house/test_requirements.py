"""The locked packages: those of pyproject.toml, each with its reason, and no address to fetch them from."""

import re

import pytest

from tests.house.ground import ROOT, listed, pyproject

LINE = re.compile(r'^\s*"([A-Za-z0-9_.-]+)(\[[^\]]*\])?[^"]*",?\s*(#.*)?$')


def wanted(kind: str) -> list[str]:
    """The names in pyproject.toml."""
    names = pyproject()["project"]["dependencies"]
    if kind == "test":
        names = names + pyproject()["dependency-groups"]["test"]
    return sorted(re.split(r"[\[<>=!~; ]", name)[0].lower() for name in names)


def locked(kind: str) -> set[str]:
    """The names in the lock."""
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    return {match.lower() for match in re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.M)}


@pytest.mark.parametrize("kind", ["run", "test", "uv"])
def test_the_lock_names_no_address(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    assert "http" not in text
    assert "--index" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("kind", ["run", "test"])
def test_the_lock_has_what_is_asked_for(kind: str) -> None:
    assert set(wanted(kind)) <= locked(kind)


def test_everything_that_runs_is_tested_at_the_same_version() -> None:
    def pinned(kind: str) -> set[str]:
        text = (ROOT / "requirements" / f"{kind}.txt").read_text()
        return set(re.findall(r"^[A-Za-z0-9_.-]+==\S+", text, re.M))

    assert pinned("run") <= pinned("test")


def test_every_file_is_held_by_its_hash() -> None:
    for kind in ("run", "test", "uv"):
        text = (ROOT / "requirements" / f"{kind}.txt").read_text()
        for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_package_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lines = re.findall(r"(?:dependencies|test) = \[\n(.*?)^\]", text, re.M | re.S)
    asked = [line for block in lines[:2] for line in block.splitlines() if line.strip()]
    assert len(asked) == len(wanted("test"))
    silent = [line.strip() for line in asked if not (said := LINE.match(line)) or len(said[3] or "") < 12]
    assert silent == [], listed(silent)
