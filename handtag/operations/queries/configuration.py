"""Whether the configuration is right and safe, each fault in one sentence."""

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
ONLY_IN_SAMPLE = (
    *("/login/", "/login/bekrafta/", "/login/leverantor/", "/login/leverantor/ut/", "/login/leverantor/ort/"),
    "/prova/",
)


class Setting(Protocol):
    """One variable as it stands."""

    value: str

    @property
    def problem(self) -> str | None:
        """What is wrong with it."""

    @property
    def shown(self) -> str:
        """The value with secrets masked."""


def faults() -> list[str]:
    """Everything wrong or unsafe, the variables' own faults first."""
    found = [f"{name}: {setting.problem}" for name, setting in settings.VARIABLES.items() if setting.problem]
    return [*found, *_unsafe()]


def _unsafe() -> Iterable[str]:
    base = urlsplit(settings.BASE_URL)
    if base.scheme == "http" and base.hostname not in LOCAL:
        yield "BASE_URL: must begin with https:// anywhere but on this machine"
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS: * lets anybody choose the host name in links; name the hosts"
    if settings.SAMPLE and base.hostname not in LOCAL:
        yield "SAMPLE: the sample lets anybody in as anybody; it may only run on this machine"
    if not settings.SAMPLE:
        yield from (f"{path} exists outside the sample" for path in ONLY_IN_SAMPLE if _exists(path))


def _exists(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return "town" not in match.kwargs
