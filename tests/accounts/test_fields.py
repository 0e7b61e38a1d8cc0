"""Every form asks in the same way, and takes what people type."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from accounts.renderer import Tiles, plain_amount


class Question(forms.Form):
    name = forms.CharField(label="Name", help_text="As it is printed.")
    known_as = forms.CharField(label="Known as", required=False)
    born = forms.DateField(label="Born", required=False)
    amount = forms.DecimalField(label="Amount", max_digits=9, decimal_places=2)
    scenario = forms.ChoiceField(label="How?", choices=[("v", "Voluntary")], widget=forms.RadioSelect)
    how = forms.ChoiceField(label="How is it going?", choices=[("ok", "On track")], widget=Tiles, required=False)
    sure = forms.BooleanField(label="Read together", required=False)


def test_label_hint_error_and_control_belong_together():
    shown = str(Question({"amount": "1"})["name"].as_field_group())
    assert '<label class="form-label" for="id_name">' in shown
    assert 'id="id_name_helptext"' in shown and 'id="id_name_error"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown and 'aria-invalid="true"' in shown


def test_what_may_stay_empty_says_so():
    form = Question()
    assert "(optional)" in form["known_as"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()
    assert "(optional)" not in form["sure"].as_field_group()


def test_several_controls_under_one_question_are_a_group_with_a_name():
    shown = Question({})["scenario"].as_field_group()
    assert "<fieldset" in shown and "<legend" in shown and 'aria-describedby="id_scenario_error"' in shown
    assert Question()["scenario"].first_id == "id_scenario_0"
    assert 'class="btn-check"' in Question()["how"].as_field_group()


def test_a_date_is_asked_with_the_calendar_of_the_device_in_every_language():
    with translation.override("fr"):
        shown = str(Question(initial={"born": date(1992, 3, 4)})["born"])
        assert 'type="date"' in shown and 'value="1992-03-04"' in shown


def test_an_amount_is_text_with_a_number_keyboard():
    shown = str(Question()["amount"])
    assert 'type="text"' in shown and 'inputmode="decimal"' in shown


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("en", "2,205.50", "2205.50"),
        ("en", "1,234", "1234"),
        ("en", "12,5", "12.5"),
        ("en", "1'000", "1000"),
        ("fr", "2 205,50", "2205.50"),
        ("fr", "2\u202f205,5", "2205.5"),
        ("fr", "1,234", "1.234"),
        ("fr", "2.205,50", "2205.50"),
        ("fr", "1,234,567", "1234567"),
        ("en", "-5", "-5"),
        ("en", "five", "five"),
        ("en", "NaN", "NaN"),
    ],
)
def test_amounts_as_people_write_them(language, typed, amount):
    with translation.override(language):
        assert plain_amount(typed) == amount


def test_a_form_reads_an_amount_written_the_french_way():
    with translation.override("fr"):
        form = Question({"name": "Awa", "amount": "2 205,50", "scenario": "v"})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["amount"] == Decimal("2205.50")
