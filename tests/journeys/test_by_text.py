"""By SMS alone, with the real processes: the provider stands outside, and sees what everybody sees.

`serve` and `work` run as they do for real, on a small town of their own; nothing here reaches into them. A
day passes by making what waits in the outbox a day older.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import axe
from tests.journeys.visit import said
from tests.notices.elks import Elks, Message, running
from tools import ground
from tools.running import Children, wait_until_ready

LEILA, OLLE, ASKER, CENTRE = "+46701740601", "+46701740602", "+46701740603", "+4642105000"
PASSWORD = "by text, in a test"

# What stands before the journey begins: a town with a line, a coordinator, two helpers and who has asked.
SETUP = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from handtag.errands.actions import meeting
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.notices.models import Preference
from handtag.people.models import Person
from tests.errands import stage as stages
from tools import prepare

call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
prepare._collect_static()
stage = stages.build()
stage.town.phone = "+4642105000"
stage.town.save()
karin = stage.person("karin", role=Role.COORDINATOR)
get_user_model().objects.create(person=karin, email="karin@example.org", password=make_password(sys.argv[1]))
for name, phone in (("leila", sys.argv[2]), ("olle", sys.argv[3]), ("asker", sys.argv[4])):
    person = stage.person(name)
    Person.objects.filter(pk=person.pk).update(email="", phone=phone)
    Preference.objects.create(person=person, quiet_from=0, quiet_until=0)  # the test may run at night
for name in ("leila", "olle"):
    stage.helper(name)
line = notices.open_line(by=system(stage.town.id), number="+46766861004")
ids = {}
for name, hours in (("leila", 1), ("olle", 3)):
    ask = stage.ask(agreement="coordinator", start=clock.now() + timedelta(hours=hours))
    occasion = stage.occasion(ask)
    if name == "leila" or sys.argv[5] == "both":
        person_id = stage.people[name].id
        meeting.invite(by=stage.actor("karin"), occasion_id=occasion.id, person_id=person_id)
    ids[name] = str(ask.id)
print(json.dumps({"texts": line.texts, "slug": stage.town.slug, "asks": ids}))
"""
# A day passes: all that waits is a day older, and due again.
A_DAY_LATER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from datetime import timedelta
from django.db.models import F
from handtag.kernel import clock
from handtag.notices.models import Notice
day = timedelta(hours=24)
waiting = Notice.objects.everywhere().filter(state__in=["waiting", "claimed"])
waiting.update(created_at=F("created_at") - day, due_at=clock.now(), claimed_until=None, state="waiting")
"""


@dataclass
class Town:
    """A served town, and the provider that it knows."""

    elks: Elks
    children: Children
    port: int
    texts: str
    slug: str
    asks: dict[str, str]
    number: int = 0

    def text(self, sender: str, words: str) -> int:
        """Somebody texts to the town's number."""
        self.number += 1
        moment = time.strftime("%Y-%m-%dT%H:%M:%S.999999", time.gmtime())
        form = {"id": f"s{self.number:032x}", "from": sender, "to": "+46766861004", "created": moment}
        return self.post(self.texts, {**form, "message": words, "direction": "incoming"})

    def post(self, address: str, form: dict[str, str]) -> int:
        """As the provider does."""
        body = urllib.parse.urlencode(form).encode()
        try:
            with urllib.request.urlopen(address, body, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def sees(self, to: str, words: str) -> Message:
        """Wait until somebody has got a text with these words."""
        return self.until(lambda: next((m for m in self.elks.taken if m.to == to and words in m.words), None))

    def answers_to(self, number: str, before: int) -> list[str]:
        """What somebody got since, but for news of asks nearby, which come when they come."""
        since = [m.words for m in self.elks.taken[before:] if m.to == number]
        return [words for words in since if "/hjalpa-till/" not in words]

    def until(self, found: Callable[[], Any]) -> Any:
        """Wait until it is there."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if there := found():
                return there
            time.sleep(0.2)
        raise AssertionError([(m.to, m.words) for m in self.elks.taken])

    def run(self, script: str, *words: str) -> str:
        """Something done beside the two processes."""
        command = [sys.executable, "-c", script, *words]
        environment = self.children.environment
        done = subprocess.run(
            command, cwd=ground.ROOT, env=environment, capture_output=True, check=False, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Serve a small town; `both` helpers are asked, or one."""
    with running() as elks:
        port = ground.free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        address = f"http://localhost:{port}"
        environment = {**kept, "SAMPLE": "1", "DATA_DIR": str(tmp_path), "PORT": str(port)}
        children = Children({**environment, "BASE_URL": address, "SMS_URL": elks.url, "WEB_CONCURRENCY": "1"})
        town = Town(elks, children, port, "", "", {})

        def make(asked: str = "one") -> Town:
            found = json.loads(town.run(SETUP, PASSWORD, LEILA, OLLE, ASKER, asked).splitlines()[-1])
            town.texts, town.slug, town.asks = found["texts"], found["slug"], found["asks"]
            children.start("serve", "work")
            wait_until_ready(port, children)
            return town

        try:
            yield make
        finally:
            children.stop()


@pytest.fixture
def staff(shell: Browser) -> Iterator[Callable[[Town], Page]]:
    """The coordinator at her desk."""
    opened = []

    def sign_in(town: Town) -> Page:
        context = shell.new_context(base_url=f"http://localhost:{town.port}", locale="sv-SE")
        opened.append(context)
        page = context.new_page()
        page.goto("/login/")
        page.locator('[name="username"]').fill("karin@example.org")
        page.locator('[name="password"]').fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_load_state("load")
        return page

    yield sign_in
    for context in opened:
        context.close()


def test_a_helper_by_text_alone_from_ja_to_klar(
    begin: Callable[..., Town], staff: Callable[[Town], Page]
) -> None:
    town = begin()
    assert "JA 1" in town.sees(LEILA, "NEJ 1").words
    town.text(LEILA, "Ja tack!")
    town.sees(LEILA, "Ni hjälper varandra som grannar.")  # responsibility is read before it is a yes
    town.text(LEILA, "JA")
    agreed, told = town.sees(LEILA, "AVBRYT"), town.sees(ASKER, "AVBRYT")
    (code,) = {word.strip(".") for word in agreed.words.split() if word.strip(".").isdecimal()} & {
        word.strip(".") for word in told.words.split()
    } - {"14", "16"}
    town.text(LEILA, "VEM")
    assert "Exempelvägen 4" in town.sees(LEILA, "Asker").words
    town.text(ASKER, "Dörren är blå")
    passed_on = town.sees(LEILA, "Dörren är blå")
    town.text(LEILA, "Framme")
    town.sees(LEILA, "KLAR")
    town.text(LEILA, "KLAR")
    town.sees(LEILA, "SÅDÄR")
    town.text(LEILA, "bra")
    town.until(lambda: len([m for m in town.elks.taken if m.to == LEILA and "Tack för att" in m.words]))
    for message in town.elks.taken:  # nobody's number or name but for who asked for it
        assert LEILA[3:] not in message.words
        assert ASKER[3:] not in message.words
        assert "Leila" not in message.words
    assert "Asker" not in passed_on.words + agreed.words
    assert code in agreed.words
    page = staff(town)
    page.goto(f"/{town.slug}/oversikt/")
    assert said("Nothing to sort out.") in page.locator("main").inner_text()
    axe.look(page)


def test_the_provider_is_down_for_a_day(begin: Callable[..., Town], staff: Callable[[Town], Page]) -> None:
    town = begin("both")
    town.sees(LEILA, "NEJ 1")
    town.sees(OLLE, "NEJ 1")
    town.elks.mood = "down"
    before = len(town.elks.taken)
    for words in ("hjälp", "RING"):
        town.text(LEILA, words)
    town.text(OLLE, "JA")  # the text about responsibility waits
    town.until(lambda: town.elks.refused > 3)
    town.run(A_DAY_LATER)
    town.until(lambda: town.elks.refused > 5)
    page = staff(town)
    page.goto(f"/{town.slug}/oversikt/")
    assert said("Does not go out just now") in page.locator("main").inner_text()
    axe.look(page)
    town.text(OLLE, "NEJ")  # overtakes what waited: nothing is left to agree on
    town.elks.mood = "well"
    town.run(A_DAY_LATER)
    town.until(lambda: len(town.answers_to(LEILA, before)) == 2)
    # In the order in which she asked.
    assert ["AVBRYT" in words for words in town.answers_to(LEILA, before)] == [True, False]
    town.sees(OLLE, "Tack")
    assert "Ni hjälper varandra" not in "".join(m.words for m in town.elks.taken if m.to == OLLE)
    town.text(LEILA, "start")  # once this is answered, what was sent twice would have come too
    town.sees(LEILA, "STOPP om du inte vill")
    assert len({m.key for m in town.elks.taken}) == len(town.elks.taken)
