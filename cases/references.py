"""References that people can read aloud: prefix, year, serial number and a check digit.

Rule (our decision): one check digit by ISO/IEC 7064 MOD 11,10 over the digits catches every single wrong digit and
nearly all swaps. `AVRR-FR-2026-000123-7`, `G-000071-2`.
"""

import re

from django.db import connection
from stdnum.iso7064 import mod_11_10

PATTERN = re.compile(r"^(?P<prefix>[A-Z]+(?:-[A-Z]{2})?)-(?:(?P<year>\d{4})-)?(?P<serial>\d{6,})-(?P<check>\d)$")


def compose(prefix: str, serial: int, year: int | None = None) -> str:
    """The reference of the `serial`-th thing under `prefix` (and `year`)."""
    digits = f"{year or ''}{serial:06d}"
    middle = f"{year}-{serial:06d}" if year else f"{serial:06d}"
    return f"{prefix}-{middle}-{mod_11_10.calc_check_digit(digits)}"


def is_sound(reference: str) -> bool:
    """Does the text have the form of a reference, with the right check digit?"""
    found = PATTERN.match(reference)
    return bool(found) and mod_11_10.is_valid(f"{found['year'] or ''}{found['serial']}{found['check']}")


def next_reference(prefix: str, year: int | None = None) -> str:
    """A new reference; numbers have no gaps and never repeat, whoever asks at the same time.

    Must be called inside a transaction: a rolled-back case gives its number back.
    """
    counter = f"{prefix}-{year}" if year else prefix
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_counter (name, last) VALUES (%s, 1) "
            "ON CONFLICT (name) DO UPDATE SET last = cases_counter.last + 1 RETURNING last",
            [counter],
        )
        return compose(prefix, cursor.fetchone()[0], year)
