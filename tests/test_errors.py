"""When something goes wrong, a page says so in the reader's language, with what was typed or the number in the log."""

import logging

import pytest
from django.test import Client

from accounts import context

PERSONAL_ERROR = "Farid Rahimi cannot be read"


@pytest.fixture
def careful(amina):
    """Amina at a browser whose forms are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    return client


@pytest.fixture
def failing(client, monkeypatch):
    """Every page with a frame fails, with an error that quotes a name."""

    def fail(*_):
        raise RuntimeError(PERSONAL_ERROR)

    monkeypatch.setattr(context, "navigation", fail)
    client.raise_request_exception = False
    return client


def speaks(user, language):
    user.language = language
    user.save()


# --- A form that is older than the last sign-in ---


def test_a_refused_form_shows_what_was_typed(careful):
    sent = {"given_name": "Fatou <b>", "languages": ["fr", "wo"], "password": "hidden-1", "_mark": "hidden-2"}
    answer = careful.post("/cases/open_case/", sent, headers={"Referer": "http://testserver/cases/open_case/?a=1"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This form was not accepted" in page and "not saved, to copy from here" in page
    assert "<dd>Fatou &lt;b&gt;</dd>" in page and "<dd>fr, wo</dd>" in page
    assert "hidden-" not in page
    assert 'href="http://testserver/cases/open_case/?a=1"' in page


def test_the_words_are_those_of_the_form(careful):
    page = careful.post("/cases/HW-1/add_note/", {"note": "She called"}).content.decode()
    assert "<dt>Note</dt><dd>She called</dd>" in page


def test_a_refused_form_speaks_the_language_of_its_reader(careful, amina):
    speaks(amina, "fr")
    answer = careful.post("/cases/open_case/", {"given_name": "Fatou"})
    assert answer.headers["Content-Language"] == "fr" and '<html lang="fr"' in answer.content.decode()
    assert "Ce que vous avez saisi" in answer.content.decode()


@pytest.mark.parametrize(
    "sign", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_what_another_site_sends_is_not_shown_as_typed_and_leads_nowhere(careful, sign):
    headers = sign | {"Referer": "https://evil.example/"}
    page = careful.post("/cases/open_case/", {"given_name": "Call this number"}, headers=headers).content.decode()
    assert "Call this number" not in page and "evil.example" not in page


# --- What cannot be read ---


def test_a_forged_name_of_the_site_is_a_page_of_ours(client, db):
    answer = client.get("/", headers={"Host": "evil.example", "Accept-Language": "fr"})
    assert answer.status_code == 400
    assert "Ceci n’a pas pu être lu" in answer.content.decode() and "avrr.css" in answer.content.decode()


def test_far_too_many_fields_are_a_page_of_ours(client, amina):
    client.force_login(amina)
    speaks(amina, "fr")
    answer = client.post("/cases/open_case/", {f"field{number}": "x" for number in range(2001)})
    assert answer.status_code == 400
    assert '<html lang="fr"' in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()


# --- Our own fault ---


def test_a_program_gets_a_problem_not_a_page(client, amina, monkeypatch):
    monkeypatch.setattr("cases.api.CaseViewSet.with_related", lambda *_: 1 / 0)
    client.force_login(amina)
    client.raise_request_exception = False
    answer = client.get("/api/v1/cases/")
    assert answer.status_code == 500 and answer["Content-Type"] == "application/problem+json"


def test_our_fault_is_told_in_the_language_of_the_reader(failing, amina):
    failing.force_login(amina)
    speaks(amina, "fr")
    answer = failing.get("/help/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert '<html lang="fr"' in page and "Quelque chose n’a pas marché" in page


def test_our_fault_has_the_number_of_its_line_in_the_log_and_no_traceback(failing, db, caplog):
    with caplog.at_level(logging.INFO, logger="avrr.request"):
        answer = failing.get("/help/")
    (line,) = [record.msg for record in caplog.records if record.name == "avrr.request"]
    page = answer.content.decode()
    assert line["status"] == 500 and line["request_id"] == answer["X-Request-ID"]
    assert line["request_id"] in page
    assert PERSONAL_ERROR not in page and "Traceback" not in page and "RuntimeError" not in page
