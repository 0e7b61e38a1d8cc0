"""The face keeps its promises: budgets, one dark list, known icons, nothing inline and nothing from elsewhere."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [template for template in TEMPLATES if not template.name.endswith(".pdf.html")]
CSS = (STATIC / "avrr.css").read_text()


def packed(*names):
    return sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names)


def name_of(path):
    return str(path.relative_to(ROOT))


def test_a_page_stays_light():
    assert packed("avrr.css", "print.css") <= 12_000
    assert packed("avrr.js", "keys.js", *[f"vendor/{file.name}" for file in STATIC.glob("vendor/htmx*.js")]) <= 25_000
    assert packed("icons.svg") <= 20_000


@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=name_of)
def test_a_script_is_short(script):
    assert len(script.read_text().splitlines()) <= 150


def test_dark_by_choice_and_dark_by_device_are_the_same():
    chosen = re.search(r'\[data-bs-theme="dark"\] \{(.*?)\n\}', CSS, re.S).group(1)
    device = re.search(r'\[data-bs-theme="auto"\] \{(.*?)\n\}', CSS, re.S).group(1)
    assert chosen == device


@pytest.mark.parametrize("sheet", ["avrr.css", "print.css"])
def test_one_sheet_serves_both_reading_directions(sheet):
    rules = re.sub(r"/\*.*?\*/|url\(.*?\)", "", (STATIC / sheet).read_text(), flags=re.S)
    assert re.findall(r"[\w-]*\b(?:left|right)\b[\w-]*", rules) == []


def test_every_icon_asked_for_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    asked = {
        (name, name_of(template))
        for template in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"|sign="([\w-]+)"', template.read_text())
        for name in name
        if name
    }
    asked |= {
        (name, name_of(module))
        for app in ("accounts", "cases", "reintegration", "referrals", "reports")
        for module in (ROOT / app).rglob("*.py")
        for name in re.findall(r'\bicon="([\w-]+)"', module.read_text())
    }
    assert {(name, where) for name, where in asked if name not in known} == set()


@pytest.mark.parametrize("template", PAGES, ids=name_of)
def test_nothing_inline_and_nothing_from_elsewhere(template):
    source = template.read_text()
    assert len(source.splitlines()) <= 120
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", source)


def test_files_from_others_are_what_the_list_says():
    listed = re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (STATIC / "vendor/VENDORED.md").read_text(), re.M)
    assert {file for file, _ in listed} >= {
        name_of(file) for file in [*STATIC.glob("vendor/*"), *STATIC.glob("fonts/*.ttf")] if file.suffix != ".md"
    }
    assert [file for file, digest in listed if hashlib.sha256((ROOT / file).read_bytes()).hexdigest() != digest] == []
