"""Impatient hands and stale pages: sent twice is done once, and whoever comes second is told and loses no word."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.browser.desk import shot
from tests.browser.forms import send

pytestmark = pytest.mark.browser


@pytest.fixture
def reference(product):
    """A case at its beginning."""
    return product.ask("SELECT reference FROM cases_case WHERE stage = 'enquiry' AND held_since IS NULL ORDER BY id")[0]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_makes_one_note(desk, product, reference, script):
    words = f"Clicked twice, {'with' if script else 'without'} script."
    page = desk.page("amina", java_script_enabled=script)
    page.goto(f"/cases/{reference}/add_note/")
    page.get_by_label("Note").fill(words)
    page.get_by_role("button", name="Save the note").dblclick(no_wait_after=True)
    page.wait_for_url(f"**/cases/{reference}/")
    assert product.ask("SELECT count(*) FROM cases_event WHERE note = %s", words) == [1]


def test_the_same_form_sent_by_two_at_the_same_time_makes_one_case(desk, product):
    """A phone in a bad network sends again what it has sent."""
    page = desk.page("amina")
    page.goto("/cases/open_case/")
    form = page.locator("form#act")
    sent = dict(form.evaluate("form => [...new FormData(form)].filter(([, v]) => typeof v === 'string' && v)"))
    sent |= {"name": "Twice Sent", "sex": "female", "birth_year": "1980", "nationality": "SN", "return_country": "SN"}
    sent |= {"scenario": "voluntary", "reasons": "family"}
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(lambda _: product.post("/cases/open_case/", sent, cookies), range(4)))
    assert {status for status, _ in answers} == {302}, answers
    assert len({goal for _, goal in answers}) == 1
    assert product.ask("SELECT count(*) FROM cases_person WHERE name = 'Twice Sent'") == [1]


def test_a_stale_tab_is_told_and_keeps_what_was_typed(desk, reference):
    first, second = desk.page("amina"), desk.page("bashir")
    for page in (first, second):
        page.goto(f"/cases/{reference}/hold_case/")
    first.get_by_label("Why it is on hold").fill("In hospital until Friday.")
    send(first, "Put on hold")
    second.get_by_label("Why it is on hold").fill("Waits for a passport photo.")
    with second.expect_navigation() as answer:
        second.get_by_role("button", name="Put on hold").click()
    assert answer.value.status == 409
    expect(second.locator("main")).to_contain_text("Waits for a passport photo.")
    shot(second, "stale-409")
    second.get_by_role("link", name="See it as it is now").click()
    expect(second.locator("main")).to_contain_text("In hospital until Friday.")
    second.get_by_role("link", name="Go on with this case").click()
    send(second, "Go on")


def test_two_people_change_the_same_fact_and_the_second_decides(desk, reference):
    first, second = desk.page("amina"), desk.page("bashir")
    for page in (first, second):
        page.goto(f"/cases/{reference}/edit_case/")
    first.get_by_label("Place of return").fill("Kaolack")
    send(first, "Save")
    second.get_by_label("Place of return").fill("Kolda")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".error-summary")).to_contain_text("Kaolack")
    expect(second.get_by_label("Place of return")).to_have_value("Kolda")
    shot(second, "edited-by-two")
    send(second, "Save")
    expect(second.locator("h1 ~ ul")).to_contain_text("Kolda")
