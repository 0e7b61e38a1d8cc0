"""The language switch keeps the page, its filters and what is being typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, shot

pytestmark = pytest.mark.browser


def speak(page, language: str):
    page.locator("header").get_by_role("button", name=language).filter(visible=True).click()


def test_page_and_filters_stay(desk):
    page = desk.page("claire")  # she works in French
    page.goto("/cases/?stage=open&owner=&q=a")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1")).to_have_text("Dossiers")
    address = page.url
    speak(page, "English")
    expect(page.locator("h1")).to_have_text("Cases")
    assert page.url == address
    expect(page.locator("#id_q")).to_have_value("a")
    speak(page, "Français")
    expect(page.locator("h1")).to_have_text("Dossiers")
    assert page.url == address


def test_what_is_typed_stays(desk, product):
    page = desk.page("claire")
    page.goto("/cases/open_case/")
    page.locator("#id_name").fill("Ndèye Fall")
    expect(page.locator("[data-draft-state]")).not_to_be_empty()
    speak(page, "English")
    expect(page.locator("h1")).to_have_text("New enquiry")
    expect(page.locator("#id_name")).to_have_value("Ndèye Fall")
    speak(page, "Français")
    expect(page.locator("#id_name")).to_have_value("Ndèye Fall")


def test_on_the_phone_it_stands_in_the_menu(desk):
    page = desk.page("claire", PHONE)
    page.goto("/cases/?stage=open")
    page.locator("details.menu summary").click()
    shot(page, "menu-390")
    speak(page, "English")
    expect(page.locator("h1")).to_have_text("Cases")
    assert page.url.endswith("/cases/?stage=open")
    page.locator("details.menu summary").click()
    speak(page, "Français")
    expect(page.locator("h1")).to_have_text("Dossiers")
