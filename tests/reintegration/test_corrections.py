"""Facts of money and visits are corrected by verb, with a reason; what follows from them keeps its rules."""

from datetime import date, timedelta
from decimal import Decimal

import pghistory
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cases.lifecycle import correct_fact
from cases.models import DonorLine, Event
from reintegration.lifecycle import approve_grant
from tests import make, moments
from tests.seen import fresh, last_line

DAY = timedelta(days=1)
XOF = {"currency": "XOF", "rate": Decimal("655.957"), "rate_source": "BCEAO"}


def correct(record, by, field, value, note="The paper says so"):
    correct_fact(fresh(record), by=by, field=field, value=value, note=note)
    return fresh(record)


def in_francs(cast, amount="190000"):
    """A grant with one quote in another currency, chosen."""
    grant = make.granted(cast)
    quote = make.quote(grant, amount, **XOF)
    make.choose(grant, quote)
    return grant, quote


# --- payments ---


def test_rate_and_its_date_of_a_payment(cast, horizon):
    grant = make.delivered(cast)
    paid = make.pay(grant, "190000", **XOF)
    assert correct(paid, horizon, "rate", Decimal("600")).programme_amount == Decimal("316.67")
    day = paid.rate_on - 3 * DAY
    assert correct(paid, horizon, "rate_on", day).rate_on == day
    line = last_line(paid)
    assert (line.subject, line.changes[0]["new"]) == (grant.reference, str(day)), "it stands in the story of the help"
    for field, value, words in (
        ("rate", Decimal("400"), "Only 380.00 EUR were approved"),
        ("rate_on", day - 400 * DAY, "more than a year older"),
        ("paid_on", make.today(horizon) - DAY, "before the delivery on"),
    ):
        with pytest.raises(ValidationError, match=words):
            correct(paid, horizon, field, value)
    own = make.paid(cast).payments.get()
    with pytest.raises(ValidationError, match="itself is 1"):
        correct(own, horizon, "rate", Decimal(2))


def test_cash_on_arrival_may_be_charged_to_another_line(cast, horizon, client):
    shared = make.arrived(cast)
    cash = make.give_cash(cast, shared)
    assert correct(cash, horizon, "donor_line", cast.line).donor_line == cast.line
    with pytest.raises(ValidationError, match="on or after the day of arrival"):
        correct(cash, horizon, "paid_on", make.today(horizon) - DAY)
    foreign = DonorLine.objects.create(programme=cast.other_programme, donor=cast.donor, code="BE-1", name="Other")
    with pytest.raises(ValidationError, match="does not belong"):
        correct(cash, horizon, "donor_line", foreign)
    client.force_login(horizon)
    address = f"/facts/payment/{cash.pk}/correct_fact/"
    assert address in client.get(f"/cases/{shared.reference}/grants/").content.decode()
    assert "HN-26-B1, HN-26-B2" in client.get(address).content.decode()
    typed = {"field": "donor_line", "note": "Charged wrongly"}
    assert client.post(address, typed | {"value": "BE-1"}).status_code == 422
    assert client.post(address, typed | {"value": "HN-26-B1"}).status_code == 302
    assert fresh(cash).donor_line == cast.cash_line


# --- help in kind ---


def test_a_payment_follows_the_donor_line_of_its_help(cast, horizon, amina):
    grant = make.paid(cast)
    payment = grant.payments.get()
    with pytest.raises(ValidationError, match="donor line of the help itself"):
        correct(payment, horizon, "donor_line", cast.cash_line)
    correct(grant, amina, "donor_line", cast.cash_line)
    assert fresh(payment).donor_line == fresh(grant).donor_line == cast.cash_line


