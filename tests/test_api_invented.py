"""The API under invented requests to real records, each by somebody who may: it answers as its schema says."""

import re
from contextlib import contextmanager
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, assume, given, seed, settings
from schemathesis import GenerationMode, checks
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi import checks as openapi_checks

from avrr.wsgi import application
from cases.acting import ACTS
from tests import make, moments
from tests.doing import DOINGS

EACH = 3  # invented requests for each operation and mode
VERBS = [verb for verb in DOINGS if verb != "print_plan"]  # which is a page only
PROBLEM = "application/problem+json"
KEEPS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


@contextmanager
def one_connection():
    """As Django's own test client does at each request: it does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@cache
def operations() -> dict:
    """What the API offers, by (method, path)."""
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    found = [one.ok() for one in schema.get_all_operations()]
    return {(one.method.upper(), one.path): one for one in found}


def operation_at(method: str, address: str):
    """The operation of an address, and the values of its path."""
    for (its_method, path), operation in operations().items():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))
        if its_method == method and (found := re.fullmatch(pattern, address)) and "verb" not in found.groupdict():
            return operation, found.groupdict()
    raise LookupError(address)


def key_of(user) -> dict[str, str]:
    return {"Authorization": f"Bearer {make.key(user)[1]}"}


def invented(method, address, key, mode=GenerationMode.POSITIVE) -> list:
    """Answers to a few invented requests, each undone; every one is held against the schema."""
    operation, values = operation_at(method, address)
    answers = []

    @seed(7)
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=values, headers=key))
    @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case):
        assume(mode == GenerationMode.POSITIVE or case.body is not NOT_SET)  # to send nothing may be right
        with one_connection(), transaction.atomic():
            answers.append(case.call())
            transaction.set_rollback(True)
        case.validate_response(answers[-1], checks=KEEPS)

    ask()
    return answers


def on_record(cast, verb):
    """The verb's address at a record that is there, what is rightly answered, and the key of somebody who may."""
    doing = DOINGS[verb]
    record = doing.on(cast)
    return f"/api/v1{doing.address(record)}", doing.answers(cast, record), key_of(getattr(cast, doing.by))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_done_for_a_program_or_refused_as_the_schema_says(cast, verb):
    """To somebody who may, about a record that is there: done, refused beside its fields, or not now."""
    address, answers, key = on_record(cast, verb)
    for answer in invented("POST", address, key):
        assert answer.status_code in (200, 400, 409), answer.text
    as_json = {} if ACTS[verb].has_file else {"content_type": "application/json"}
    done = Client(headers=key).post(address, answers, **as_json)
    assert (done.status_code, done.json().get("verb")) == (200, verb), done.content


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_no_answer_to_a_verb_is_refused_in_problem_json(cast, verb):
    address, answers, key = on_record(cast, verb)
    if ACTS[verb].asks.base_fields:
        for answer in invented("POST", address, key, GenerationMode.NEGATIVE):
            assert 400 <= answer.status_code < 500, answer.text
            assert answer.headers["content-type"] == [PROBLEM]
    for wrong in ("[1]", "7", '"x"', "{", "\xff", "null" if answers else "[]"):
        answer = Client(headers=key).post(address, wrong, content_type="application/json")
        assert 400 <= answer.status_code < 500, (wrong, answer.content)
        assert answer["Content-Type"] == PROBLEM


READABLE = {  # of what, by whom
    "cases": "amina", "work": "amina", "texts": "amina", "follow-ups": "amina", "grants": "bashir", "plans": "bashir",
    "payments": "faye", "shared": "horizon", "referrals": "horizon", "services": "horizon",
}  # fmt: skip


def test_whoever_may_reads_every_kind_of_record_as_the_schema_says(cast):
    moments.accepted_referral(cast)
    make.give_cash(cast, make.paid(cast).shared)
    for kind, who in READABLE.items():
        address, key = f"/api/v1/{kind}/", key_of(getattr(cast, who))
        assert all(answer.status_code in (200, 404) for answer in invented("GET", address, key)), kind
        rows = Client(headers=key).get(address).json()["results"]
        assert rows, kind
        for row in rows[:2]:
            one = f"{address}{row.get('reference') if kind in BY_REFERENCE else row['id']}/"
            assert [answer.status_code for answer in invented("GET", one, key)][0] == 200, one


BY_REFERENCE = ("cases", "shared", "grants")


@pytest.mark.parametrize("kind", ["cases", "work"])
def test_pages_by_cursor_hold_every_row_once_also_while_rows_are_added(cast, kind):
    for _case in range(7):
        make.opened(cast)
    client = Client(headers=key_of(cast.amina))
    there = rows_of(client.get(f"/api/v1/{kind}/?page_size=200"))
    seen, following = [], f"/api/v1/{kind}/?page_size=2"
    while following:
        answer = client.get(following)
        seen += rows_of(answer)
        following = answer.json()["next"]
        make.opened(cast)
    assert seen == there and len(there) >= 7
    assert len(rows_of(client.get(f"/api/v1/{kind}/?page_size=200"))) > len(there), "rows were added"


def rows_of(answer) -> list:
    assert answer.status_code == 200
    return [row.get("id") or row["reference"] for row in answer.json()["results"]]
