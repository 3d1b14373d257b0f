"""The commands of dev.py for those who change Handtag; standard library only."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import ground
from tools.ground import BIN, PYTHON, ROOT, Stop


@dataclass
class Count:
    """What passed and what failed so far, and the names of the steps that failed."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: tuple[str, ...] = ()

    def add(self, name: str, passed: int, failed: int, skipped: int = 0) -> None:
        """Count one step."""
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.broken = (*self.broken, name)


@dataclass(frozen=True)
class Step:
    """One thing to be run, and how it is called on screen."""

    name: str
    command: tuple[str, ...]


# B104, B308, B608 and B703 are ruff's S104, S308 and S608 too, where an exception carries its reason.
STATIC = (
    Step("format", (str(BIN / "ruff"), "format", "--check", ".")),
    Step("lint", (str(BIN / "ruff"), "check", ".")),
    Step("types", (str(BIN / "mypy"),)),
    Step("the plan of the house", (str(BIN / "lint-imports"), "--no-logo")),
    Step("templates", (str(BIN / "djlint"), "--lint", "--quiet", "templates", "handtag")),
    Step("Django's own checks", (PYTHON, "manage.py", "check", "--fail-level", "WARNING")),
    Step("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
    Step("words", (PYTHON, "-m", "tools.messages", "check")),
    Step(
        "unsafe calls",
        (str(BIN / "bandit"), "-q", "-r", "-ll", "-s", "B104,B308,B608,B703", "handtag", "config"),
    ),
)


# --- the commands -----------------------------------------------------------------------------------------


def test(words: list[str]) -> int:
    """Everything; or the rooms, files and pytest options named."""
    start, count = time.monotonic(), Count()
    ground.packages("test")
    with ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="handtag-")))
        environment = _environment(folder)
        quietly_compiled(environment)
        chosen = [_chosen(word) for word in words] or ["tests"]
        if not words:
            for one in STATIC:
                _run(one, environment, count)
        journeys = any(_has_journeys(word) for word in chosen)
        rooms = any(not word.startswith(("-", "tests/journeys")) for word in chosen)
        if journeys:
            environment["CHROMIUM"] = ground.chromium()
            environment["CHROMIUM_SHELL"] = ground.chromium_shell()
            ground.open_provider()
        if rooms:
            skip = ["--ignore=tests/journeys"]
            _pytest("rooms on SQLite", [*chosen, *skip], environment, count, folder)
            address = until_the_end.enter_context(ground.postgres())
            on_postgres = {**environment, "DATABASE_URL": address}
            _pytest("rooms on PostgreSQL", [*chosen, *skip], on_postgres, count, folder)
        if journeys:
            trips = chosen if words else ["tests/journeys"]
            _pytest("journeys in Chromium", trips, environment, count, folder)
    return _closing(count, start)


def check(words: list[str]) -> int:
    """All that can be said without running the product."""
    start, count = time.monotonic(), Count()
    ground.packages("test")
    with tempfile.TemporaryDirectory(prefix="handtag-") as folder:
        environment = _environment(Path(folder))
        for one in STATIC:
            if not words or any(word in one.name for word in words):
                _run(one, environment, count)
    return _closing(count, start)


def fix(words: list[str]) -> int:
    """Mend what a machine can mend: style, order of imports, the list of words."""
    ground.packages("test")
    for command in (
        [str(BIN / "ruff"), "check", "--fix", "--exit-zero", "."],
        [str(BIN / "ruff"), "format", "."],
        [PYTHON, "-m", "tools.messages", "update"],
    ):
        subprocess.run(command, cwd=ROOT, check=False)
    return 0


