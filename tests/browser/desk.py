"""A browser before the product: signed-in pages of any width, which notice every breach of the page's own rules."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

PASSWORD = "retour-2026"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
]
TELL_BREACHES = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
expect.set_options(timeout=10_000)


class Desk:
    """Opens pages as one person or another, and keeps what went wrong on them in `troubles`."""

    def __init__(self, product, browser, sessions):
        self.product, self.browser, self.sessions = product, browser, sessions
        self.contexts, self.troubles = [], []

    def page(self, who: str | None = None, screen=DESK, **options) -> Page:
        """A page of somebody signed in, or of a stranger; `options` are those of a browser context."""
        kept = self.sessions.get(who) if who else None
        options = {"locale": "en-GB", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"} | options
        context = self.browser.new_context(
            base_url=self.product.address, viewport=screen, storage_state=kept, accept_downloads=True, **options
        )
        self.contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(TELL_BREACHES)
        context.on("page", self.watch)
        page = context.new_page()
        if who and not kept:
            sign_in(page, who)
            self.sessions[who] = context.storage_state()
        return page

    def watch(self, page: Page):
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("request", self._look)

    def _hear(self, kind: str, words: str):
        if kind == "error" and "Failed to load resource" not in words:
            self.troubles.append(words)

    def _look(self, request):
        if not request.url.startswith((self.product.address, "data:", "blob:")):
            self.troubles.append(f"asked another host: {request.url}")

    def close(self):
        for context in self.contexts:
            context.close()


def sign_in(page: Page, who: str) -> Page:
    """From wherever the page is: to the sign-in page if it is not there yet, through it, and on."""
    if not page.url.startswith("http") or "/accounts/login/" not in page.url:
        page.goto("/accounts/login/")
    page.locator("[name=login]").fill(f"{who}@demo.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    return page


def shot(page: Page, name: str) -> None:
    """A picture of the whole page, when AVRR_SHOTS names a folder for them."""
    if folder := os.environ.get("AVRR_SHOTS"):
        file = re.sub(r"[^\w-]+", "-", name).strip("-")
        page.screenshot(path=Path(folder) / f"{file}.png", full_page=True)
