"""Whether the product says truly how it is, and says nothing about people while doing so."""

import json
import logging
import socket
import sys
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from accounts.models import Heartbeat, Notice, Organisation, User
from accounts.notices import deliver, tell
from avrr import health, logs
from tests.accounts.gateway import Gateway, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def recipient():
    host = Organisation.objects.create(name="Host office", kind="host", country="FR")
    return User.objects.create_user("worker@host.example", name="W", role="caseworker", organisation=host)


@pytest.fixture
def frozen():
    """A moment that stays."""
    with time_machine.travel(timezone.now(), tick=False):
        yield timezone.now()


def ready(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_the_process_lives_without_a_database(client, monkeypatch):
    monkeypatch.setattr(health, "migrated", None)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_with_all_servers(client):
    status, state = ready(client)
    assert status == 200
    assert state == {
        "status": "ready",
        "database": "ok",
        "migrations": "applied",
        "walls": "stand",
        "oldest_undelivered_notice_seconds": None,
        "notices_given_up": 0,
        "heartbeats": {},
        "broker": "ok",
    }


def test_the_oldest_notice_that_is_due_counts(client, recipient, frozen):
    for key, age, later in [("old", 300, 0), ("new", 20, 0), ("not due", 900, 60)]:
        Notice.objects.create(
            key=key,
            recipient=recipient,
            kind="any",
            told_at=frozen - timedelta(seconds=age),
            not_before=frozen + timedelta(seconds=later),
        )
    status, state = ready(client)
    assert status == 200
    assert state["oldest_undelivered_notice_seconds"] == 300


@pytest.mark.django_db(transaction=True)
def test_a_gateway_that_refuses_is_seen_between_the_tries_too(client, recipient, frozen, settings):
    tell(recipient, "case_assigned", key="a", reference="AVRR-FR-2026-000001-1")
    Notice.objects.update(told_at=frozen - timedelta(seconds=90))
    with running(Gateway(lambda attempt: "refuse"), settings):
        deliver()
    assert Notice.objects.get().not_before > frozen
    assert ready(client)[1]["oldest_undelivered_notice_seconds"] == 90


def test_heartbeats_are_told_by_age(client, frozen):
    Heartbeat.objects.create(job="night", last_ok=frozen - timedelta(hours=3))
    assert ready(client)[1]["heartbeats"] == {"night": 10800}


def test_not_ready_without_the_database(client, monkeypatch):
    def gone():
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "migrated", gone)
    status, state = ready(client)
    assert status == 503
    assert (state["status"], state["database"]) == ("not ready", "unreachable")


def test_not_ready_with_a_migration_missing(client, monkeypatch):
    monkeypatch.setattr(health, "migrated", lambda: False)
    status, state = ready(client)
    assert (status, state["migrations"]) == (503, "missing")


def test_a_missing_broker_is_told_and_not_fatal(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    status, state = ready(client)
    assert (status, state["broker"]) == (200, "unreachable")


def test_a_frozen_broker_holds_nobody_up(client, settings):
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        settings.REDIS_URL = f"redis://127.0.0.1:{frozen.getsockname()[1]}/0"
        status, state = ready(client)
    assert (status, state["broker"]) == (200, "unreachable")


def test_the_page_does_not_wait_for_a_broker_that_takes_its_time(client, monkeypatch):
    """This broker answers only after the page has: a page that waited for it would say "ok"."""
    gate = threading.Event()
    monkeypatch.setattr(health, "_ping", lambda: gate.wait(60))
    status, state = ready(client)
    gate.set()
    assert (status, state["broker"]) == (200, "unreachable")


def test_an_unsafe_migration_state_is_looked_up(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    assert health.migrated() is True


# --- Logs ---


def formatted(record):
    logs.configure({"level": "ERROR"})
    handler = next(h for h in logging.getLogger().handlers if isinstance(h.formatter, logs.Formatter))
    return json.loads(handler.format(record))


def record_of(message, *values, exc_info=None, **extras):
    record = logging.LogRecord("cases.x", logging.INFO, __file__, 1, message, values, exc_info)
    vars(record).update(extras)
    return record


def test_a_message_is_its_template_and_codes():
    told = formatted(record_of("sent %s to %s after %s", 12, "Farid Rahimi", "cases.tasks.night"))
    assert told["event"] == "sent %s to %s after %s"
    assert told["values"] == [12, "[withheld]", "cases.tasks.night"]


def test_extras_pass_only_as_codes():
    told = formatted(record_of("bell", task="a.b", why="because he said", email="f@x.example", name="Farid"))
    assert told["task"] == "a.b"
    assert told["why"] == "[withheld]"
    assert not {"email", "name"} & set(told)


def test_addresses_and_queries_never_pass():
    told = formatted(record_of("mail to farid@x.example from /cases/?q=farid"))
    assert told["event"] == "mail to [withheld] from /cases/?[withheld]"


def test_an_exception_tells_types_and_places_only():
    try:
        try:
            int("Farid Rahimi")
        except ValueError as error:
            raise KeyError("Farid Rahimi") from error
    except KeyError:
        told = formatted(record_of("failed", exc_info=sys.exc_info()))
    assert "Farid" not in json.dumps(told)
    assert [part["type"] for part in told["exception"]] == ["builtins.KeyError", "builtins.ValueError"]
    assert told["exception"][0]["frames"][0].startswith("tests/test_health.py:")


def test_a_request_is_one_line_without_its_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="avrr.request"):
        answer = client.get("/healthz?q=Farid", headers={"X-Request-ID": "forged"})
    (line,) = [record.msg for record in caplog.records if record.name == "avrr.request"]
    assert (line["method"], line["route"], line["status"], line["user"]) == ("GET", "healthz", 200, None)
    assert "Farid" not in str(line)
    assert len(answer["X-Request-ID"]) == 32 and answer["X-Request-ID"] == line["request_id"]
