"""What every walk through the pages has: the product itself, a browser, and a desk to open pages at."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.desk import ARGUMENTS, Desk
from tests.browser.product import Product


@pytest.fixture(scope="session")
def product(worker_id):
    running = Product(worker_id)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def worker_id():
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("AVRR_BROWSER"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions():
    """Cookies of those who have signed in, so that each does it once."""
    return {}


@pytest.fixture
def desk(product, browser, sessions):
    desk = Desk(product, browser, sessions)
    yield desk
    desk.close()
    assert desk.troubles == []