def test_order_delivery_and_payment_stay_in_their_order(cast, horizon, clock):
    grant = make.approved(cast)
    first = make.today(horizon)
    clock.shift(5 * DAY)
    make.help_in_kind.order_grant(grant, by=horizon, ordered_on=first + DAY)
    make.deliver(grant, delivered_on=first + 2 * DAY)
    make.pay(grant, paid_on=first + 3 * DAY)
    for field, value, words in (
        ("ordered_on", first - DAY, "follows the approval"),
        ("delivered_on", first, "before the order"),
        ("delivered_on", first + 4 * DAY, "after the payment on"),
    ):
        with pytest.raises(ValidationError, match=words):
            correct(grant, horizon, field, value)
    assert correct(grant, horizon, "delivered_on", first + 3 * DAY).delivered_on == first + 3 * DAY


def test_the_price_of_a_quote_until_it_is_approved(cast, horizon, bashir):
    grant, quote = in_francs(cast)
    assert correct(quote, horizon, "amount", Decimal("195000")).in_programme_currency == Decimal("297.28")
    assert correct(quote, horizon, "rate", Decimal("650")).in_programme_currency == Decimal("300.00")
    assert Event.objects.filter(verb="correct_fact", subject=grant.reference, shared=grant.shared).count() == 2
    with pytest.raises(ValidationError, match="3 quotes are needed"):
        correct(quote, horizon, "amount", Decimal("400000"))
    approve_grant(fresh(grant), by=bashir)
    assert fresh(grant).approved_amount == Decimal("300.00")
    with pytest.raises(ValidationError, match="decided at this price"):
        correct(quote, horizon, "amount", Decimal("190000"))
    day = quote.rate_on - DAY
    assert correct(quote, horizon, "rate_on", day).rate_on == day, "what moves no sum is corrected at any time"


def test_a_corrected_quote_stays_within_the_line_of_the_plan(cast, horizon):
    grant, quote = make.granted(cast, cost="450"), None
    quote = make.quote(grant, "400")
    make.choose(grant, quote)
    with pytest.raises(ValidationError, match="has 450.00 EUR left"):
        correct(quote, horizon, "amount", Decimal("460"))


def test_a_strangers_quote_is_not_there(cast, client, horizon, lantern, nadia):
    grant, quote = in_francs(cast)
    address = f"/facts/quote/{quote.pk}/correct_fact/"
    for user, answer in ((lantern, 404), (nadia, 404), (horizon, 200)):
        client.force_login(user)
        assert client.get(address).status_code == answer
    assert address in client.get(f"/grants/{grant.reference}/").content.decode()


# --- visits ---


def test_the_day_of_a_visit(cast, horizon, client):
    follow_up = moments.due(cast)
    make.visit(follow_up)
    day = make.today(horizon) - 2 * DAY
    client.force_login(horizon)
    address = f"/facts/followup/{follow_up.pk}/correct_fact/"
    assert address in client.get(f"/cases/{follow_up.shared.reference}/follow-ups/").content.decode()
    typed = {"field": "held_on", "value": str(day), "note": "It was on Sunday"}
    assert client.post(address, typed).status_code == 302
    assert fresh(follow_up).held_on == day and last_line(follow_up).note == "It was on Sunday"
    for when, words in ((follow_up.case.arrived_on - 900 * DAY, "before the arrival"), (day + 3 * DAY, "future")):
        with pytest.raises(ValidationError, match=words):
            correct(follow_up, horizon, "held_on", when)
    with pytest.raises(ValidationError, match="counts from"):
        correct(follow_up, horizon, "held_on", follow_up.due_on - 32 * DAY)
    with pytest.raises(PermissionDenied):
        correct(follow_up, cast.mira, "held_on", day)


# --- what the database says itself ---


def refuses(rule, queryset, **facts):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), pghistory.context(verb="correct_fact"):
        queryset.update(**facts)


def test_the_database_knows_the_order_of_the_days(cast, horizon):
    grant = make.paid(cast)
    payment, quote = grant.payments.all(), grant.quotes.all()
    refuses("before the day of the delivery", payment, paid_on=make.today(horizon) - DAY)
    refuses("before the day of the delivery", type(grant).objects.filter(pk=grant.pk), delivered_on="2026-03-11")
    refuses("payment_rate_of_its_time", payment, rate_on=date(2025, 3, 1))
    refuses("quote_rate_of_its_time", quote, rate_on=date(2025, 3, 1))
