"""A forgotten password: the link comes by mail, works once and not for long, and nobody learns who has access here."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Notice, User
from accounts.notices import deliver
from tests.people import PASSWORD
from tests.test_access import routes

ASK = "/accounts/password/reset/"
NEW = "another-long-password-7"


def ask_for(email: str):
    return Client().post(ASK, {"email": email}, follow=True)


def link() -> str:
    """Where the one mail leads."""
    deliver()
    (letter,) = mail.outbox
    return re.search(r"http://testserver(/\S+)", letter.body)[1]


def choose(path: str, password=NEW):
    client = Client()
    form = client.get(path, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def test_it_is_a_row_first_and_a_mail_later_with_a_link_that_works_once(amina):
    assert "Look into your mailbox" in ask_for(amina.email).content.decode()
    assert not mail.outbox
    notice = Notice.objects.get(recipient=amina)
    assert notice.kind == "password_forgotten" and notice.context == {"site": "http://testserver"}
    path = link()
    assert "has been changed" in choose(path).content.decode()
    amina.refresh_from_db()
    assert amina.check_password(NEW) and not amina.check_password(PASSWORD)
    assert Notice.objects.filter(recipient=amina, kind="sign_in_changed").count() == 1
    assert "does not work any more" in choose(path, PASSWORD).content.decode()


def test_who_forgot_the_password_can_still_set_up_codes(client, amina, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    ask_for(amina.email)
    choose(link())
    client.post("/accounts/login/", {"login": amina.email, "password": NEW})
    page = client.get("/", follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_activate_totp") and page.status_code == 200


def test_the_link_lives_for_an_hour(clock, amina):
    ask_for(amina.email)
    path = link()
    clock.shift(timedelta(minutes=59))
    assert "Choose a password" in Client().get(path, follow=True).content.decode()
    clock.shift(timedelta(minutes=2))
    assert "does not work any more" in Client().get(path, follow=True).content.decode()


def test_nobody_learns_who_has_access_here(cast, amina):
    User.objects.filter(pk=cast.claire.pk).update(is_active=False)
    pages = [ask_for(email).content for email in (amina.email, cast.claire.email, "nobody@demo.example")]
    assert len({re.sub(rb"[\w-]{40,}", b"", page) for page in pages}) == 1, "but for the marks of each form"
    assert [notice.recipient for notice in Notice.objects.filter(kind="password_forgotten")] == [amina]


def test_asked_twice_at_once_one_mail_comes(amina):
    ask_for(amina.email)
    ask_for(amina.email)
    assert link()


def test_in_the_list_of_messages_it_leads_to_a_form_and_carries_no_link(client, amina):
    ask_for(amina.email)
    client.force_login(amina)
    assert "reset/key" not in client.get("/messages/").content.decode()
    assert client.get(f"/messages/{Notice.objects.get().pk}/").url == "/accounts/password/change/"


def test_who_changes_how_they_sign_in_is_told(client, amina):
    client.force_login(amina)
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", sent).status_code == 302
    assert Notice.objects.filter(recipient=amina, kind="sign_in_changed").count() == 1


def test_cookies_are_for_this_site_and_hidden_from_scripts(client, amina, settings):
    answer = client.post("/accounts/login/", {"login": amina.email, "password": PASSWORD})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    assert client.get("/accounts/login/", follow=True).cookies.keys() <= {settings.CSRF_COOKIE_NAME}


OF_SIGNING_IN = [route for route in routes() if route.startswith("accounts/")]


@pytest.mark.parametrize("route", OF_SIGNING_IN)
def test_every_page_of_signing_in_is_ours_or_not_there(client, amina, route):
    path = "/" + re.sub(r"<\w+>-<key>", "1-no", route).replace("<key>", "x").replace("<uidb36>", "1")
    for _who in range(2):
        answer = client.get(path)
        assert answer.status_code in (200, 302, 404), path
        if answer.status_code == 200:
            assert "entrance.html" in {template.name for template in answer.templates}, path
        client.force_login(amina)


def test_what_is_not_offered_is_not_there(client, cast):
    for path in (
        "email/",
        "confirm-email/",
        "confirm-email/MQ:1x/",
        "inactive/",
        "password/set/",
        "login/code/confirm/",
    ):
        assert client.get(f"/accounts/{path}").status_code == 404, path


def test_where_codes_are_required_the_page_says_so_and_lets_nobody_by(client, amina, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.post("/accounts/login/", {"login": amina.email, "password": PASSWORD})
    page = client.get("/", follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_activate_totp")
    assert "nobody works without it" in page.content.decode() and ">Cancel<" not in page.content.decode()
    assert not Authenticator.objects.filter(user=amina).exists()


def test_later_in_the_day_codes_are_changed_only_with_the_password(client, clock, amina):
    client.post("/accounts/login/", {"login": amina.email, "password": PASSWORD})
    address = reverse("mfa_activate_totp")
    assert client.get(address).status_code == 200
    clock.shift(timedelta(minutes=16))
    assert client.get(address).url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(address).status_code == 200
