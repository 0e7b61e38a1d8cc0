"""Everything by keyboard: the way to the content, lists by single keys, whole forms, dialogs; focus is always seen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import shot

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const label = one.matches(".btn-check") ? getComputedStyle(one.labels[0]) : style;
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    end: one === document.body,
    name: one.outerHTML.slice(0, 120),
    ring: one.type === "datetime-local" // the browser itself shows which part of it has the focus
      || [style, label].some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2),
    seen: !top || [one, ...(one.labels ?? [])].some((part) => part.contains(top) || top.contains(part)),
  };
}"""


@pytest.fixture
def page(desk):
    return desk.page("amina")


@pytest.fixture
def reference(product):
    """A case in counselling."""
    return product.ask("SELECT reference FROM cases_case WHERE stage = 'counselling' ORDER BY id LIMIT 1")[0]


def tab_to(page, selector: str, most=80):
    """Press Tab until the focus is on what `selector` names."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_first_stop_leads_to_the_content(page):
    page.goto("/cases/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/cases/", "/cases/{}/", "/cases/{}/record_counselling/"])
def test_the_focus_is_seen_wherever_it_goes(page, reference, address):
    page.goto(address.format(reference))
    unseen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found["end"]:
            break
        if not (found["ring"] and found["seen"]):
            unseen.append(found)
    assert unseen == []


def test_a_case_is_opened_from_the_list_by_single_keys(page):
    page.goto("/cases/")
    names = page.locator("tbody tr[data-row] th a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(names.nth(0)).to_be_focused()
    goal = names.nth(0).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goal}")


def test_slash_searches_from_anywhere(page, reference):
    page.goto("/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.locator("main input[type=search]")).to_be_focused()
    page.keyboard.type(reference.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{reference}/")


def test_places_and_new_cases_by_keys(page):
    page.goto("/help/")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/")
    page.keyboard.press("n")
    page.wait_for_url("**/cases/open_case/")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url(re.compile(r":\d+/$"))


def test_the_keys_explain_themselves_and_can_be_switched_off(page):
    page.goto("/cases/")
    page.keyboard.press("?")
    dialog = page.locator("dialog#keys")
    expect(dialog).to_be_visible()
    shot(page, "dialog-keys")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    tab_to(page, "#keys-on")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("tr.here")).to_have_count(0)
    page.evaluate("localStorage.removeItem('keys')")


def test_letters_typed_into_a_field_are_only_letters(page):
    page.goto("/cases/")
    page.locator("#id_q").focus()
    page.keyboard.type("j?n/")
    expect(page.locator("#id_q")).to_have_value("j?n/")
    assert page.url.endswith("/cases/")


def test_a_form_is_completed_without_a_mouse(page, product, reference):
    page.goto(f"/cases/{reference}/")
    tab_to(page, "a[href$='/record_counselling/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record_counselling/")
    tab_to(page, "#id_language")
    page.keyboard.type("English")
    tab_to(page, "[name=present]")
    page.keyboard.press("Space")
    tab_to(page, "[name=topics]")
    page.keyboard.press("Space")
    tab_to(page, "#id_note")
    page.keyboard.type("Written without a mouse.")
    tab_to(page, "form#act button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{reference}/")
    assert product.ask("SELECT language FROM cases_counselling WHERE note = 'Written without a mouse.'") == ["en"]


def test_what_is_wrong_is_read_first_and_leads_to_its_field(page, reference):
    page.goto(f"/cases/{reference}/record_counselling/")
    tab_to(page, "form#act button[type=submit]")
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    goal = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator(goal)).to_be_focused()


def test_the_own_menu_closes_with_escape(page):
    page.goto("/")
    tab_to(page, "details.menu summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Messages to me")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Messages to me")).to_be_hidden()
    expect(page.locator("details.menu summary")).to_be_focused()
