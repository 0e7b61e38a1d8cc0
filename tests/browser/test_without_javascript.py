"""A form is a form: the first steps of a case in a browser that runs no script at all."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, sign_in
from tests.browser.forms import answer, send

pytestmark = pytest.mark.browser

ENQUIRY = {
    "Name as in the document": "Koumba Without-Script",
    "Sex": "Female",
    "Year of birth": "1990",
    "Nationality": "Senegal",
    "Stays at": "With a friend in Lyon",
    "Country of return": "Senegal",
    "Kind of return": "Voluntary, the right to stay is untouched",
    "Reasons for return": ["Family"],
}
TALK = {
    "Language": "French",
    "Who was present": ["Koumba Without-Script"],
    "Topics": ["Situation and wishes"],
    "What Koumba Without-Script wishes now": "Wishes to go on",
}
CONSENT = {
    "What it is about": "Share my file with the reintegration partner",
    "Named partner": "Horizon",
    "Answer": "No",
    "Language in which it was read to them": "English",
}


def test_from_sign_in_to_consent(desk):
    page = sign_in(desk.page(None, java_script_enabled=False), "amina")
    page.get_by_role("link", name="New enquiry").click()
    answer(page, ENQUIRY)
    send(page, "Open the case")
    page.get_by_role("link", name="Start counselling").click()
    send(page, "Start counselling")
    page.get_by_role("link", name="Record a counselling session").first.click()
    answer(page, TALK)
    send(page, "Save the session")
    page.get_by_role("link", name="Koumba Without-Script").last.click()
    page.get_by_role("link", name="Record consent").click()
    answer(page, CONSENT)
    send(page, "Save the answer")
    expect(page.locator("main")).to_contain_text("Consent recorded")


def test_a_form_with_something_missing_comes_back_as_typed(desk):
    page = desk.page("amina", java_script_enabled=False)
    page.goto("/cases/open_case/")
    answer(page, {"Name as in the document": "Half typed", "Year of birth": "1984"})
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".error-summary a").first).to_be_visible()
    expect(page.get_by_label("Name as in the document")).to_have_value("Half typed")
    expect(page.get_by_label("Year of birth")).to_have_value("1984")


def test_language_and_menu(desk):
    page = desk.page(None, PHONE, java_script_enabled=False)
    page.goto("/accounts/login/?next=/cases/")
    page.get_by_role("button", name="Français").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url.endswith("/accounts/login/?next=/cases/")
    page.get_by_role("button", name="English").first.click()
    sign_in(page, "amina")
    assert page.url.endswith("/cases/")
    page.locator("details.menu summary").click()
    expect(page.get_by_role("link", name="Messages to me")).to_be_visible()


def test_filters_and_search_are_forms(desk, product):
    reference = product.ask("SELECT reference FROM cases_case WHERE stage = 'counselling' ORDER BY id LIMIT 1")[0]
    page = desk.page("amina", java_script_enabled=False)
    page.goto("/cases/")
    page.locator("#id_stage").select_option("counselling")
    page.locator("#id_owner").select_option("")
    page.get_by_role("button", name="Show").click()
    assert "stage=counselling" in page.url
    expect(page.locator("tbody")).to_contain_text(reference)
    page.get_by_role("link", name="Search").first.click()
    page.locator("main input[type=search]").fill(reference)
    page.locator("main button[type=submit]").click()
    assert page.url.endswith(f"/cases/{reference}/")
