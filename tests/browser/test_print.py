"""On paper: the content, all of it, and nothing that only works on a screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import shot

pytestmark = pytest.mark.browser

ONLY_ON_SCREEN = (".mainnav", ".me", ".tabs", ".actions", ".skip", "main .act", ".filters")


@pytest.fixture
def addresses(product):
    """Pages that people print: list, case, story, a consent with its texts, plan, help in kind."""
    grant, reference = product.ask(
        "SELECT g.reference, c.reference FROM reintegration_grant g JOIN cases_case c ON c.id = g.case_id"
        " WHERE g.status = 'paid' ORDER BY g.id LIMIT 1"
    )[0]
    case = f"/cases/{reference}/"
    tabs = [case, f"{case}story/", f"{case}plan/", f"{case}people/1/record_consent/"]
    return ["/", "/cases/?stage=open", *tabs, f"/grants/{grant}/"]


def test_paper_shows_the_content_and_no_navigation(desk, addresses):
    page = desk.page("amina", color_scheme="dark")
    for address in addresses:
        assert page.goto(address).ok, address
        page.emulate_media(media="print")
        expect(page.locator("h1")).to_be_visible()
        for part in ONLY_ON_SCREEN:
            seen = page.locator(part).filter(visible=True)
            assert seen.count() == 0, f"{part} on paper at {address}"
        folded = page.locator("main details > :not(summary)").filter(visible=False)
        assert folded.count() == 0, f"something stays folded away at {address}"
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)", f"{ground} on paper at {address}"
        shot(page, f"print-{address}")
        page.emulate_media(media="screen")
