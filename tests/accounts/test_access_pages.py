"""The pages of people and access open for those they belong to, and are not there for anybody else."""

import pytest
from django.urls import reverse

ADMINISTRATION = [
    "user_list", "invite_user", "token_list", "give_token", "organisation_list", "keep_organisation", "programme_list",
    "keep_programme", "suspend_country", "service_list", "keep_service",
]  # fmt: skip
AUDIT = ["audit_list", "access_audit"]


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration_is_the_administrators(client, cast, name):
    client.force_login(cast.ada)
    assert client.get(reverse(name)).status_code == 200
    for other in (cast.amina, cast.bashir, cast.mira, cast.audit, cast.hawa):
        client.force_login(other)
        assert client.get(reverse(name)).status_code == 404, other


@pytest.mark.parametrize("name", AUDIT)
def test_the_logs_are_the_auditors(client, cast, name):
    client.force_login(cast.audit)
    assert client.get(reverse(name)).status_code == 200
    for other in (cast.amina, cast.bashir, cast.ada, cast.hawa):
        client.force_login(other)
        assert client.get(reverse(name)).status_code == 404, other


@pytest.mark.parametrize("name", ["notice_list", "help"])
def test_everybody_has_messages_and_help(client, cast, name):
    for person in cast.everybody().values():
        client.force_login(person)
        assert client.get(reverse(name)).status_code == 200, person


@pytest.mark.parametrize("name", [*ADMINISTRATION, *AUDIT, "notice_list", "name_deputy", "reassign", "seconds_left"])
def test_a_stranger_is_sent_to_sign_in(client, db, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")


def test_an_administrator_sees_no_case(client, ada):
    client.force_login(ada)
    assert client.get("/").url == reverse("user_list")
    assert client.get("/cases/").status_code in (404, 302)
    assert client.get("/cases/reassign/").status_code == 404


def test_things_that_exist_open_with_what_they_are(client, cast):
    client.force_login(cast.ada)
    pages = {
        reverse("keep_organisation", args=[cast.partner.pk]): "Horizon",
        reverse("keep_programme", args=[cast.programme.pk]): "HN-26",
        reverse("keep_donor_line", args=[cast.programme.pk, cast.line.pk]): "HN-26-B2",
        reverse("keep_service", args=[cast.service.pk]): "Psychosocial support",
        reverse("end_access", args=[cast.amina.pk]): "Amina Rahmani",
        reverse("reset_second_factor", args=[cast.amina.pk]): "Amina Rahmani",
    }
    for address, words in pages.items():
        answer = client.get(address)
        assert answer.status_code == 200 and words in answer.content.decode(), address


def test_own_addresses_cannot_be_changed_and_nobody_signs_up(client, amina):
    assert "By invitation only" in client.get("/accounts/signup/").content.decode()
    client.force_login(amina)
    assert client.get("/accounts/email/").status_code == 404
