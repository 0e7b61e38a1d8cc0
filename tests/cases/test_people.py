"""What is kept of a person: a birth of which only a part is known, safe ways of contact, nationality."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.calendars import earliest_birth, latest_birth
from cases.models import SharedPerson
from tests import make
from tests.make import FATOU

PERSON = {
    "name": "Fatou Sarr", "sex": "female", "relation": "spouse", "nationality": "ML", "safe_contact": "neutral",
    "safe_note": "Before 14:00, the phone is shared",
}  # fmt: skip


def page(client, user, address) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


@pytest.mark.parametrize(("typed", "kept", "shown", "born"), [
    ({"birth_year": "1990"}, date(1990, 12, 31), "1990", (date(1990, 1, 1), "year")),
    ({"birth_year": "1990", "birth_month": "2"}, date(1990, 2, 28), "02/1990", (date(1990, 2, 1), "month")),
    ({"birth_year": "1990", "birth_month": "2", "birth_day": "7"}, date(1990, 2, 7), "7 February 1990",
     (date(1990, 2, 7), "day")),
])  # fmt: skip
def test_what_is_known_of_a_birth_is_kept_and_shown_and_no_more(cast, client, amina, typed, kept, shown, born):
    case = make.opened(cast)
    client.force_login(amina)
    assert client.post(f"/cases/{case.reference}/add_person/", PERSON | typed).status_code == 302
    person = case.people.last()
    assert (person.born_on, person.born_from, person.born_precision) == (kept, *born)
    text = page(client, amina, person.get_absolute_url())
    assert f"<dd>{shown} (" in text
    form = page(client, amina, f"{person.get_absolute_url()}edit_person/")
    for name in ("birth_year", "birth_month", "birth_day"):
        value = f'value="{int(typed[name])}"' if name in typed else None
        field = form.split(f'name="{name}"')[1].split(">")[0]
        assert value in field if value else "value=" not in field


@pytest.mark.parametrize("typed", [
    {"birth_year": "1990", "birth_day": "7"},
    {"birth_year": "1990", "birth_month": "2", "birth_day": "30"},
    {"birth_month": "2"},
    {"birth_year": "1990", "birth_month": "13"},
])  # fmt: skip
def test_a_birth_that_cannot_be_is_refused_where_it_was_typed(cast, client, amina, typed):
    case = make.opened(cast)
    client.force_login(amina)
    answer = client.post(f"/cases/{case.reference}/add_person/", PERSON | typed)
    assert answer.status_code == 422 and 'href="#id_birth_' in answer.content.decode() and case.people.count() == 1


@given(st.integers(1850, 2200), st.integers(1, 12) | st.none())
def test_what_is_not_known_of_a_birth_spans_exactly_that_time(year, month):
    last, precision = latest_birth(year, month)
    first = earliest_birth(last, precision)
    assert (first.year, first.day, last.year) == (year, 1, year)
    assert (first.month, last.month) == ((month, month) if month else (1, 12))


def test_a_safe_way_of_contact_is_kept_and_reaches_whoever_may_call(cast, client, amina, horizon):
    wishes = {"safe_contact": "neutral", "safe_note": "Before 14:00, the phone is shared"}
    shared = make.preparing(cast, applicant=FATOU | wishes)
    for user, address in (
        (amina, shared.case.get_absolute_url()),
        (amina, shared.case.people.get().get_absolute_url()),
        (horizon, shared.get_absolute_url()),
    ):
        text = page(client, user, address)
        assert "Neutral message only: please call us" in text, address
        assert "the phone is shared" in text or address == shared.case.get_absolute_url()
    copy = SharedPerson.objects.get(shared=shared)
    assert (copy.safe_contact, copy.safe_note) == (wishes["safe_contact"], wishes["safe_note"])


def test_nationality_and_country_of_return_are_two_things(cast, client, amina, horizon):
    shared = make.preparing(cast, applicant=FATOU | {"nationality": "ML"})
    case = shared.case
    assert (case.people.get().nationality, case.return_country) == ("ML", "SN")
    assert SharedPerson.objects.get(shared=shared).nationality == "ML" and shared.return_country == "SN"
    assert "Mali" in page(client, amina, case.people.get().get_absolute_url())
    assert "returning to Senegal" in page(client, amina, case.get_absolute_url())
