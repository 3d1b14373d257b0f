"""Where somebody's details could come out though nobody meant it: pages, files, letters and the log."""

import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from itertools import product
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings as product_settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from pythonjsonlogger.json import JsonFormatter

from handtag.cases.models import Case
from handtag.errands.models import Ask, Errand, Invitation, Occasion, Offer
from handtag.groups.models import Membership
from handtag.kernel import clock
from handtag.notices import actions as notices
from handtag.notices.models import Notice
from handtag.permits.models import Check, Permit
from tests.house.ground import routes
from tests.journeys.sample import Clock, Sample
from tests.journeys.walk import pages

HOLE = re.compile(r"<(?:\w+:)?(\w+)>")
PLAIN = {"role": "caseworker", "path": "vad"}
COORDINATE = re.compile(r"\d+[.,]\d+")
NEVER_THE_SAME = re.compile(r'name="(csrfmiddlewaretoken|submission)" value="[^"]*"|nonce="[^"]*"')
Ids = dict[str, list[str]]


@dataclass(frozen=True)
class Trace:
    """Something that somebody could read, and where."""

    where: str
    text: str


def told(traces: Iterable[Trace], secrets: Collection[str]) -> list[str]:
    """Each secret that stands in one of the traces, however it is spaced; a coordinate as it is written.

    Squeezed, its six figures stand by chance in any long row of them: a hash, a time.
    """
    found = []
    bare = {each: squeezed(each) for each in secrets if not COORDINATE.fullmatch(each)}
    for trace in traces:
        text = squeezed(trace.text)
        stand = (each in trace.text or (each in bare and bare[each] in text) for each in secrets)
        found += [f"{each!r}: {trace.where}" for each, there in zip(secrets, stand, strict=True) if there]
    return found


def squeezed(text: str) -> str:
    """The letters and figures alone: a phone number is written in several ways."""
    return re.sub(r"&nbsp;|\W", "", text)


# --- pages and files ----------------------------------------------------------------------------------


def walked(sample: Sample, key: str) -> Iterator[Trace]:
    """Every kind of page and file that somebody comes to by links, from the front page of their town."""
    town = sample.cast[key]["municipality"] if key else "helsingborg"
    for page in pages(sample.browser(key), f"/{town}/", files=True):
        yield Trace(f"{key or 'a visitor'} on {page.path}", page.text)


def ids_about(person: str) -> Ids:
    """The ids of a person and of everything about them, by the name each has in an address."""
    person_id = UUID(person)
    asks = Ask.objects.everywhere().filter(asker_id=person_id)
    errands = Errand.objects.everywhere().filter(asker_id=person_id)
    found: dict[str, Any] = {
        "ask_id": asks,
        "occasion_id": Occasion.objects.everywhere().filter(ask__in=asks),
        "errand_id": errands,
        "offer_id": Offer.objects.everywhere().filter(occasion__ask__in=asks),
        "invitation_id": Invitation.objects.everywhere().filter(occasion__ask__in=asks),
        "permit_id": Permit.objects.everywhere().filter(person_id=person_id),
        "check_id": Check.objects.everywhere().filter(person_id=person_id),
        "case_id": Case.objects.everywhere().filter(errand__in=errands),
        "membership_id": Membership.objects.everywhere().filter(person_id=person_id),
    }
    ids = {name: [str(one) for one in rows.values_list("pk", flat=True)] for name, rows in found.items()}
    return ids | {"person_id": [person], "other_id": [person]}


def nobodys(ids: Ids) -> Ids:
    """As many ids that belong to nothing."""
    return {name: [str(uuid4()) for _one in rows] for name, rows in ids.items()}


def addresses(town: str, ids: Ids) -> Iterator[str]:
    """Every address of a town in which one of these ids stands."""
    for route in routes():
        holes = [name for name in HOLE.findall(route.path) if name != "town"]
        if not set(holes) & set(ids) or not set(holes) <= {*ids, *PLAIN}:
            continue
        for chosen in product(*(ids.get(name) or ([PLAIN[name]] if name in PLAIN else []) for name in holes)):
            yield _filled(route.path, (town, *chosen))


def _filled(path: str, words: Iterable[str]) -> str:
    following = iter(words)
    return HOLE.sub(lambda _hole: next(following), path)


def knocked(browser: Client, key: str, town: str, ids: Ids, *, method: str = "get") -> Iterator[Trace]:
    """What each of these addresses answers to somebody, its status first."""
    for path in addresses(town, ids):
        answer = getattr(browser, method)(path)
        text = NEVER_THE_SAME.sub("", answer.content.decode()).replace(path, "")
        yield Trace(f"{key or 'a visitor'}: {method} {path}", f"{answer.status_code} {text}")


def told_apart(sample: Sample, key: str, ids: Ids, *, method: str = "get") -> list[str]:
    """The addresses at which what is hidden answers otherwise than what never was."""
    browser, town = sample.browser(key), "helsingborg"
    hidden, absent = (list(knocked(browser, key, town, each, method=method)) for each in (ids, nobodys(ids)))
    assert len(hidden) == len(absent)
    return [one.where for one, other in zip(hidden, absent, strict=True) if one.text != other.text]


# --- letters ------------------------------------------------------------------------------------------


def letters(*, but_to: str) -> Iterator[Trace]:
    """Every notice in the outbox; whom it goes to counts too, unless it is the person's own letter."""
    for notice in Notice.objects.everywhere():
        to = "" if notice.address == but_to else notice.address
        text = " ".join((notice.subject, notice.body, notice.link, notice.problem, to))
        yield Trace(f"the letter {notice.kind} to {notice.person_id}", text)


class FullMailbox(BaseEmailBackend):
    """A mail server that will not take letters just now, and says whose."""

    def send_messages(self, email_messages: Any) -> int:
        """Refuse, in the words of mail servers."""
        to = email_messages[0].to[0]
        raise SMTPRecipientsRefused({to: (450, f"4.2.2 <{to}>: mailbox full".encode())})


def sent(settings: Any, time_of_day: Clock) -> Iterator[Trace]:
    """The mail that goes out, at the second attempt; each whole, but for whom it goes to."""
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.FullMailbox"
    assert notices.send_due(1000) == 0
    time_of_day.set(clock.now() + timedelta(minutes=5))
    settings.EMAIL_BACKEND = usual
    assert notices.send_due(1000) > 0
    for letter in mail.outbox:
        headers = {name: value for name, value in letter.message().items() if name != "To"}
        yield Trace(f"the mail to {letter.to}", f"{headers} {letter.subject} {letter.body}")


# --- the log ------------------------------------------------------------------------------------------


@pytest.fixture
def log() -> Iterator[Callable[[], str]]:
    """Everything the served product logs, as it would write it: `log()`."""
    said = StringIO()
    handler = logging.StreamHandler(said)
    formats: Any = product_settings.LOGGING["formatters"]
    handler.setFormatter(JsonFormatter(formats["json"]["fmt"]))
    watched = [logging.getLogger(name) for name in ("", "django.request", "django.security", "django.server")]
    before = [logger.level for logger in watched]
    for logger in watched:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield said.getvalue
    for logger, level in zip(watched, before, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)
