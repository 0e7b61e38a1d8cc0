"""Invents complete cases by the hundred thousand, the same for the same seed.

Every case is drawn first (course), then written row by row (before, after, closing) into buffers that go to the
database by COPY (book, tables). What the product's rules would say is written with it: open work, what a partner may
see, follow-ups due; tests/cases/test_seed.py asks the rules themselves whether they agree.
"""

import hashlib
import io
from contextlib import nullcontext
from datetime import date
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image

from .book import Book
from .closing import Told
from .course import draw
from .days import Days
from .names import LANDS
from .tables import quiet, without_indexes
from .world import make_world

RECEIPT = "documents/seed/receipt"
MANY = 5000  # from here on it pays to make the indexes anew


def seed(cases: int, seed: int, today: date | None = None, say=lambda text: None) -> None:
    """Adds `cases` invented cases whose stories end at `today`, all of them or none."""
    rng = Random(seed)  # noqa: S311 (invented data, to be the same again)
    with transaction.atomic():
        world, days = make_world(), Days(today or timezone.localdate())
        world.receipt = _receipt()
        book = Book()
        indexes = without_indexes(book.tables) if cases >= MANY else nullcontext()
        with quiet(book.tables), indexes:
            for number in range(1, cases + 1):
                Told(book, world, days, rng, LANDS, draw(rng)).write()
                if number % 10_000 == 0:
                    say(f"{number} cases")
            book.flush()
        book.finish()


def _receipt() -> tuple:
    """One picture that stands for every receipt: name, type, size and hash as columns of a document."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "#fdfcf7").save(out, "JPEG")
    content = out.getvalue()
    if not default_storage.exists(RECEIPT):
        default_storage.save(RECEIPT, ContentFile(content))
    return RECEIPT, "image/jpeg", len(content), hashlib.sha256(content).hexdigest()
