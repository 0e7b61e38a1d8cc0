"""The plan in Arabic: read from the right, its letters joined, in our font; and a look at the page that sees it."""

# ruff: noqa: F811 (fixtures are asked for by the names they are imported under)

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from reintegration import documents
from reintegration.documents import plan_html, plan_pdf
from tests.reintegration.test_plan_pdf import amina, horizon, now, pages_of, plan  # noqa: F401

APPROVED = Path(__file__).with_name("plan_ar.png")
IN_ORDER = (
    "خطة إعادة الإدماج", "داويت", "أريد ورشة خياطة صغيرة", "Sewing machine", "عينية", "Horizon", "1,234.50 EUR",
    "1,534.50 EUR", "أقصى ما يمكن تقديمه عينياً لهذه الأسرة", "ما نتفق عليه", "يمكنني التوقف في أي وقت دون ذكر السبب.",
)  # fmt: skip


def lost(pdf: bytes) -> list[str]:
    """What a reading program does not find after all that comes before it, in the order of its letters."""
    text, missed, place = "\n".join(pages_of(pdf)).replace("\xa0", " "), [], 0
    for words in IN_ORDER:
        place, before = text.find(words, place), place
        if place < 0:
            missed, place = [*missed, words], before
    return missed


def test_the_arabic_text_layer_reads_in_order_with_amounts_from_left_to_right(plan, amina, monkeypatch):
    assert lost(plan_pdf(plan, by=amina, language="ar")) == []
    for words in IN_ORDER[:2]:
        spoil(monkeypatch, words, words[::-1])
        assert lost(plan_pdf(plan, by=amina, language="ar")) == [words], "the check sees letters that run backwards"


def spoil(monkeypatch, right, wrong):
    html = plan_html
    monkeypatch.setattr(documents, "plan_html", lambda *a, **facts: html(*a, **facts).replace(right, wrong))


def picture(pdf: bytes):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=1).to_pil().convert("L")
    finally:
        document.close()


def ink(image, across=8, down=12) -> list[int]:
    """How dark each field of a coarse grid is, in percent: the page as seen from far away."""
    width, height = image.size
    boxes = [
        (x * width // across, y * height // down, (x + 1) * width // across, (y + 1) * height // down)
        for y in range(down)
        for x in range(across)
    ]
    fields = [image.crop(box).tobytes() for box in boxes]
    return [round(100 - sum(field) / len(field) / 2.55) for field in fields]


def test_the_arabic_page_is_the_mirror_of_the_english_one(plan, amina):
    english, arabic = (picture(plan_pdf(plan, by=amina, language=language)) for language in ("en", "ar"))
    width, height = english.size
    code = (width * 82 // 100, height * 5 // 100, width * 93 // 100, height * 13 // 100)
    mirrored = (width - code[2], code[1], width - code[0], code[3])
    assert ink(english.crop(code), 1, 1)[0] > 25 and ink(arabic.crop(mirrored), 1, 1)[0] > 25
    title = (0, height * 15 // 100, width, height * 19 // 100)
    left, right = (ink(arabic.crop(title), 2, 1), ink(english.crop(title), 2, 1))
    assert left[0] < left[1] and right[0] > right[1], (left, right)


def far_from_approved(pdf: bytes) -> float:
    """The share of the ink that is not where it was when a person who reads Arabic script looked at the page.

    HOMEWARD_WRITE_PAGES=1 writes the page anew: then look at it.
    """
    page = picture(pdf).reduce(4)
    if os.environ.get("HOMEWARD_WRITE_PAGES") == "1":
        page.save(APPROVED)
    approved = Image.open(APPROVED)
    elsewhere = sum(ImageChops.difference(page, approved).tobytes())
    return elsewhere / sum(255 - light for light in approved.tobytes())


def test_the_arabic_page_looks_as_it_was_approved(plan, amina):
    assert far_from_approved(plan_pdf(plan, by=amina, language="ar")) < 0.02


SPOILT = {
    "from left to right": ('dir="rtl"', 'dir="ltr"'),
    "letters not joined": ("</head>", '<style>html{font-feature-settings:"init" 0,"medi" 0,"fina" 0}</style></head>'),
    "a font without the letters": ("</head>", '<style>html[lang="ar"]{font-family:"Noto Sans"}</style></head>'),
    "words backwards": ("</head>", "<style>h1,h2,li{unicode-bidi:bidi-override;direction:ltr}</style></head>"),
    "no bold": ("</head>", "<style>h1,h2,dd,.title{font-weight:400}</style></head>"),
}


@pytest.mark.parametrize(("right", "wrong"), SPOILT.values(), ids=SPOILT)
def test_the_look_at_the_arabic_page_refuses(plan, amina, monkeypatch, right, wrong):
    spoil(monkeypatch, right, wrong)
    assert far_from_approved(plan_pdf(plan, by=amina, language="ar")) > 0.03
