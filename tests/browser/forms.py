"""Filling forms as people do: by the words that stand beside each question."""

import re
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page

from tests.make import photo


def answer(page: Page, answers: dict) -> None:
    """Give each answer to the question of that name: words to type, choices to take, a file to attach."""
    for question, words in answers.items():
        control = asked(page, question)
        if control.get_attribute("role") == "group" or control.evaluate("e => e.tagName") == "FIELDSET":
            for choice in words if isinstance(words, list | tuple) else [words]:
                take(control, choice)
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=words)
        elif control.get_attribute("type") == "file":
            control.set_input_files(words)
        elif isinstance(words, bool):
            control.set_checked(words)
        else:
            control.fill(str(words))


def asked(page: Page, question: str) -> Locator:
    """The control, or group of controls, that a question stands beside."""
    name = re.compile(rf"^\s*{re.escape(question)}\s*(\(optional\))?\s*$")
    form = page.locator("main form")
    return form.get_by_role("group", name=name).or_(form.get_by_label(name)).first


def take(group: Locator, choice: str) -> None:
    if not group.get_by_label(choice, exact=True).is_checked():
        group.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(choice)}\s*$")).click()


def send(page: Page, button: str) -> None:
    """Press the button of the form; what is wrong with the answers fails the walk with the page's own words."""
    with page.expect_navigation() as coming:
        page.locator("form#act").get_by_role("button", name=button, exact=True).click()
    if not coming.value.ok:
        problem = page.locator(".error-summary").or_(page.locator("main")).first
        raise AssertionError(f"{page.url}: {coming.value.status} {problem.inner_text()}")


def draw(page: Page) -> None:
    """A signature in three strokes of the mouse."""
    canvas = page.locator("canvas.sign-pad")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    for stroke in ([(0.1, 0.6), (0.2, 0.3), (0.35, 0.7)], [(0.4, 0.3), (0.5, 0.7)], [(0.55, 0.5), (0.9, 0.45)]):
        points = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=4)
        page.mouse.up()


def receipt(name: str = "receipt.jpg") -> FilePayload:
    """A real photo of something."""
    file = photo(name, size=(640, 480), colour="sienna")
    return {"name": Path(name).name, "mimeType": file.content_type, "buffer": file.read()}
