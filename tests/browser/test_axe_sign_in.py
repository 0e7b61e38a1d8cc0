"""axe, and rules of our own, on every page of signing in, met as people meet them: password forgotten, codes set up,
used and switched off, tried too often."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.axe import check, page_in
from tests.browser.desk import PASSWORD, shot

pytestmark = pytest.mark.browser

WHO = {"light": "levan", "phone": "lantern", "French phone": "samuel"}  # whose sessions no other test keeps


class Walk:
    """One person, one face: each page is looked at, and what is wrong is kept."""

    def __init__(self, face, desk, product):
        self.face, self.product, self.email = face, product, f"{WHO[face]}@demo.example"
        self.page, self.wrong = page_in(face, desk, product), []

    def look(self, name: str):
        self.wrong += check(self.page)
        shot(self.page, f"sign-in-{name}-{self.face}")

    def send(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)
        self.page.locator("main button[type=submit]").first.click()

    def sign_in(self, password=PASSWORD):
        self.page.goto("/accounts/login/")
        self.send(login=self.email, password=password)

    def link_in_mail(self) -> str:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for letter in self.product.letters():
                if self.email in letter["recipients"] and (
                    found := re.search(r"/accounts/password/reset/key/\S+", letter["text"])
                ):
                    return found[0]
            time.sleep(0.2)
        raise AssertionError("no link to a new password came")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("face", WHO)
def test_every_page_of_signing_in(face, desk, product):
    walk = Walk(face, desk, product)
    page = walk.page

    walk.sign_in("not the password")
    page.locator(".error-summary").wait_for()
    walk.look("refused")

    page.goto("/accounts/password/reset/")
    walk.look("forgotten")
    walk.send(email=walk.email)
    page.wait_for_url("**/password/reset/done/")
    walk.look("mail-sent")
    link = walk.link_in_mail()
    page.goto(link)
    walk.look("new-password")
    walk.send(password1=PASSWORD, password2="something else")
    page.locator(".error-summary").wait_for()
    walk.look("new-password-refused")
    walk.send(password1=PASSWORD, password2=PASSWORD)
    page.wait_for_url("**/password/reset/key/done/")
    walk.look("new-password-done")
    page.goto(link)
    walk.look("link-used")
    page.goto("/accounts/signup/")
    walk.look("no-sign-up")

    walk.sign_in()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/accounts/password/change/")
    walk.look("change-password")
    page.goto("/accounts/2fa/")
    walk.look("codes")
    page.goto("/accounts/2fa/totp/activate/")
    secret = page.locator("#letters").inner_text()
    walk.look("codes-set-up")
    walk.send(code="000000")
    page.locator(".error-summary").wait_for()
    walk.look("codes-refused")
    assert page.locator("#letters").inner_text() == secret, "what the telephone has learned stays true"
    walk.send(code=code_of(secret))
    page.wait_for_url("**/recovery-codes/")
    walk.look("recovery-codes")
    recovery = page.locator("main kbd").all_inner_texts()
    page.goto("/accounts/2fa/recovery-codes/generate/")
    walk.look("recovery-codes-new")

    page.goto("/accounts/logout/")
    walk.look("sign-out")
    page.context.clear_cookies(name="avrr_session")
    walk.sign_in()
    page.wait_for_url("**/2fa/authenticate/**")
    walk.look("code-asked")
    walk.send(code="000000")
    page.locator(".error-summary").wait_for()
    walk.look("code-refused")
    walk.send(code=recovery[0])
    page.wait_for_url(lambda url: "/accounts/" not in url)

    page.goto("/accounts/2fa/reauthenticate/?next=/accounts/2fa/")
    walk.look("code-once-more")
    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/totp/deactivate/")
    walk.look("password-once-more")
    walk.send(password=PASSWORD)
    page.wait_for_url("**/totp/deactivate/")
    walk.look("codes-off")
    page.locator("main button.btn-danger").click()
    page.wait_for_url(lambda url: "/deactivate/" not in url)
    assert not product.ask(
        "SELECT m.id FROM mfa_authenticator m JOIN accounts_user u ON u.id = m.user_id WHERE u.email = %s", walk.email
    )
    assert not walk.wrong, "\n".join(walk.wrong)


@pytest.mark.parametrize("face", ["light", "phone"])
def test_the_page_of_too_many_tries(face, desk, product):
    walk = Walk(face, desk, product)
    for _time in range(6):
        walk.page.goto("/accounts/password/reset/")
        walk.send(email=f"often-{face}@demo.example")
        walk.page.wait_for_load_state()
    expect(walk.page.locator("h1")).to_have_text("Too many tries")
    walk.look("too-many-tries")
    assert not walk.wrong, "\n".join(walk.wrong)
