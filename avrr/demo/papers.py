"""Photos and papers of the demo, drawn: nothing here was photographed."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

SIGNATURE = [[[20.0, 60.0], [38.0, 22.0], [47.0, 66.0], [61.0, 40.0], [80.0, 58.0], [104.0, 44.0], [150.0, 52.0]]]
INK, PAPER, WOOD = "#22303a", "#fdfcf7", "#b89b78"


def receipt(title: str, *lines: str) -> SimpleUploadedFile:
    """A photo of a receipt that lies on a table."""
    picture = Image.new("RGB", (900, 1200), WOOD)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(110, 90), (800, 70), (820, 1120), (90, 1130)], fill=PAPER)
    draw.text((160, 150), title, fill=INK, font=ImageFont.load_default(46))
    draw.line([(160, 230), (740, 222)], fill=INK, width=3)
    for number, line in enumerate(lines):
        draw.text((160, 280 + 70 * number), line, fill=INK, font=ImageFont.load_default(34))
    draw.line([(180 + 3 * x, 980 - 1.4 * y) for x, y in SIGNATURE[0]], fill="#1d3f8f", width=5, joint="curve")
    return _photo(picture, "receipt.jpg")


def sewing_machine() -> SimpleUploadedFile:
    """A photo of a delivered sewing machine, as far as rectangles go."""
    picture = Image.new("RGB", (1200, 900), "#d9d4c7")
    draw = ImageDraw.Draw(picture)
    draw.rectangle([0, 640, 1200, 900], fill=WOOD)
    draw.rounded_rectangle([220, 580, 980, 660], 20, fill="#31505c")
    draw.rounded_rectangle([760, 250, 940, 600], 40, fill="#3e6472")
    draw.rounded_rectangle([260, 250, 900, 350], 50, fill="#3e6472")
    draw.rectangle([300, 340, 340, 540], fill="#8b9aa0")
    draw.ellipse([920, 270, 1000, 350], fill="#22303a")
    return _photo(picture, "delivery.jpg")


def _photo(picture: Image.Image, name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
