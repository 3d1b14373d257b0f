"""Every environment variable the product reads: its default, its meaning, and what makes it wrong."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from handtag.kernel import vapid

ROOT = Path(__file__).resolve().parent.parent
Problem = str | None


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; `problem` says in one sentence what is wrong with a value, or None."""

    name: str
    default: str
    meaning: str
    secret: bool = False
    problem: Callable[[str], Problem] = lambda value: None


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable as it stands now: its value and where that came from."""

    variable: Variable
    value: str
    source: str

    @property
    def problem(self) -> Problem:
        """What is wrong with the value, or None."""
        return self.variable.problem(self.value)

    @property
    def shown(self) -> str:
        """The value as it may be printed: secrets and passwords in addresses masked."""
        if not self.value:
            return ""
        if self.variable.secret:
            return "********"
        parts = urlsplit(self.value) if "://" in self.value else None
        if parts is not None and parts.password:
            return self.value.replace(f":{parts.password}@", ":********@")
        return self.value


def _one_of(*allowed: str) -> Callable[[str], Problem]:
    return lambda value: None if value in allowed else f"must be one of {', '.join(allowed)}"


def _number(low: int, high: int) -> Callable[[str], Problem]:
    def problem(value: str) -> Problem:
        if value.isdecimal() and low <= int(value) <= high:
            return None
        return f"must be a whole number from {low} to {high}"

    return problem


def _address(*schemes: str, empty: bool = True) -> Callable[[str], Problem]:
    def problem(value: str) -> Problem:
        if not value and empty:
            return None
        if value.split(":", 1)[0] in schemes and ":" in value:
            return None
        return f"must be an address beginning with {', '.join(s + ':' for s in schemes)}"

    return problem


def _sms(value: str) -> Problem:
    wrong = _address("http", "https")(value)
    if wrong or not value:
        return wrong
    parts = urlsplit(value)
    if not (parts.hostname and parts.username and parts.password):
        return "must hold the user and the password of the interface: https://USER:PASSWORD@HOST/PATH"
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return "must begin with https: anywhere but on this machine: the password goes with each message"
    return None


def _vapid(value: str) -> Problem:
    try:
        if value:
            vapid.private_key(value)
    except ValueError:
        return "must be a private key on the curve P-256; make one with: manage.py vapid"
    return None


def _hosts(value: str) -> Problem:
    if any(set(host.strip()) & set("/@* ") or "://" in host for host in value.split(",")):
        return "must be host names alone, with commas between them"
    return None


def reviewed(value: str) -> dict[str, date]:
    """Languages and the days when a speaker had read them through: `ar=2026-12-01,uk=2026-12-05`."""
    found = {}
    for part in filter(None, (one.strip() for one in value.split(","))):
        code, _, day = part.partition("=")
        try:
            found[code.strip()] = date.fromisoformat(day.strip())
        except ValueError:
            continue
    return found


def _reviewed(value: str) -> Problem:
    parts = [part for part in value.split(",") if part.strip()]
    known = {"sv-easy", "ar", "uk", "fi", "so", "en"}
    if len(reviewed(value)) == len(parts) and set(reviewed(value)) <= known:
        return None
    return f"must be languages ({', '.join(sorted(known))}) and days, such as ar=2026-12-01,uk=2026-12-05"


def _sources(value: str) -> Problem:
    for part in filter(None, (each.strip() for each in value.split(","))):
        try:
            if part != "any":
                ip_network(part, strict=False)
        except ValueError:
            return f"{part} is neither an address, nor a network, nor: any"
    return None


def _secret_key(value: str) -> Problem:
    if len(value) >= 32:
        return None
    return "must be a secret of at least 32 characters; make one with: openssl rand -base64 48"


def _identity_keys(value: str) -> Problem:
    if all(len(key.strip()) >= 32 for key in value.split(",")) or not value:
        return None
    return "each key must be a secret of at least 32 characters; make one with: openssl rand -base64 48"


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "DATABASE_URL",
        "",
        "postgres://… or sqlite:///PATH; empty: SQLite in DATA_DIR",
        problem=_address("postgres", "postgresql", "sqlite"),
    ),
    Variable(
        "SECRET_KEY",
        "",
        "Signs sessions and links; required outside the sample",
        True,
        _secret_key,
    ),
    Variable(
        "BASE_URL",
        "http://localhost:8000",
        "The address people reach the site at, without a slash at the end",
        problem=_address("http", "https", empty=False),
    ),
    Variable("ALLOWED_HOSTS", "", "Host names answered to, with commas; empty: the one of BASE_URL"),
    Variable("DATA_DIR", str(ROOT / ".data"), "Folder for the SQLite file, uploads and mail files"),
    Variable(
        "MAIL_URL",
        "",
        "smtp://, smtps:// or smtp+tls:// USER:PASSWORD@HOST:PORT; empty: files in DATA_DIR/mail",
        problem=_address("smtp", "smtps", "smtp+tls"),
    ),
    Variable("MAIL_FROM", "Handtag <noreply@localhost>", "Sender of all mail"),
    Variable(
        "SMS_URL",
        "",
        "https://USER:PASSWORD@api.46elks.com/a1/sms?from=SENDER; empty: no text messages are sent",
        problem=_sms,
    ),
    Variable(
        "SMS_SOURCES",
        "",
        "Addresses from which the SMS provider may speak to us, with commas, or any; "
        "empty: those that 46elks publishes where SMS_URL is theirs",
        problem=_sources,
    ),
    Variable(
        "PUSH_URL",
        "",
        "A gateway of yours that all push messages go through; empty: straight to each push service",
        problem=_address("http", "https"),
    ),
    Variable(
        "VAPID_PRIVATE_KEY",
        "",
        "Key for push messages, made with: manage.py vapid; empty: push is not offered",
        True,
        _vapid,
    ),
    Variable("TILE_URL", "", "Map tiles with {z} {x} {y}; empty: no tiles, shapes only"),
    Variable(
        "LOG_LEVEL",
        "INFO",
        "Least serious line that is logged",
        problem=_one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    Variable("WEB_CONCURRENCY", "2", "Web processes", problem=_number(1, 64)),
    Variable("PORT", "8000", "Port to serve at", problem=_number(1, 65535)),
    Variable(
        "SAMPLE", "0", "1: the sample town and its logins. Never with real people", problem=_one_of("0", "1")
    ),
    Variable(
        "LANGUAGES_REVIEWED",
        "",
        "Languages that a speaker has read all through, with the day: ar=2026-12-01,uk=2026-12-05",
        problem=_reviewed,
    ),
    Variable(
        "EGRESS_ALLOW",
        "",
        "Hosts that may be spoken to though they are not https at a public address, with commas",
        problem=_hosts,
    ),
    Variable(
        "IDENTITY_KEYS",
        "",
        "Keys for hashes of identity numbers and kept secrets, newest first, with commas",
        True,
        _identity_keys,
    ),
    Variable(
        "LIMIT_LOGIN", "60", "Times a minute that one address may try to log in", problem=_number(1, 10_000)
    ),
    Variable("METRICS_TOKEN", "", "Bearer token for /metrics; empty: /metrics answers 404", True),
    Variable("TRUSTED_PROXIES", "", "Addresses whose X-Forwarded-* is believed, with commas"),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Setting]:
    """Every variable as it stands in the environment, with its source."""
    found: dict[str, Setting] = {}
    for variable in VARIABLES:
        if variable.name in environment:
            found[variable.name] = Setting(variable, environment[variable.name], "environment")
        else:
            found[variable.name] = Setting(variable, variable.default, "default")
    if found["SAMPLE"].value == "1" and not found["SECRET_KEY"].value:
        key = _sample_key(Path(found["DATA_DIR"].value))
        found["SECRET_KEY"] = Setting(_BY_NAME["SECRET_KEY"], key, "made for the sample")
    return found


def _sample_key(folder: Path) -> str:
    """The sample's own key, made once: a restart must not log everybody out."""
    file = folder / "sample-secret-key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(48))
        file.chmod(0o600)
    return file.read_text()
