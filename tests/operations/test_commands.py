"""The commands of upkeep as a script calls them: JSON on stdout, exit codes, and refusals before a start."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from config import variables
from handtag.history import actions as history
from handtag.history.models import Entry
from handtag.kernel.actor import Via, system
from handtag.kernel.rights import Role
from handtag.municipalities import actions as municipalities
from handtag.municipalities.models import Municipality
from handtag.operations.queries import state
from handtag.people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_dir: Path) -> Municipality:
    made = municipalities.add(by=system(None, Via.COMMAND), code="1283")
    history.seal()
    return made


def printed(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


def refused(*words: str) -> str:
    """What a command prints that ends with exit code 1."""
    out = StringIO()
    with pytest.raises(SystemExit) as ending:
        call_command(*words, stdout=out, stderr=out)
    assert ending.value.code == 1
    return out.getvalue()


def started(repository: Path, tmp_path: Path, *words: str, **environment: str) -> Any:
    """A command in a process of its own, with no variables but those given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=repository,
        env={**kept, "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_verify_says_what_was_changed_behind_its_back_and_ends_with_1(town: Municipality) -> None:
    assert json.loads(printed("verify", "--json"))["sound"] is True
    first = Entry.objects.exclude(number=None).order_by("number").first()
    assert first is not None
    Entry.objects.filter(pk=first.pk).update(verb="nothing.happened")
    report = json.loads(refused("verify", "--json"))
    assert report["sound"] is False
    assert f"row {first.number} was altered" in report["faults"]["history"][0]


def test_verify_counts_what_is_not_yet_chained(town: Municipality) -> None:
    history.record(by=system(town.id), verb="ask.opened", kind="ask", object_id=town.id)
    assert json.loads(printed("verify"))["unsealed"] == 1


def test_verify_finds_files_that_are_gone_or_belong_to_nothing(town: Municipality, data_dir: Path) -> None:
    Municipality.objects.filter(pk=town.pk).update(logo="logos/1283.svg")
    stray = data_dir / "files" / "stray.txt"
    stray.parent.mkdir()
    stray.write_text("x")
    found = json.loads(refused("verify"))["faults"]["files"]
    assert found == ["file stray.txt belongs to nothing", "file logos/1283.svg is missing"]


def test_digest_says_whose(town: Municipality) -> None:
    assert printed("digest").strip() == state.digest()
    told = json.loads(printed("digest", "--municipality", "1283", "--json"))
    assert told == {"municipality": "1283", "digest": state.digest(town.id)}
    with pytest.raises(CommandError, match="1260"):
        printed("digest", "--municipality", "1260")


def test_history_of_one_person_since_a_day(town: Municipality) -> None:
    new = people.NewPerson(given_name="Greta", family_name="Test", age="adult")
    person = people.register(by=system(town.id, Via.COMMAND), new=new)
    lines = [
        json.loads(line) for line in printed("history", "export", "--person", str(person.id)).splitlines()
    ]
    assert lines
    assert {line["about_id"] for line in lines} == {str(person.id)}
    assert printed("history", "export", "--person", str(person.id), "--since", "2100-01-01") == ""
    assert printed("history", "export", "--person", str(uuid4())) == ""


def test_erase_tells_what_went_and_what_stays(town: Municipality) -> None:
    new = people.NewPerson(given_name="Greta", family_name="Test", age="adult")
    person = people.register(by=system(town.id, Via.COMMAND), new=new)
    told = json.loads(printed("erase", str(person.id), "--json"))
    assert told["kept"]
    person.refresh_from_db()
    assert person.erased_at is not None
    with pytest.raises(CommandError, match="no such person"):
        printed("erase", str(uuid4()))


def test_erase_reaches_who_has_left_and_whom_it_erased_before(town: Municipality) -> None:
    """A person whose roles have all ended is still known, and so may still be erased."""
    by = system(town.id, Via.COMMAND)
    new = people.NewPerson(given_name="Greta", family_name="Test", email="greta@example.se", age="adult")
    person = people.register(by=by, new=new)
    people.take_role(by=by, person_id=person.id, role=Role.RESIDENT)
    assert json.loads(printed("erase", str(person.id)))["kept"]
    person.refresh_from_db()
    assert (person.given_name, person.email) == ("", "")
    before = state.digest()
    printed("erase", str(person.id))
    assert state.digest() == before


def test_purge_only_counts_on_a_dry_run(town: Municipality) -> None:
    assert json.loads(printed("purge", "--dry-run", "--json")) == {"1283": {}}
    assert json.loads(printed("purge", "--json")) == {}


@pytest.mark.django_db(transaction=True)
def test_backup_and_restore_say_the_same_digest(town: Municipality, tmp_path: Path) -> None:
    file = str(tmp_path / "backup.zip")
    kept = json.loads(printed("backup", file, "--json"))
    with pytest.raises(CommandError, match="not empty"):
        printed("restore", file, "--json")
    call_command("flush", interactive=False, verbosity=0)
    assert json.loads(printed("restore", file, "--json"))["digest"] == kept["digest"] == state.digest()


def test_config_check_ends_with_1_where_something_is_wrong(settings: Any) -> None:
    settings.VARIABLES = variables.read({"SECRET_KEY": "x" * 50, "SAMPLE": "1", "PORT": "none"})
    said = refused("config", "check")
    assert "WRONG  PORT" in said
    assert "x" * 50 not in said
    settings.VARIABLES = variables.read({"SECRET_KEY": "x" * 50, "SAMPLE": "1"})
    assert "All is well." in printed("config", "check")


@pytest.mark.parametrize(
    "value", ["ar", "ar=soon", "xx=2026-12-01", "sv=2026-12-01", "ar=2026-13-01,uk=2026-12-01"]
)
def test_a_language_read_through_has_a_name_and_a_day(settings: Any, value: str) -> None:
    settings.VARIABLES = variables.read({"SECRET_KEY": "x" * 50, "SAMPLE": "1", "LANGUAGES_REVIEWED": value})
    assert "WRONG  LANGUAGES_REVIEWED" in refused("config", "check")


def test_the_languages_read_through_and_when() -> None:
    assert variables.reviewed("") == {}
    assert variables.reviewed(" ar = 2026-12-01, sv-easy=2026-12-05,") == {
        "ar": date(2026, 12, 1),
        "sv-easy": date(2026, 12, 5),
    }


def test_without_a_key_nothing_starts_outside_the_sample(repository: Path, tmp_path: Path) -> None:
    ended = started(repository, tmp_path, "routes", "--json")
    assert ended.returncode != 0
    assert "SECRET_KEY is not set" in ended.stderr


def test_outside_the_sample_its_logins_do_not_exist(repository: Path, tmp_path: Path) -> None:
    ended = started(repository, tmp_path, "routes", "--json", SECRET_KEY="x" * 50)
    paths = [route["path"] for route in json.loads(ended.stdout)]
    assert "/logga-in/" in paths
    assert not [path for path in paths if path.startswith(("/login", "/prova"))]
