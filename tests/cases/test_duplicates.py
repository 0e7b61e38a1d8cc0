"""«Is this person already known here?», asked while a name is typed, within the own agency."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cases import duplicates
from cases.duplicates import easily_mistaken, lookalikes, similarity
from cases.models import Person
from tests import make
from tests.make import AISSA, FATOU, OUSMANE

FATOU_BORN = FATOU["born_on"]


def found(user, *names, **facts) -> dict[str, list[str]]:
    return {one.person.name: one.reasons for one in lookalikes(user, names=names, **facts)}


@pytest.fixture
def known(cast):
    make.opened(cast, OUSMANE, AISSA)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("facts", "reasons"), [
    ({"names": ["FATOU SARR"]}, ["same name"]),
    ({"names": ["Sarr Fatou"]}, ["same name"]),
    ({"names": ["Fatu Sarr"]}, ["similar name"]),
    ({"names": ["", "", "فاتو سار"]}, ["same name"]),
    ({"names": ["Somebody Else"], "born_on": FATOU_BORN}, ["same date of birth"]),
    ({"names": ["Fatou Sar"], "born_on": date(1990, 5, 17)}, ["similar name", "date of birth easily mistaken"]),
    ({"names": ["Fatou Sar"], "born_on": date(1991, 12, 31), "precision": "year"},
     ["similar name", "the date of birth fits"]),
    ({"names": ["Fatou Sar"], "born_on": date(1991, 5, 31), "precision": "month"},
     ["similar name", "the date of birth fits"]),
    ({"names": ["Fatou Sar"], "born_on": date(1992, 12, 31), "precision": "year"}, ["similar name"]),
    ({"names": [], "phone": "+33 6 39 98 12 07"}, ["same phone"]),
    ({"names": [], "phone": "06 39 98 12 07"}, ["same phone"]),
])  # fmt: skip
def test_who_is_known_is_found_with_the_reasons(amina, facts, reasons):
    assert {one.person.name: one.reasons for one in lookalikes(amina, **facts)}["Fatou Sarr"] == reasons


def test_a_name_someone_goes_by_is_found_too(cast, amina):
    make.opened(cast, applicant=FATOU | {"known_as": "Mame Diarra", "name_original": ""})
    assert found(amina, "Fatoumata Binta", "Mame Diara") == {"Fatou Sarr": ["similar name"]}


@pytest.mark.usefixtures("known")
def test_a_birth_of_which_only_the_year_was_written_down_fits_a_whole_date(cast, amina):
    make.opened(cast, applicant=FATOU | {"name": "Ali Diop", "born_on": date(1975, 12, 31), "born_precision": "year"})
    assert found(amina, "Ali Diop", born_on=date(1975, 3, 9)) == {"Ali Diop": ["same name", "the date of birth fits"]}
    assert found(amina, born_on=date(1975, 12, 31), precision="year") == {}, "a year alone finds nobody"


@pytest.mark.usefixtures("known")
def test_nobody_of_another_agency_is_found_and_nothing_too_short(nadia, amina):
    assert found(nadia, "Fatou Sarr", born_on=FATOU_BORN, phone=FATOU["phone"]) == {}
    assert found(amina, "Fa") == found(amina) == found(amina, "Zebediah Quux", phone="12") == {}


@pytest.mark.usefixtures("known")
def test_the_likest_is_found_among_more_than_can_be_looked_at(cast, amina, monkeypatch):
    """The one who was written down first or last must not be lost among many of nearly the same name."""
    monkeypatch.setattr(duplicates, "CANDIDATES", 3)
    for number in range(6):
        make.opened(cast, applicant=FATOU | {"name": f"Fatou Sarr Ndiaye {'abcdef'[number] * 5}", "name_original": ""})
    Person.objects.exclude(name="Fatou Sarr").update(born_on=date(1970, 1, 20), phone="")
    first = next(iter(lookalikes(amina, names=["Fatou Sarr"], born_on=FATOU_BORN)))
    assert (first.person.name, first.reasons) == ("Fatou Sarr", ["same name", "same date of birth"])


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("typed", [
    {"name": "Fatou Sarr", "birth_year": "1991", "birth_month": "5", "birth_day": "17"},
    {"name": "Fatou Sarr", "birth_year": "1991"},
    {"name": "Fatou Sarr", "birth_year": "19", "birth_month": "99"},
    {"name": "Fatou Sarr", "birth_year": "x", "birth_day": "31", "birth_month": "2"},
    {"name_original": "فاتو سار"},
    {"name": "Fatou Sarr\x00" * 100},
])  # fmt: skip
def test_the_warning_stands_beside_the_form_whatever_is_half_typed(client, amina, typed):
    client.force_login(amina)
    answer = client.post(reverse("show_lookalikes"), typed)
    assert answer.status_code == 200 and "Already known?" in answer.content.decode()


@given(st.dates(date(1850, 2, 1), date(2200, 1, 1)))
def test_a_date_mistaken_for_another_is_mistaken_both_ways(day):
    swapped = date(day.year, day.day, day.month) if day.day <= 12 else day
    assert {day, swapped} <= set(easily_mistaken(day)) and day in easily_mistaken(swapped)


@given(st.text("abcdé ", max_size=30), st.text("abcdé ", max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(a, b):
    assert 0 <= similarity(a, b) == similarity(b, a) <= 1
    assert similarity(a, a) == (1 if a.split() else 0)
