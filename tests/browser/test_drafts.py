"""Nothing typed is lost: drafts come back after a reload, after the end of the session, in a second browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import shot, sign_in
from tests.browser.forms import send

pytestmark = pytest.mark.browser

WORDS = "She will call on Thursday; her sister's number is with the reception."
MINUTE = 60_000


@pytest.fixture
def address(product):
    """Where a note on a case is written; each test has a case of its own."""
    taken = product.ask("SELECT path FROM accounts_draft")
    found = product.ask("SELECT reference FROM cases_case WHERE stage = 'screening' OR stage = 'enquiry' ORDER BY id")
    return next(f for r in found if (f := f"/cases/{r}/add_note/") not in taken)


def typed(page, address):
    page.goto(address)
    page.get_by_label("Note").fill(WORDS)
    expect(page.locator("[data-draft-state]")).to_contain_text("Saved")


def leave_session(page):
    """The session ends while the page stands open."""
    page.context.clear_cookies(name=re.compile("session"))


def test_words_come_back_after_a_reload_and_can_be_thrown_away(desk, address):
    page = desk.page("amina")
    typed(page, address)
    page.reload()
    expect(page.get_by_label("Note")).to_have_value(WORDS)
    expect(page.locator("main")).to_contain_text("are back")
    shot(page, "draft-is-back")
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_label("Note")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("")


def test_words_come_back_in_another_browser_and_to_nobody_else(desk, address):
    typed(desk.page("amina"), address)
    other = desk.page("amina")
    other.goto(address)
    expect(other.get_by_label("Note")).to_have_value(WORDS)
    stranger = desk.page("bashir")
    stranger.goto(address)
    expect(stranger.get_by_label("Note")).to_have_value("")
    other.get_by_role("link", name="Start again").click()


def test_words_come_back_after_the_session_has_ended(desk, address, product):
    page = desk.page("amina")
    typed(page, address)
    leave_session(page)
    page.get_by_role("button", name="Save the note").click()
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, "amina")
    assert page.url.endswith(address)
    expect(page.get_by_label("Note")).to_have_value(WORDS)
    send(page, "Save the note")
    assert product.ask("SELECT count(*) FROM accounts_draft WHERE path = %s", address) == [0]


def test_an_unfinished_note_that_cannot_be_kept_says_so(desk, address):
    page = desk.page("amina")
    page.goto(address)
    page.route("**/drafts/", lambda route: route.abort())
    page.get_by_label("Note").fill(WORDS)
    expect(page.locator("[data-draft-state]")).to_contain_text("Not saved yet")
    page.unroute("**/drafts/")


def test_the_end_of_the_session_is_told_before_it_comes(desk):
    page = desk.page("amina")
    page.clock.install()
    page.goto("/")
    dialog = page.locator("dialog#session")
    page.clock.fast_forward(26 * MINUTE)
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(2 * MINUTE)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("What you typed is kept")
    shot(page, "dialog-session")
    page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(30 * MINUTE)
    again = dialog.get_by_role("link", name="Sign in again")
    expect(again).to_be_visible()
    leave_session(page)
    again.click()
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, "amina")
    expect(page.locator("h1")).to_contain_text("Amina")
