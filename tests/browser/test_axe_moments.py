"""axe on pages that no link leads to: numbers asked for, files in the making, one-use links, conflicts, the API."""

from uuid import uuid4

import pytest

from tests.browser.axe import FACES, check, page_in
from tests.browser.desk import shot

pytestmark = pytest.mark.browser

API_PAGES = ("/api/v1/docs/", "/api/v1/docs/cases_list/", "/api/v1/docs/add_document/", "/api/v1/docs/approve_grant/")
CONFLICT = "/cases/{}/resume_case/"  # of a case that is not on hold


@pytest.fixture(params=FACES)
def look(request, desk, product):
    """A page with one face, and what is wrong with the pages it showed; at the end nothing may be."""
    wrong = []

    class Look:
        page = staticmethod(lambda who=None: page_in(request.param, desk, product, who))

        @staticmethod
        def at(page, name: str):
            wrong.extend(check(page))
            shot(page, f"moment-{name}-{request.param}")

    yield Look
    assert not wrong, "\n".join(wrong)


def go(page, address: str, status: int = 200):
    assert page.goto(address).status == status, address


def donor_report(product, **changed) -> str:
    programme = product.ask("SELECT programme_id FROM cases_case GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0]
    asked = {"programme": programme, "start": "2000-01-01", "end": "2100-12-31", "version": "internal", **changed}
    return "/reports/donor/?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_a_report_its_numbers_and_its_file(look, product):
    page = look.page("mira")
    go(page, donor_report(product, end="1999-01-01"), 422)
    page.locator(".error-summary").wait_for()
    look.at(page, "report with wrong dates")
    go(page, donor_report(product, version="public"))
    assert page.locator("td abbr").count(), "the public version hides nothing: too little to look at"
    look.at(page, "public report")
    go(page, donor_report(product))
    look.at(page, "internal report")
    numbers = page.locator("td a").first.get_attribute("href")
    page.locator("main button[value=csv]").click()
    page.wait_for_url("**/jobs/*/")
    page.locator("a[href$='/file/']").wait_for()
    look.at(page, "job done")
    go(page, numbers)
    assert page.locator("main .rows li").count()
    look.at(page, "cases behind a number")


def test_a_job_that_waits_that_runs_and_that_failed(look, product):
    page = look.page("mira")
    owner = "INSERT INTO cases_job (owner_id, kind, parameters, state, asked_at, done, total, attempts, file, filename,"
    owner += " content_type, sha256, failure) SELECT id, 'report', '{}', %s, now(), %s, %s, 0, '', '', '', '', %s"
    owner += " FROM accounts_user WHERE email = 'mira@demo.example' RETURNING id"
    for state, done, total, failure in (("waiting", 0, 0, ""), ("running", 12, 40, ""), ("failed", 0, 0, "Too long.")):
        job = product.ask(owner, state, done, total, failure)[0]
        go(page, f"/jobs/{job}/")
        look.at(page, f"job {state}")
        go(page, "/help/")  # its own page asks again and again how far it is
        product.ask("DELETE FROM cases_job WHERE id = %s RETURNING id", job)
    go(page, "/jobs/")
    look.at(page, "jobs")


def test_the_one_use_link(look):
    page = look.page("admin")
    page.goto("/users/invite/")
    page.locator("[name=email]").fill(f"{uuid4().hex}@demo.example")
    page.locator("[name=name]").fill("Awa Sarr")
    page.locator("[name=organisation]").select_option(label="Retour & Avenir")
    page.locator("[name=role]").select_option("caseworker")
    page.locator("main button[type=submit]").click()
    page.locator("#secret").wait_for()
    look.at(page, "invited")
    link = page.locator("#secret").input_value()
    page = look.page()
    go(page, link)
    look.at(page, "welcome")
    page.locator("main button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    look.at(page, "welcome with errors")


def test_a_conflict(look, product):
    page = look.page("amina")
    going_on = "SELECT reference FROM cases_case WHERE stage = 'screening' AND held_since IS NULL ORDER BY id LIMIT 1"
    go(page, CONFLICT.format(product.ask(going_on)[0]))
    with page.expect_navigation() as answer:
        page.locator("form#act button[type=submit]").first.click()
    assert answer.value.status == 409
    look.at(page, "conflict")


@pytest.mark.parametrize("address", API_PAGES)
def test_the_pages_of_the_api(look, address):
    page = look.page()
    go(page, address)
    look.at(page, address)