def bench(words: list[str]) -> int:
    """Run the measurements named, or all of them."""
    ground.packages("test")
    there = sorted(file.stem for file in (ROOT / "bench").glob("[a-z]*.py"))
    names = [Path(word).stem for word in words] or there
    if unknown := set(names) - set(there):
        raise Stop(f"There is no bench/{min(unknown)}.py; there are: {', '.join(there) or 'none yet'}")
    with tempfile.TemporaryDirectory(prefix="handtag-") as folder:
        environment = _environment(Path(folder))
        quietly_compiled(environment)
        for name in names:
            print(f"\n{name}", flush=True)
            code = f"import sys; from bench.{name} import main; sys.exit(main())"
            subprocess.run([PYTHON, "-c", code], cwd=ROOT, env=environment, check=True)
    return 0


def shots(words: list[str]) -> int:
    """Make screenshots of every page into shots/."""
    ground.packages("test")
    with tempfile.TemporaryDirectory(prefix="handtag-") as folder:
        kept = dict(os.environ) if words[:1] == ["--at"] else _environment(Path(folder))
        environment = {**kept, "CHROMIUM": ground.chromium()}
        quietly_compiled(environment)
        command = [PYTHON, "-m", "tools.shots", *words]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def lock(words: list[str]) -> int:
    """Write the locked requirements anew."""
    ground.packages("test")
    ground.lock()
    return 0


# --- how a step is run ------------------------------------------------------------------------------------


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the shell's own settings of the product reaches a test."""
    names = subprocess.run(
        [PYTHON, "-c", "from config.variables import VARIABLES as v; print(*(one.name for one in v))"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    ).stdout.split()
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return {**kept, "SAMPLE": "1", "DATA_DIR": str(folder / "data")}


def quietly_compiled(environment: dict[str, str]) -> None:
    """The words on screen, compiled for Django."""
    compile_ = [PYTHON, "-m", "tools.messages", "compile"]
    ground.quietly(*compile_, environment=environment, why="The translations could not be compiled")


def _run(one: Step, environment: dict[str, str], count: Count) -> None:
    start = time.monotonic()
    print(f"  {one.name} …", end="", flush=True)
    done = subprocess.run(
        one.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    print(f" {'ok' if good else 'FAILED'} {time.monotonic() - start:.1f} s", flush=True)
    if not good:
        print("\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-80:]), flush=True)
    count.add(one.name, int(good), int(not good))


def _pytest(name: str, words: list[str], environment: dict[str, str], count: Count, folder: Path) -> None:
    print(f"\n  {name}", flush=True)
    start = time.monotonic()
    report = folder / f"{name.replace(' ', '-')}.xml"
    command = [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist=worksteal",  # some tests take a minute: whoever is done takes over what waits behind one
        "-p",
        "no:cacheprovider",
        f"--junitxml={report}",
        *words,
    ]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    passed, failed, skipped = _counted(report)
    if code not in (0, 5) and not failed:
        failed = 1
    count.add(name, passed, failed, skipped)
    print(f"  {name}: {passed} passed, {failed} failed, {skipped} skipped, {time.monotonic() - start:.0f} s")


def _counted(report: Path) -> tuple[int, int, int]:
    if not report.exists():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 (pytest's own report)
    ran = failed = skipped = 0
    for suite in suites:
        ran += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return ran - failed - skipped, failed, skipped


def _chosen(word: str) -> str:
    """A room's name means its tests."""
    if word.startswith("-") or (ROOT / word.partition("::")[0]).exists():
        return word
    if (ROOT / "tests" / word).is_dir():
        return f"tests/{word}"
    rooms = sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] != "_")
    raise Stop(f"There are no tests called {word}. There are: {', '.join(rooms)}, and any file under tests/.")


def _has_journeys(word: str) -> bool:
    return word in ("tests", "tests/", ".") or word.startswith("tests/journeys")


def _closing(count: Count, start: float) -> int:
    minutes, seconds = divmod(int(time.monotonic() - start), 60)
    print(f"\n  {minutes} min {seconds} s" + (f", {count.skipped} skipped" if count.skipped else ""))
    if count.broken:
        print(f"  Failed: {', '.join(count.broken)}")
    print(f"\n{count.passed} passed, {count.failed} failed")
    sys.stdout.flush()
    return 1 if count.failed else 0
