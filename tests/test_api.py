"""The API: the same verbs behind the same doors as the pages, and never an answer outside its own schema."""

import uuid
from base64 import b64encode

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from avrr.wsgi import application
from cases.models import Event
from tests import make

EACH = 8  # requests for each operation
KEEPS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


def program(user) -> Client:
    """A client of another system that acts as `user`."""
    return Client(headers={"Authorization": f"Bearer {make.key(user)[1]}"})


def test_a_program_reads_the_cases_of_its_agency(cast):
    case = make.opened(cast)
    found = program(cast.amina).get("/api/v1/cases/").json()["results"]
    assert [row["reference"] for row in found] == [case.reference]
    assert found[0]["people"][0]["name"] == make.FATOU["name"]
    assert program(cast.nadia).get("/api/v1/cases/").json()["results"] == []
    assert program(cast.mira).get("/api/v1/cases/").json()["results"] == []


def test_a_partner_reads_only_what_was_shared(cast):
    shared = make.handed_over(cast)
    answer = program(cast.horizon).get(f"/api/v1/shared/{shared.reference}/").json()
    assert answer["title"] == ""
    assert answer["people"] == []
    assert program(cast.lantern).get(f"/api/v1/shared/{shared.reference}/").status_code == 404
    assert program(cast.horizon).get(f"/api/v1/cases/{shared.reference}/").status_code == 404


def test_a_program_carries_out_a_verb_and_it_is_told(cast):
    case = make.opened(cast)
    answer = program(cast.amina).post(
        f"/api/v1/cases/{case.reference}/add_note/", {"note": "Called."}, content_type="application/json"
    )
    assert answer.status_code == 200
    assert answer.json() == {"verb": "add_note", "at": case.get_absolute_url()}
    assert Event.objects.filter(case=case, verb="add_note", note="Called.", by=cast.amina).count() == 1


def test_the_same_idempotency_key_is_carried_out_once(cast):
    case, client = make.opened(cast), program(cast.amina)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for _again in range(3):
        address = f"/api/v1/cases/{case.reference}/add_note/"
        assert client.post(address, {"note": "Once."}, content_type="application/json", headers=key).status_code == 200
    assert Event.objects.filter(case=case, verb="add_note").count() == 1


@pytest.mark.parametrize(
    ("who", "verb", "sent", "code"),
    [
        ("amina", "add_note", {}, 400),
        ("amina", "add_note", {"note": "\ud800"}, 400),
        ("amina", "add_note", ["note"], 400),
        ("nadia", "add_note", {"note": "x"}, 404),
        ("mira", "add_note", {"note": "x"}, 404),
        ("amina", "start_screening", {}, 409),
        ("amina", "ask_decision", {}, 409),
    ],
)
def test_problems_are_said_in_problem_json(cast, who, verb, sent, code):
    case = make.opened(cast)
    client = program(getattr(cast, who))
    answer = client.post(f"/api/v1/cases/{case.reference}/{verb}/", sent, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (code, "application/problem+json")
    assert answer.json()["status"] == code
    assert not Event.objects.filter(case=case, verb=verb).exists()


def test_an_unknown_or_ended_key_is_refused(cast):
    answer = Client(headers={"Authorization": "Bearer nonsense"}).get("/api/v1/cases/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    token, secret = make.key(cast.amina)
    token.ended_at = token.created_at
    token.save()
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/cases/").status_code == 401


@pytest.mark.parametrize(
    "mark", ["p=abc", "p=", "p=1.5", "p=%00", "r=1&p=x", "p=-1", f"p={10**18}", "p=\u00b2", "\ud7ff"]
)
@pytest.mark.parametrize("kind", ["cases", "work", "texts"])
def test_a_mark_that_no_answer_named_leads_nowhere(cast, kind, mark):
    make.opened(cast)
    answer = program(cast.amina).get(f"/api/v1/{kind}/", {"cursor": b64encode(mark.encode()).decode()})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.fixture
def one_connection():
    """As Django's own test client does: a request of the test does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api(cast, one_connection):
    """The API's own schema, with addresses of real records now and then, spoken to as three people."""
    grant = make.granted(cast)
    case = grant.case
    real = {"reference": [case.reference, grant.reference], "number": [1], "pk": [grant.plan_id], "id": [grant.plan_id]}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    keys = [make.key(user)[1] for user in (cast.amina, cast.bashir, cast.horizon)]

    @schema.hook("map_path_parameters")
    def real_records(context, path_parameters):
        return {
            name: real[name][len(str(value)) % len(real[name])] if name in real else value
            for name, value in (path_parameters or {}).items()
        }

    @schema.hook("map_headers")
    def signed_in(context, headers):
        headers = dict(headers or {})
        headers["Authorization"] = f"Bearer {keys[len(str(headers)) % len(keys)]}"
        return headers

    return schema


def test_every_answer_is_in_the_schema(api):
    """A few invented requests for each operation: no 5xx, nothing the schema does not say."""
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) > 80

    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def answers_as_said(case):
            case.call_and_validate(checks=KEEPS)

        answers_as_said()
