"""What the pages for developers say is so: drawings as the code draws them, files and addresses that exist."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

from accounts.roles import MAY
from avrr.management.commands.draw_states import PAGE, drawing, page_with
from cases.acting import ACTS

ROOT = Path(__file__).resolve().parent.parent
LIFE_OF_A_REQUEST = ROOT / "docs" / "life-of-a-request.md"
WRITTEN = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(
    r"`((?:accounts|avrr|bench|bin|cases|docs|referrals|reintegration|reports|static|templates|tests)/[^`]*)`"
)
CREATED = re.compile(r"[<*{]")  # a pattern of names, not a name


def test_the_drawings_are_those_of_the_code():
    assert PAGE.read_text() == page_with(drawing()), "draw them anew: manage.py draw_states"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_is_named_exists(path):
    named = [name for name in FILE.findall(path.read_text()) if not CREATED.search(name)]
    assert [name for name in named if not (ROOT / name.partition(" ")[0].partition(":")[0]).exists()] == []


def test_the_life_of_a_request_passes_addresses_and_verbs_that_exist():
    text = LIFE_OF_A_REQUEST.read_text()
    addresses = re.findall(r"`POST (/\S+)`", text)
    assert len(addresses) == 2
    assert [resolve(address).view_name for address in addresses] == ["approve_grant", "api_approve_grant"]
    for verb in re.findall(r"(?:act|must|happening)\((?:grant, )?\"(\w+)\"", text):
        assert verb in ACTS and verb in MAY
