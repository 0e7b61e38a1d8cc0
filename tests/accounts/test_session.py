"""What is typed is kept on the server; the session, language and colours do as they are told."""

import json

import pytest
from django.utils import timezone

from accounts.drafts import LIMIT
from accounts.models import Draft


@pytest.fixture
def signed_in(client, amina):
    client.force_login(amina)
    return client


def keep(client, path="/cases/open_case/", **fields):
    return client.post("/drafts/", {"_path": path, **fields})


def test_what_is_typed_is_kept_and_replaced(signed_in, amina):
    assert keep(signed_in, name="Fatou", languages=["fr", "wo"]).status_code == 200
    assert keep(signed_in, name="Fatou Sarr", languages=["fr", "wo"]).status_code == 200
    draft = Draft.objects.get(owner=amina)
    assert draft.path == "/cases/open_case/"
    assert draft.fields == {"name": ["Fatou Sarr"], "languages": ["fr", "wo"]}


def test_secrets_and_marks_are_never_kept(signed_in):
    keep(signed_in, name="x", password="p", old_password="p", csrfmiddlewaretoken="t", _mark="m")
    assert Draft.objects.get().fields == {"name": ["x"]}


def test_a_draft_comes_as_json_too_and_can_be_thrown_away(signed_in):
    sent = {"path": "/away/", "fields": {"deputy": "7", "days": ["1", "2"]}}
    assert signed_in.post("/drafts/", json.dumps(sent), content_type="application/json").status_code == 200
    assert Draft.objects.get().fields == {"deputy": ["7"], "days": ["1", "2"]}
    assert signed_in.delete("/drafts/?_path=/away/").status_code == 204
    keep(signed_in, path="/away/", deputy="7")
    assert keep(signed_in, path="/away/", _discard="1").status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "no/slash",
        "//evil.example/",
        "https://evil.example/",
        "/nowhere/at/all/",
        "/a" * 150,
        "javascript:x",
        "/cases/\0/",
    ],
)
def test_only_pages_of_this_site(signed_in, path):
    assert keep(signed_in, path=path, name="x").status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        '{"path": 5}',
        '{"path": "/away/", "fields": {"a": [1]}}',
        "{",
        '{"path": "/away/", "fields": {"a": "\\u0000"}}',
    ],
)
def test_nonsense_is_refused(signed_in, body):
    assert signed_in.post("/drafts/", body, content_type="application/json").status_code == 400


def test_no_more_than_a_page_of_text(signed_in):
    assert keep(signed_in, note="x" * (LIMIT + 1)).status_code == 413


def test_drafts_are_ones_own(signed_in, client, cast):
    keep(signed_in, path="/away/", away_from="2026-05-01")
    client.force_login(cast.claire)
    assert "2026-05-01" not in client.get("/away/").content.decode()
    client.force_login(cast.amina)
    page = client.get("/away/").content.decode()
    assert "2026-05-01" in page and "are back" in page
    assert client.get("/away/?fresh=1").url == "/away/" and not Draft.objects.exists()


def test_the_session_is_renewed_by_staying_not_by_asking(signed_in, settings, clock):
    clock.move_to(timezone.now(), tick=False)
    whole = settings.SESSION_COOKIE_AGE
    assert signed_in.post("/session/").json() == {"seconds": whole}
    clock.shift(whole - 300)
    assert signed_in.get("/session/left/").json() == {"seconds": 300}
    assert signed_in.get("/session/left/").json() == {"seconds": 300}
    assert signed_in.post("/session/").json() == {"seconds": whole}
    assert signed_in.get("/session/left/").json() == {"seconds": whole}
    assert signed_in.get("/session/").status_code == 405


def test_colours_are_a_cookie_and_lead_back(signed_in):
    answer = signed_in.post("/theme/", {"theme": "dark", "next": "/messages/"})
    assert answer.url == "/messages/" and answer.cookies["theme"].value == "dark"
    assert 'data-bs-theme="dark"' in signed_in.get("/messages/").content.decode()
    answer = signed_in.post("/theme/", {"theme": "<b>", "next": "https://evil.example/"})
    assert answer.url == "/" and "theme" not in answer.cookies


def test_the_language_of_a_person_is_kept_for_their_mail(signed_in, amina):
    answer = signed_in.post("/i18n/", {"language": "fr", "next": "/messages/"})
    assert answer.status_code == 302 and answer.url == "/messages/"
    amina.refresh_from_db()
    assert amina.language == "fr"
    signed_in.post("/i18n/", {"language": "xx", "next": "/messages/"})
    amina.refresh_from_db()
    assert amina.language == "fr"


def test_a_stranger_chooses_a_language_too(client, db):
    assert client.post("/i18n/", {"language": "fr", "next": "/accounts/login/"}).status_code == 302
    assert client.get("/accounts/login/").headers["Content-Language"] == "fr"
