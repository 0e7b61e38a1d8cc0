"""What people read when something went wrong: plain words in their language, what they typed, a number to tell."""

import io
import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from avrr.errors import fault
from avrr.logs import Formatter
from tests import make
from tests.make import OUSMANE

OURS = {"Origin": "http://testserver"}


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_a_page_from_an_earlier_sign_in_keeps_what_was_typed(cast, strict):
    case = make.in_application(cast, OUSMANE)
    strict.force_login(cast.amina)
    page = reverse("add_note", args=[case.reference])
    typed = {"note": "<b>They ask about school fees.", "_mark": "m", "csrfmiddlewaretoken": "old", "password": "secret"}
    answer = strict.post(page, typed, headers=OURS)
    text = answer.content.decode()
    assert answer.status_code == 403 and "earlier sign-in" in text and f'href="{page}"' in text
    assert "&lt;b&gt;They ask about school fees." in text and "<dt>Note</dt>" in text
    assert "secret" not in text and "<dd>old</dd>" not in text and "<dd>m</dd>" not in text
    assert not case.events.filter(verb="add_note").exists()


def test_it_is_said_in_the_language_of_the_reader(cast, strict):
    cast.amina.language = "fr"
    cast.amina.save()
    strict.force_login(cast.amina)
    case = make.in_application(cast, OUSMANE)
    answer = strict.post(reverse("add_note", args=[case.reference]), {"note": "Bonjour"}, headers=OURS)
    assert 'lang="fr"' in answer.content.decode() and "connexion précédente" in answer.content.decode()


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_words_from_another_site_are_not_shown(cast, strict, origin):
    strict.force_login(cast.amina)
    answer = strict.post("/cases/open_case/", {"name": "Call this number"}, headers=origin)
    assert answer.status_code == 403 and "Call this number" not in answer.content.decode()


def test_what_no_page_of_ours_sends_is_refused_in_our_words(cast, client):
    client.force_login(cast.amina)
    client.raise_request_exception = False
    answer = client.get("/cases/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400 and "elsewhere" not in answer.content.decode()
    many = {f"field{number}": "x" for number in range(3000)}
    answer = client.post("/cases/open_case/", many)
    assert answer.status_code == 400 and "This could not be understood" in answer.content.decode()


@pytest.fixture
def log(monkeypatch):
    """What our own handler writes meanwhile."""
    out = io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, Formatter):
            monkeypatch.setattr(handler, "stream", out)
    return out


def test_a_fault_of_ours_has_a_number_that_stands_in_the_log(cast, client, monkeypatch, log):
    def breaks(*_):
        raise ZeroDivisionError("Aminata Ndiaye, born 1991")

    monkeypatch.setattr("cases.views.cases.lines", breaks)
    cast.amina.language = "fr"
    cast.amina.save()
    client.force_login(cast.amina)
    client.raise_request_exception = False
    answer = client.get("/cases/")
    text, number = answer.content.decode(), answer["X-Request-ID"]
    assert answer.status_code == 500 and 'lang="fr"' in text and number in text
    assert "Traceback" not in text and "ZeroDivision" not in text and "Aminata" not in text
    told = [json.loads(line) for line in log.getvalue().splitlines() if number in line]
    assert any("ZeroDivisionError" in json.dumps(line) for line in told)
    assert not any("Aminata" in json.dumps(line) for line in told)


def test_the_page_for_a_fault_needs_no_database(django_assert_num_queries, db):
    request = type("Request", (), {"id": "abc"})()
    with django_assert_num_queries(0):
        assert b"abc" in fault(request).content


def test_a_program_gets_a_problem_not_a_page(cast, client, monkeypatch):
    monkeypatch.setattr("cases.api.CaseViewSet.with_related", lambda *_: 1 / 0)
    client.force_login(cast.amina)
    client.raise_request_exception = False
    answer = client.get("/api/v1/cases/")
    assert answer.status_code == 500 and answer["Content-Type"] == "application/problem+json"
