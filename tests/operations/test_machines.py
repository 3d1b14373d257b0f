"""Pages for machines, the request id, and what the commands print."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from config import variables
from handtag.jobs import actions as jobs
from handtag.operations.queries import configuration, routes

pytestmark = pytest.mark.django_db


def printed(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_alive_without_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_ready_only_with_a_worker_and_says_which_part_fails(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": True, "migrations": True, "worker": False}
    jobs.beat("worker-1")
    assert client.get("/readyz").status_code == 200


def test_metrics_only_with_the_token(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a token"
    assert client.get("/metrics").status_code == 404
    answer = client.get("/metrics", headers={"Authorization": "Bearer a token"})
    assert b"handtag_worker_alive 0" in answer.content


def test_every_answer_carries_a_request_id(client: Client) -> None:
    assert client.get("/healthz")["X-Request-Id"]
    given = client.get("/healthz", headers={"X-Request-Id": "abcdef-123456"})
    assert given["X-Request-Id"] == "abcdef-123456"
    forged = client.get("/healthz", headers={"X-Request-Id": "bad id with spaces"})
    assert forged["X-Request-Id"] != "bad id with spaces"


def test_every_route_says_what_stands_on_its_door() -> None:
    assert routes.undeclared() == []
    listed = json.loads(printed("routes", "--json"))
    assert all(route["right"] or route["public_because"] for route in listed)
    assert {"path", "methods", "name", "right", "tenant", "personal_data"} <= set(listed[0])


def test_the_matrix_of_roles_and_rights() -> None:
    matrix = json.loads(printed("permissions", "--json"))
    assert "decide_permits" in matrix["caseworker"]
    assert "keep_protected" not in matrix["coordinator"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://x", "DATABASE_URL"),
        ("PORT", "99999", "PORT"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL"),
        ("MAIL_URL", "http://x", "MAIL_URL"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str, said: str, settings: Any) -> None:
    settings.VARIABLES = variables.read({**dict.fromkeys(["SECRET_KEY"], "x" * 40), name: value})
    assert any(fault.startswith(said) for fault in configuration.faults())


def test_unsafe_settings_are_named(settings: Any) -> None:
    settings.VARIABLES = variables.read({"SECRET_KEY": "x" * 40})
    settings.BASE_URL, settings.ALLOWED_HOSTS = "http://handtag.example", ["*"]
    said = " ".join(configuration.faults())
    assert "BASE_URL" in said
    assert "ALLOWED_HOSTS" in said
    assert "SAMPLE" in said


def test_secrets_are_masked() -> None:
    found = variables.read({"SECRET_KEY": "x" * 40, "DATABASE_URL": "postgres://who:secret@host/name"})
    assert found["SECRET_KEY"].shown == "********"
    assert "secret" not in found["DATABASE_URL"].shown


def test_verify_is_sound_on_an_empty_town(data_dir: Path) -> None:
    assert json.loads(printed("verify"))["sound"] is True
