"""A key for a program: an administrator arranges it, its person collects it, nobody else sees it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.lifecycle import collect_token, end_access, end_token, give_token
from accounts.models import AccountEvent, ApiToken, Notice
from tests import make


@pytest.fixture
def arranged(cast, client, amina) -> ApiToken:
    client.force_login(cast.ada)
    answer = client.post("/users/keys/new/", {"name": "Housing register", "user": amina.pk})
    assert answer.url == "/users/keys/"
    return ApiToken.objects.get(user=amina)


def reads(secret: str) -> int:
    return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/cases/").status_code


def test_the_person_collects_it_once_and_the_program_works(cast, client, amina, arranged):
    notice = Notice.objects.get(recipient=amina, kind="token_given")
    client.force_login(amina)
    assert client.get(f"/messages/{notice.pk}/").url == "/keys/"
    address = f"/keys/{arranged.pk}/"
    assert address in client.get("/keys/").content.decode()
    assert "Housing register" in client.get(address).content.decode()
    page = client.post(address)
    secret = page.context["result"]
    assert secret in page.content.decode() and reads(secret) == 200
    assert "no-store" in page["Cache-Control"]
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert secret not in client.get("/keys/").content.decode()
    arranged.refresh_from_db()
    assert secret not in arranged.secret_hash and arranged.expires_at.year == arranged.created_at.year + 1
    assert AccountEvent.objects.filter(verb="collect_token", by=amina).count() == 1


def test_the_administrator_arranges_and_ends_but_never_sees_it(cast, client, amina, arranged):
    assert "Waits to be collected" in client.get("/users/keys/").content.decode()
    assert client.post(f"/keys/{arranged.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        collect_token(arranged, by=cast.ada)
    secret = collect_token(arranged, by=amina)
    assert secret not in client.get("/users/keys/").content.decode()
    client.post(f"/users/keys/{arranged.pk}/end/")
    assert reads(secret) == 401
    with pytest.raises(PermissionDenied):
        end_token(arranged, by=cast.bashir)


def test_a_colleague_finds_nothing_to_collect(cast, client, arranged):
    for other in (cast.claire, cast.bashir, cast.nadia, cast.hawa):
        client.force_login(other)
        assert client.get(f"/keys/{arranged.pk}/").status_code == 404
        assert "Housing register" not in client.get("/keys/").content.decode()


def test_what_is_ended_or_collected_is_not_collected_again(cast, amina, arranged):
    end_token(arranged, by=cast.ada)
    with pytest.raises(ValidationError):
        collect_token(arranged, by=amina)
    other = give_token(amina, by=cast.ada, name="Archive")
    collect_token(other, by=amina)
    with pytest.raises(ValidationError):
        collect_token(other, by=amina)


def test_a_form_to_collect_that_is_sent_twice_shows_nothing_the_second_time(client, amina, arranged):
    client.force_login(amina)
    address = f"/keys/{arranged.pk}/"
    mark = {"_mark": str(client.get(address).context["mark"])}
    assert client.post(address, mark).status_code == 200
    assert client.post(address, mark).url == "/keys/"


def test_keys_end_with_the_access_of_their_person(cast, claire):
    token, secret = make.key(claire)
    end_access(claire, by=cast.ada)
    token.refresh_from_db()
    assert token.ended_at and reads(secret) == 401
    with pytest.raises(ValidationError):
        give_token(claire, by=cast.ada, name="Another")


def test_half_a_key_cannot_be_written(amina):
    with pytest.raises(DatabaseError), transaction.atomic():
        ApiToken.objects.create(name="Half", user=amina, secret_hash="1" * 64)
