"""What a page is asked before people are: axe, and rules of our own about headings, title, language and width."""

from pathlib import Path

from tests.browser.desk import DESK, PHONE

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()
FACTS = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title,
  language: document.documentElement.lang,
  width: document.documentElement.scrollWidth,
  room: innerWidth,
})"""
RUN = "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)"
FACES = {  # in which a page is looked at: the screen, and the cookies that make it so
    "light": (DESK, [("theme", "light")]),
    "dark": (DESK, [("theme", "dark")]),
    "French": (DESK, [("avrr_language", "fr")]),
    "phone": (PHONE, []),
    "French phone": (PHONE, [("avrr_language", "fr")]),
}


def page_in(face: str, desk, product, who: str | None = None):
    """A page of somebody, or of a stranger, with that face."""
    screen, cookies = FACES[face]
    page = desk.page(who, screen)
    page.context.add_cookies([{"name": name, "value": value, "url": product.address} for name, value in cookies])
    return page


def check(page) -> list[str]:
    """What is wrong with the page as it stands, in words."""
    page.evaluate(AXE)
    wrong = [
        f"{page.url} {found['id']}: {found['help']}: " + "; ".join(node["html"] for node in found["nodes"][:3])
        for found in page.evaluate(RUN)
    ]
    facts = page.evaluate(FACTS)
    if facts["headings"] != 1:
        wrong.append(f"{page.url} has {facts['headings']} h1")
    if facts["title"].partition(" - ")[0] in ("", "Homeward") or facts["language"] not in ("en", "fr"):
        wrong.append(f"{page.url} has title «{facts['title']}» and language «{facts['language']}»")
    if facts["width"] > facts["room"]:
        wrong.append(f"{page.url} is {facts['width']} px wide on a screen of {facts['room']} px")
    return wrong
