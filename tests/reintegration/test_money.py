"""Money: conversion by the rate on the line, half-even to the cent, and sums that are the sums of their lines."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Programme
from reintegration.budgets import MOST, check_currency, convert, left_for, money_of
from tests import make

AMOUNTS = st.decimals("0.01", "9999999999.99", places=2)
RATES = st.decimals("0.00000001", "9999999999", places=8)


@given(amount=AMOUNTS, rate=RATES)
def test_a_conversion_is_right_to_half_a_cent_or_refused(amount, rate):
    exact = amount / rate
    try:
        found = convert(amount, rate)
    except ValidationError:
        assert exact < Decimal("0.0051") or exact > MOST - 1
    else:
        assert abs(found - exact) <= Decimal("0.005000001") and found == found.quantize(Decimal("0.01"))


@given(amount=AMOUNTS)
def test_at_the_rate_of_one_nothing_changes(amount):
    assert convert(amount, Decimal(1)) == amount


@pytest.mark.parametrize(
    ("amount", "rate", "cents"), [("0.05", "2", "0.02"), ("0.15", "2", "0.08"), ("1", "3", "0.33")]
)
def test_halves_go_to_the_even_cent(amount, rate, cents):
    assert convert(Decimal(amount), Decimal(rate)) == Decimal(cents)


@pytest.mark.parametrize(
    ("amount", "rate"),
    [("NaN", "1"), ("1", "NaN"), ("sNaN", "1"), ("Infinity", "1"), ("1", "Infinity"), ("-1", "1"), ("0", "1")]
    + [("1", "0"), ("1e30", "1"), ("1", "1e-30"), ("0.01", "1000000")],
)
def test_no_amount_and_no_rate_that_make_no_sum(amount, rate):
    with pytest.raises(ValidationError, match="no usable sum"):
        convert(Decimal(amount), Decimal(rate))


@pytest.mark.parametrize("currency", ["", "EU", "XXQ", "eur", "€", "EURO"])
def test_an_unknown_currency_is_refused(currency):
    with pytest.raises(ValidationError, match="not a currency code"):
        check_currency(currency, Decimal(1), "EUR")


@given(adults=st.integers(0, 9), minors=st.integers(0, 12))
def test_the_cap_grows_with_the_family(adults, minors):
    programme = Programme(cap_adult=Decimal(2000), cap_minor=Decimal(1000))
    assert programme.cap(adults, minors) == 2000 * adults + 1000 * minors


def test_the_money_of_a_case_is_the_sum_of_its_lines(cast):
    grant = make.paid(cast)
    make.give_cash(cast, grant.shared, "600")
    make.request(cast, grant.plan, "1000")
    money = money_of(grant.plan)
    assert (money.entitled, money.planned, money.committed) == (Decimal(2000), Decimal(1800), Decimal(380))
    assert (money.delivered, money.paid, money.arrival_cash) == (Decimal(380), Decimal(380), Decimal(600))
    assert money.left == Decimal(1620)
    assert left_for(grant.activity) == Decimal(1800) - 380 - 1000
