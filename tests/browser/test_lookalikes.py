"""While a person is written down, somebody who may be the same appears beside the form, before anything is sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, shot

pytestmark = pytest.mark.browser


@pytest.fixture
def somebody(product):
    """The name of an applicant of the demo agency, whom Amina may see."""
    join = "SELECT p.name FROM cases_person p JOIN cases_case c ON c.id = p.case_id"
    return product.ask(f"{join} WHERE c.stage = 'enquiry' ORDER BY p.id")[0]


@pytest.mark.parametrize("screen", [None, PHONE])
def test_a_known_name_is_noticed_while_it_is_typed(desk, somebody, screen):
    page = desk.page("amina", **({"screen": screen} if screen else {}))
    page.goto("/cases/open_case/")
    page.locator("#id_name").press_sequentially(somebody, delay=20)
    card = page.locator("#lookalikes")
    expect(card).to_contain_text("Already known?")
    expect(card.get_by_role("link", name=somebody).first).to_be_in_viewport()
    shot(page, f"lookalikes-{screen['width'] if screen else 1280}")


def test_a_member_of_the_family_is_looked_for_too(desk, product, somebody):
    reference = product.ask("SELECT reference FROM cases_case WHERE stage = 'counselling' ORDER BY id")[0]
    page = desk.page("amina")
    page.goto(f"/cases/{reference}/add_person/")
    page.locator("#id_name").press_sequentially(somebody, delay=20)
    expect(page.locator("#lookalikes")).to_contain_text("Already known?")
