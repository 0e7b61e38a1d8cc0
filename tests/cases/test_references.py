"""References that people read aloud: no wrong digit passes, no number comes twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.references import compose, is_sound, next_reference

SERIALS = st.integers(1, 9_999_999)
YEARS = st.none() | st.integers(2000, 2099)


@given(serial=SERIALS, year=YEARS)
def test_a_reference_is_sound(serial, year):
    assert is_sound(compose("AVRR-FR" if year else "G", serial, year))


@given(serial=SERIALS, year=YEARS, data=st.data())
def test_every_single_wrong_digit_is_caught(serial, year, data):
    reference = compose("AVRR-FR" if year else "G", serial, year)
    place = data.draw(st.sampled_from([i for i, sign in enumerate(reference) if sign.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != reference[place]]))
    assert not is_sound(reference[:place] + other + reference[place + 1 :])


@given(st.text(max_size=30))
def test_other_text_is_no_reference(text):
    assert not is_sound(text) or text.startswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@pytest.mark.parametrize(
    "text", ["", "AVRR-FR-2026-123-7", "avrr-fr-2026-000123-7", "AVRR-FR-2026-000123", "G-000071-2\n"]
)
def test_forms_that_are_none(text):
    assert not is_sound(text)


def test_numbers_follow_each_other_under_their_own_name(db):
    first, second = next_reference("G"), next_reference("G")
    assert (first[:8], second[:8]) == ("G-000001", "G-000002")
    assert next_reference("AVRR-FR", 2026).startswith("AVRR-FR-2026-000001-")
    assert next_reference("AVRR-FR", 2027).startswith("AVRR-FR-2027-000001-")
