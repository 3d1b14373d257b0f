"""Pages for machines, the request id, and what the commands print."""

import json
import logging
import os
import signal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pythonjsonlogger.json import JsonFormatter

from config import variables
from handtag.jobs import actions as jobs
from handtag.jobs import queries as jobs_queries
from handtag.kernel.doors import Request
from handtag.operations.actions import running
from handtag.operations.middleware import RequestIdFilter, request_id
from handtag.operations.queries import configuration, health, routes

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


def test_ready_names_the_migrations_that_were_not_run(client: Client) -> None:
    jobs.beat("worker-1")
    newest = MigrationLoader(connection).graph.leaf_nodes("cases")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [part for part, works in answer.json()["parts"].items() if not works] == ["migrations"]


def test_ready_names_a_database_that_is_away_and_shows_nothing_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> bool:
        raise OperationalError("no route to postgres://who:secret@host/name")

    monkeypatch.setattr(health, "_database", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] is False
    assert b"secret" not in answer.content


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


def test_log_lines_carry_the_id_of_their_request() -> None:
    configured: Any = settings.LOGGING
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter(configured["formatters"]["json"]["fmt"]))
    handler.addFilter(RequestIdFilter())

    def view(_request: Request) -> HttpResponse:
        handler.handle(logging.makeLogRecord({"msg": "words"}))
        return HttpResponse()

    request: Any = RequestFactory().get("/")
    answer = request_id(view)(request)
    assert json.loads(written.getvalue())["request_id"] == answer["X-Request-Id"]
    assert configured["handlers"]["stdout"]["filters"] == ["request_id"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_ends_the_duty_in_hand_and_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    worker, done = running.Worker(), []

    def duties(*, worker: str) -> int:
        assert jobs_queries.a_worker_lives()
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("to its end")
        return 1

    monkeypatch.setattr(running.jobs, "run_due", duties)
    monkeypatch.setattr(running, "PAUSE", 0)
    before = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)]
    try:
        worker.run()
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert done == ["to its end"]
    assert not jobs_queries.a_worker_lives()


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
        ("SMS_URL", "ftp://u:p@x/a1/sms", "SMS_URL"),
        ("SMS_URL", "https://api.46elks.com/a1/sms", "SMS_URL"),
        ("SMS_URL", "http://u:p@api.46elks.com/a1/sms", "SMS_URL"),
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


def test_a_body_larger_than_any_file_is_refused_unread(client: Client) -> None:
    answer = client.post("/sprak/", "x", content_type="text/plain", CONTENT_LENGTH="99000000")
    assert (answer.status_code, answer["Content-Type"]) == (413, "text/plain; charset=utf-8")
    assert answer["X-Request-Id"]
    assert client.post("/sprak/", "x", content_type="text/plain").status_code != 413
