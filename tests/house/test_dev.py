"""The door for builders: what `dev.py` answers when something is not as it should be."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.ground import ROOT
from tools import ground, making, running

COMMANDS = ("run", "test", "check", "fix", "bench", "shots", "lock", "help")


def dev(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py as a person would."""
    return subprocess.run(
        [sys.executable, "dev.py", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_word_it_helps() -> None:
    answer = dev()
    assert answer.returncode == 0
    assert all(f"  {command} " in answer.stdout for command in COMMANDS)


def test_a_wrong_word_gets_help_and_a_failure() -> None:
    answer = dev("rnu")
    assert answer.returncode == 2
    assert "python3 dev.py COMMAND" in answer.stdout


def test_make_forwards_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert all(command in makefile for command in COMMANDS)


def test_a_busy_port_names_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ground.Stop, match=f"PORT={port + 1} python3 dev.py run"):
            running._free(str(port))


@pytest.mark.parametrize("port", ["", "http", "0", "65536"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(ground.Stop, match="is not a port"):
        running._free(port)


def test_without_a_network_it_says_so() -> None:
    said = ground._failed("The packages could not be installed", "error: dns error: failed to lookup")
    assert "network could not be reached" in said
    assert "Nothing is broken" in said


def test_the_served_town_is_the_sample_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMPLE", raising=False)
    monkeypatch.delenv("BASE_URL", raising=False)
    assert running.environment_of_run(8007)["SAMPLE"] == "1"
    assert running.environment_of_run(8007)["BASE_URL"] == "http://localhost:8007"
    monkeypatch.setenv("SAMPLE", "0")
    assert running.environment_of_run(8007)["SAMPLE"] == "0"


def test_the_count_is_read_from_what_pytest_wrote(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>')
    assert making._counted(report) == (3, 2, 2)
    assert making._counted(tmp_path / "missing.xml") == (0, 0, 0)


def test_the_closing_line_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    count = making.Count()
    count.add("rooms", 12, 0)
    count.add("lint", 0, 1)
    assert making._closing(count, 0.0) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "12 passed, 1 failed"
    assert any("Failed: lint" in line for line in lines)


def test_a_room_that_has_no_tests_is_named() -> None:
    with pytest.raises(ground.Stop, match="no tests called attic"):
        making._chosen("attic")
    assert making._chosen("house") == "tests/house"


def test_who_may_not_install_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.ground.shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("tools.ground.os.geteuid", lambda: 1000)
    with pytest.raises(ground.Stop, match="sudo apt-get install -y chromium"):
        ground.system_package("chromium", "The journeys need Chromium")


@pytest.mark.parametrize(
    ("there", "whole", "shell"),
    [
        ({"chromium", "chromium-headless-shell"}, "chromium", "chromium-headless-shell"),
        ({"google-chrome", "chrome-headless-shell"}, "google-chrome", "chrome-headless-shell"),
        ({"chromium"}, "chromium", "chromium"),
    ],
)
def test_a_whole_browser_does_where_its_shell_is_not(
    monkeypatch: pytest.MonkeyPatch, there: set[str], whole: str, shell: str
) -> None:
    for name in ("CHROMIUM", "CHROMIUM_SHELL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tools.ground.shutil.which", lambda name: name if name in there else None)
    assert (ground.chromium(), ground.chromium_shell()) == (whole, shell)


def test_a_system_that_has_no_shell_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"apt-get", "chromium"}

    def install(name: str, missing: str) -> None:
        raise ground.Stop(f"no package {name}")

    for name in ("CHROMIUM", "CHROMIUM_SHELL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tools.ground.shutil.which", lambda name: name if name in there else None)
    monkeypatch.setattr("tools.ground.os.geteuid", lambda: 0)
    monkeypatch.setattr(ground, "system_package", install)
    assert ground.chromium_shell() == "chromium"


def test_on_another_system_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.ground.shutil.which", lambda name: None)
    with pytest.raises(ground.Stop, match="calls postgresql"):
        ground.system_package("postgresql", "The tests need PostgreSQL")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .venv that was made to the end."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    for name, value in (
        ("PYTHON", str(tmp_path / "bin" / "python")),
        ("READY", tmp_path / "handtag-ready"),
        ("UNFINISHED", tmp_path / "handtag-unfinished"),
    ):
        monkeypatch.setattr(ground, name, value)
    ground.READY.write_text(ground._mark("run") + "\n")
    return tmp_path


def test_a_finished_venv_is_taken_as_it_is(made: Path) -> None:
    assert ground._is_ready("run")
    assert not ground._is_ready("test")


def test_a_half_finished_venv_is_known(made: Path) -> None:
    ground.UNFINISHED.touch()
    assert not ground._is_ready("run")


def test_a_venv_whose_python_went_away_is_known(made: Path) -> None:
    (made / "bin" / "python").unlink()
    assert not ground._is_ready("run")
    assert not ground._works()


def test_a_new_lock_is_noticed(made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "requirements"
    other.mkdir()
    for name in ("uv.txt", "run.txt"):
        (other / name).write_text("another==1\n")
    monkeypatch.setattr(ground, "REQUIREMENTS", other)
    assert not ground._is_ready("run")
