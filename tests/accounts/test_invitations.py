"""People get in by a link that works once; the first link of an installation makes the first administrator."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.lifecycle import accept_invitation, end_access, first_link, invite_user, mail_invitations
from accounts.models import AccountEvent, Invitation, Organisation, User
from accounts.roles import Role
from tests.accounts.gateway import Gateway, running

PASSWORD = "a long walk home"
ANSWERS = {"name": "Leila Haddad", "password": PASSWORD, "again": PASSWORD}


def invite(cast, **facts):
    facts = {
        "email": "Leila@Demo.Example",
        "name": "Leila",
        "role": Role.CASEWORKER,
        "organisation": cast.agency,
    } | facts
    return invite_user(by=cast.ada, site="https://homeward.example", **facts)


def test_an_invitation_makes_one_user_once(cast, client):
    invitation, secret = invite(cast, office=cast.lyon)
    address = f"/welcome/{secret}/"
    assert secret not in str(Invitation.objects.values())
    page = client.get(address).content.decode()
    assert "leila@demo.example" in page and "Caseworker" in page
    answer = client.post(address, ANSWERS)
    assert answer.status_code == 302 and answer.url == "/accounts/login/"
    user = User.objects.get(email="leila@demo.example")
    assert (user.name, user.role, user.office) == ("Leila Haddad", Role.CASEWORKER, cast.lyon)
    for again in (client.get(address), client.post(address, ANSWERS)):
        assert again.status_code == 410 and "does not work any more" in again.content.decode()
    assert User.objects.filter(email="leila@demo.example").count() == 1
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    assert client.get("/messages/").status_code == 200


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"again": "another walk home"}, "This is not the same password."),
        ({"password": "short", "again": "short"}, "at least 10 characters"),
        ({"password": "password123", "again": "password123"}, "too common"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_link_still_works(cast, client, answers, words):
    _invitation, secret = invite(cast)
    answer = client.post(f"/welcome/{secret}/", ANSWERS | answers)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert accept_invitation(secret, name="Leila", password=PASSWORD)


def test_an_expired_link_says_so_and_can_be_replaced(cast, client, clock):
    _invitation, secret = invite(cast)
    clock.shift(timedelta(days=8))
    assert client.get(f"/welcome/{secret}/").status_code == 410
    _invitation, fresh = invite(cast)
    assert fresh != secret and client.get(f"/welcome/{fresh}/").status_code == 200


def test_a_guessed_link_opens_nothing(client, db):
    assert client.get("/welcome/0123456789abcdef/").status_code == 410


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"email": "amina@demo.example"}, "email"),
        ({"role": Role.PARTNER_WORKER}, "role"),
        ({"role": Role.SYSTEM}, "role"),
    ],
)
def test_what_cannot_be_invited(cast, facts, field):
    with pytest.raises(ValidationError) as refusal:
        invite(cast, **facts)
    assert field in refusal.value.message_dict


def test_one_open_invitation_for_each_address(cast):
    invite(cast)
    with pytest.raises(ValidationError):
        invite(cast)


def test_only_an_administrator_invites(cast):
    for other in (cast.amina, cast.bashir, cast.mira, cast.audit, cast.hawa):
        with pytest.raises(PermissionDenied):
            invite_user(by=other, email="x@demo.example", name="X", role=Role.CASEWORKER, organisation=cast.agency)


def test_the_page_invites_once_however_often_it_is_sent(cast, client):
    client.force_login(cast.ada)
    page = client.get("/users/invite/")
    answers = {"email": "leila@demo.example", "name": "Leila", "role": "caseworker", "organisation": cast.agency.pk}
    answers["_mark"] = str(page.context["mark"])
    first = client.post("/users/invite/", answers)
    assert first.status_code == 200 and "/welcome/" in first.content.decode()
    second = client.post("/users/invite/", answers)
    assert second.status_code == 302 and second.url == "/users/"
    assert Invitation.objects.count() == 1
    third = client.post("/users/invite/", answers | {"_mark": ""})
    assert third.status_code == 422 and "on its way" in third.content.decode()


def test_a_withdrawn_link_is_dead(cast, client):
    invitation, secret = invite(cast)
    client.force_login(cast.ada)
    assert client.post(f"/users/invitations/{invitation.pk}/withdraw/").status_code == 302
    client.logout()
    assert client.get(f"/welcome/{secret}/").status_code == 410


def test_the_link_goes_out_by_mail_and_is_tried_again(cast, settings, clock):
    _invitation, secret = invite(cast)
    with running(Gateway(lambda attempt: "refuse" if attempt == 1 else "take"), settings) as gateway:
        assert mail_invitations() == 0
        assert mail_invitations() == 0, "not at once again"
        clock.shift(timedelta(minutes=2))
        assert mail_invitations() == 1 and mail_invitations() == 0
    (letter,) = gateway.letters.values()
    assert letter["To"] == "leila@demo.example"
    assert f"https://homeward.example/welcome/{secret}/" in letter.get_content()


def test_somebody_who_comes_back_is_the_same_user(cast):
    end_access(cast.claire, by=cast.ada)
    _invitation, secret = invite(cast, email=cast.claire.email, role=Role.SUPERVISOR)
    user = accept_invitation(secret, name="Claire Vasseur", password=PASSWORD)
    assert (user.pk, user.role, user.is_active) == (cast.claire.pk, Role.SUPERVISOR, True)


def test_the_first_link_makes_the_first_administrator_and_their_agency(db, client):
    link = first_link()
    assert first_link() == link, "the same link until it is used"
    page = client.get(link).content.decode()
    assert "This installation is new" in page
    answers = ANSWERS | {"email": "First@Agency.example", "agency": "New agency", "country": "FR"}
    wrong = client.post(link, answers | {"time_zone": "Mars/Base", "country": "Atlantis"})
    assert wrong.status_code == 422 and not Organisation.objects.exists()
    assert client.post(link, answers | {"time_zone": "Europe/Paris"}).status_code == 302
    user = User.objects.get(email="first@agency.example")
    assert user.role == Role.ADMINISTRATOR and user.organisation.name == "New agency"
    assert user.organisation.kind == "host" and user.organisation.time_zone == "Europe/Paris"
    assert client.get(link).status_code == 410 and first_link() == ""


def test_an_old_first_link_is_replaced(db, client):
    old = first_link()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    new = first_link()
    assert new != old and client.get(old).status_code == 410 and client.get(new).status_code == 200


def test_it_is_written_down_who_let_whom_in(cast):
    _invitation, secret = invite(cast)
    accept_invitation(secret, name="Leila", password=PASSWORD)
    lines = [(line.verb, line.by.first_name, line.about) for line in AccountEvent.objects.order_by("pk")]
    assert lines == [
        ("invite_user", "Ada", "leila@demo.example"),
        ("accept_invitation", "Leila", "leila@demo.example"),
    ]
