"""Help in kind: asked, quoted, chosen, approved by another, ordered, delivered, paid; and cash on arrival."""

from datetime import timedelta
from decimal import Decimal

import pghistory
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from cases.lifecycle import close_case
from cases.models import DonorLine
from cases.references import is_sound
from cases.transitions import StepNotAllowed
from reintegration.lifecycle import (
    approve_grant,
    cancel_grant,
    dispute_delivery,
    order_grant,
    request_grant,
    send_back_grant,
)
from reintegration.models import Grant, Payment
from tests import make
from tests.make import OUSMANE
from tests.seen import fresh, last_line, told, waits

DAY = timedelta(days=1)


def test_help_is_asked_for_under_an_approved_plan(cast, horizon):
    grant = make.granted(cast)
    assert grant.status == "asked" and is_sound(grant.reference) and "choose_quote" in waits(grant)
    assert (last_line(grant).subject, last_line(grant).shared) == (grant.reference, grant.shared)
    with pytest.raises(StepNotAllowed, match="under an approved plan"):
        make.request(cast, make.agreed(cast))


def test_it_stays_within_its_line_of_the_plan(cast):
    plan = make.planned(cast)
    with pytest.raises(ValidationError, match="1800.00 EUR left"):
        make.request(cast, plan, "1800.01")
    make.request(cast, plan, "1000")
    with pytest.raises(ValidationError, match="800.00 EUR left"):
        make.request(cast, plan, "801")


def test_lines_of_others_do_not_count(cast, horizon):
    plan, other = make.planned(cast), make.planned(cast)
    foreign = DonorLine.objects.create(programme=cast.other_programme, donor=cast.donor, code="BE-1", name="Other")
    facts = {"item": "Loom", "expected_cost": Decimal(10)}
    for activity, line in ((other.activities.get(), cast.line), (plan.activities.get(), foreign)):
        with pytest.raises(StepNotAllowed, match="does not belong"):
            request_grant(plan, by=horizon, activity=activity, donor_line=line, **facts)


def test_the_host_asks_for_nothing_itself(cast, amina):
    plan = make.planned(cast)
    with pytest.raises(PermissionDenied):
        request_grant(
            plan, by=amina, activity=plan.activities.get(), item="Loom", expected_cost=Decimal(1), donor_line=cast.line
        )


# --- quotes ---


def test_a_supplier_quotes_once_and_not_from_the_future(cast, horizon):
    grant, day = make.granted(cast), None
    make.quote(grant)
    day = make.today(horizon)
    for facts, words in (
        ({}, "already a quote"),
        ({"supplier": "Other", "dated": day + DAY}, "future"),
        ({"supplier": "Other", "dated": day - 367 * DAY}, "more than a year before it was asked for"),
        ({"supplier": "Other", "rate_on": day + DAY}, "future"),
        ({"supplier": "Other", "rate_on": day - 367 * DAY}, "more than a year older"),
        ({"supplier": "Other", "valid_until": day - DAY}, "before it was made"),
        ({"supplier": "Other", "currency": "XXQ"}, "not a currency"),
        ({"supplier": "Other", "rate": Decimal(2)}, "itself is 1"),
    ):
        with pytest.raises(ValidationError, match=words):
            make.quote(grant, **facts)


def test_above_the_limit_three_quotes_are_needed(cast):
    grant = make.granted(cast, expected="900")
    first = make.quote(grant, "600", "One")
    make.quote(grant, "700", "Two")
    with pytest.raises(ValidationError, match="3 quotes"):
        make.choose(grant, first)
    make.quote(grant, "800", "Three")
    make.choose(grant, first)
    assert fresh(grant).status == "quoted"


def test_up_to_the_limit_one_quote_is_enough(cast, bashir):
    grant = make.quoted(cast, amount="500", expected="500")
    assert grant.status == "quoted" and told(bashir)[-1] == "grant_waiting"


def test_a_quote_of_something_else_is_not_chosen(cast):
    one, other = make.granted(cast), make.granted(cast)
    with pytest.raises(StepNotAllowed, match="something else"):
        make.choose(one, make.quote(other))


def test_quotes_end_with_the_choice(cast):
    with pytest.raises(StepNotAllowed, match="no longer possible"):
        make.quote(make.quoted(cast), supplier="Late")


# --- approval ---


def test_a_supervisor_of_the_host_approves_once(cast, amina, bashir, samuel, horizon):
    grant = make.quoted(cast)
    for stranger in (amina, horizon, cast.hawa, cast.faye):
        with pytest.raises(PermissionDenied):
            approve_grant(grant, by=stranger)
    approve_grant(grant, by=bashir)
    assert (fresh(grant).approved_amount, told(horizon)[-1]) == (Decimal(380), "grant_approved")
    with pytest.raises(StepNotAllowed):
        approve_grant(grant, by=samuel)


def test_nobody_approves_what_they_asked_for_or_chose(cast, bashir):
    grant = make.quoted(cast)
    for field in ("requested_by", "chosen_by"):
        Grant.objects.filter(pk=grant.pk).update(**{field: bashir})
        with pytest.raises(StepNotAllowed, match="Somebody other"):
            approve_grant(grant, by=bashir)
        Grant.objects.filter(pk=grant.pk).update(**{field: cast.horizon})


def test_sent_back_it_is_chosen_again(cast, bashir, horizon):
    grant = make.quoted(cast)
    send_back_grant(grant, by=bashir, note="Ask a second supplier")
    assert (fresh(grant).status, fresh(grant).chosen, told(horizon)[-1]) == ("asked", None, "grant_sent_back")
    make.choose(grant, grant.quotes.get())
    assert told(bashir).count("grant_waiting") == 2, "the same quote, chosen again, waits again"
    send_back_grant(grant, by=bashir, note="Ask a second supplier")
    assert told(horizon).count("grant_sent_back") == 2


def test_a_cancelled_grant_frees_its_budget(cast, horizon):
    grant = make.approved(cast, expected="400")
    with pytest.raises(ValidationError, match="Say why"):
        cancel_grant(grant, by=horizon, note=" ")
    cancel_grant(grant, by=horizon, note="The shop burned down")
    make.request(cast, grant.plan, "1800")
    with pytest.raises(StepNotAllowed):
        cancel_grant(make.paid(cast), by=horizon, note="Too late")


# --- order, delivery, payment ---


def test_an_order_follows_the_approval(cast, horizon):
    grant, day = make.approved(cast), make.today(horizon)
    for when, words in ((day - DAY, "follows the approval"), (day + DAY, "future")):
        with pytest.raises(ValidationError, match=words):
            order_grant(grant, by=horizon, ordered_on=when)
    with pytest.raises(StepNotAllowed):
        order_grant(make.quoted(cast), by=horizon, ordered_on=day)
    order_grant(grant, by=horizon, ordered_on=day, order_number="77")
    assert "deliver_grant" in waits(grant)


def test_a_delivery_is_confirmed_with_a_photo(cast, horizon):
    grant = make.ordered(cast)
    make.deliver(grant, delivery_place="Thiès")
    proof = grant.delivery_proof
    assert (proof.kind, proof.place, proof.made_on) == ("receipt", "Thiès", make.today(horizon))
    assert fresh(grant).status == "delivered" and "pay_grant" in waits(grant)


def test_a_delivery_is_not_before_the_order_nor_ahead(cast, horizon):
    grant, day = make.ordered(cast), make.today(horizon)
    for when, words in ((day - DAY, "before the order"), (day + DAY, "future")):
        with pytest.raises(ValidationError, match=words):
            make.deliver(grant, delivered_on=when)
    with pytest.raises(StepNotAllowed):
        make.deliver(make.approved(cast))


def test_not_what_was_chosen_can_be_said_and_the_host_hears_it(cast, amina, horizon):
    grant = make.ordered(cast)
    with pytest.raises(ValidationError, match="what differs"):
        make.deliver(grant, as_chosen=False)
    make.deliver(grant, as_chosen=False, difference="A used machine")
    assert told(amina)[-1] == "delivery_differs"
    for note in ("The motor does not turn", "Mended, and broken again"):
        dispute_delivery(grant, by=horizon, note=note)
    assert fresh(grant).dispute and told(amina)[-3:] == ["delivery_differs"] * 3
    with pytest.raises(StepNotAllowed, match="Nothing has been delivered"):
        dispute_delivery(make.ordered(cast), by=horizon, note="Where is it")


def test_a_payment_is_never_above_the_approval(cast, horizon):
    grant = make.delivered(cast)
    with pytest.raises(ValidationError, match="Only 380.00 EUR"):
        make.pay(grant, "380.01")
    day = make.today(horizon)
    for facts, words in (
        ({"paid_on": day - DAY}, "before the delivery on March 10, 2026"),
        ({"paid_on": day + DAY}, "future"),
        ({"rate_on": day + DAY}, "future"),
        ({"rate_on": day - 367 * DAY}, "more than a year older"),
    ):
        with pytest.raises(ValidationError, match=words):
            make.pay(grant, **facts)
    make.pay(grant, "379")
    assert (fresh(grant).status, fresh(grant).paid) == ("paid", Decimal(379))
    with pytest.raises(StepNotAllowed):
        make.pay(grant)


def test_finance_may_pay_and_the_approver_may_not(cast, faye, bashir, amina):
    for stranger in (bashir, amina):
        with pytest.raises(PermissionDenied):
            make.pay(make.delivered(cast), by=stranger)
    grant = make.delivered(cast)
    assert make.pay(grant, by=faye).paid_by == faye


def test_an_amount_in_another_currency_keeps_its_dated_rate(cast, horizon):
    grant = make.delivered(cast)
    payment = make.pay(grant, "249000", currency="XOF", rate=Decimal("655.957"), rate_source="BCEAO")
    assert (payment.programme_amount, payment.programme_currency) == (Decimal("379.60"), "EUR")
    assert (payment.amount, payment.currency, payment.donor_line) == (Decimal(249000), "XOF", cast.line)


def test_a_broken_proof_pays_nothing(cast, horizon):
    grant = make.delivered(cast)
    bad = make.SimpleUploadedFile("receipt.jpg", b"<html>")
    with pytest.raises(ValidationError, match="not a photo"):
        make.pay(grant, upload=bad)
    assert fresh(grant).status == "delivered" and not Payment.objects.exists()


# --- cash on arrival ---


def test_cash_on_arrival_is_given_once_to_each_person(cast):
    shared = make.arrived(cast, OUSMANE)
    for person in shared.people.all():
        make.give_cash(cast, shared, person=person)
    assert "pay_arrival_cash" not in waits(shared)
    with pytest.raises(StepNotAllowed, match="already received"):
        make.give_cash(cast, shared, "1")


def test_cash_has_its_limit_its_day_and_its_person(cast, horizon):
    shared, other = make.arrived(cast), make.departed(cast)
    day = make.today(horizon)
    foreign = DonorLine.objects.create(programme=cast.other_programme, donor=cast.donor, code="BE-1", name="Other")
    for facts, words in (
        ({"amount": "615.01"}, "At most 615"),
        ({"paid_on": day - DAY}, "on or after the day of arrival"),
        ({"paid_on": day + DAY}, "future"),
        ({"rate_on": day + DAY}, "future"),
        ({"rate_on": day - 367 * DAY}, "more than a year older"),
        ({"person": other.people.get()}, "on or after the day of arrival"),
        ({"donor_line": foreign}, "another programme"),
    ):
        with pytest.raises(ValidationError, match=words):
            make.give_cash(cast, shared, **facts)
    assert not Payment.objects.exists()


# --- the database's own rules ---


def refuses(rule, queryset, **facts):
    by_verb = pghistory.context(verb="correct_fact")
    with pytest.raises((IntegrityError, InternalError), match=rule), transaction.atomic(), by_verb:
        queryset.update(**facts)


def test_the_database_has_four_eyes(cast, bashir):
    grant = Grant.objects.filter(pk=make.approved(cast).pk)
    for field in ("requested_by", "chosen_by"):
        refuses("grant_four_eyes", grant, **{field: bashir})


def test_the_database_knows_the_legal_steps(cast):
    grant = Grant.objects.filter(pk=make.approved(cast).pk)
    for status in ("paid", "delivered", "quoted", "asked"):
        refuses(".", grant, status=status)


def test_the_database_pays_never_above_the_approval(cast, bashir):
    payments = Payment.objects.filter(pk=make.paid(cast).payments.get().pk)
    refuses("above what was approved", payments, amount=Decimal("380.01"), programme_amount=Decimal("380.01"))
    refuses("payment_amounts", payments, amount=Decimal(-1))
    facts = payments.values().get() | {"id": None, "paid_by_id": bashir.pk, "grant_id": make.delivered(cast).pk}
    with pytest.raises(IntegrityError, match="one person"), transaction.atomic():
        Payment.objects.create(**facts)


def test_the_database_wants_the_facts_of_a_delivery(cast):
    grant = Grant.objects.filter(pk=make.delivered(cast).pk)
    refuses("grant_delivered", grant, delivery_proof=None)
    refuses("grant_delivered", grant, received_by="")
    refuses("grant_difference_said", grant, as_chosen=False)


def test_pay_grant_needs_a_delivery(cast, horizon):
    with pytest.raises(StepNotAllowed):
        make.pay(make.ordered(cast))


def test_the_programmes_own_currency_needs_no_rate(cast, client, horizon):
    grant = make.granted(cast)
    client.force_login(horizon)
    asked = {"supplier": "Atelier Ndoye", "amount": "380", "currency": "eur", "dated": "2026-03-10"}
    assert client.post(f"/grants/{grant.reference}/add_quote/", asked).status_code == 302
    quote = grant.quotes.get(supplier__name="Atelier Ndoye")
    assert (quote.rate, quote.in_programme_currency, quote.currency) == (1, Decimal(380), "EUR")


def test_another_currency_needs_its_rate_with_date_and_source(cast, client, horizon):
    grant = make.granted(cast)
    client.force_login(horizon)
    asked = {"supplier": "Atelier Ndoye", "amount": "249000", "currency": "XOF", "dated": "2026-03-10"}
    answer = client.post(f"/grants/{grant.reference}/add_quote/", asked)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"rate", "rate_on", "rate_source"}


def test_what_was_asked_for_ends_with_the_case(cast, amina, bashir):
    quoted = make.quoted(cast)
    asked = make.request(cast, quoted.plan)
    close_case(quoted.case, by=amina, outcome="completed")
    for grant in (quoted, asked):
        assert (fresh(grant).status, fresh(grant).cancel_reason) == ("cancelled", "The case was closed.")
    told = quoted.case.events.filter(verb="cancel_grant")
    assert {(line.subject, line.note, line.by.role, line.shared_id) for line in told} == {
        (grant.reference, "The case was closed.", "system", grant.shared_id) for grant in (quoted, asked)
    }
    with pytest.raises(StepNotAllowed):
        approve_grant(quoted, by=bashir)


def test_what_was_approved_keeps_the_case_open(cast, amina):
    grant = make.approved(cast)
    with pytest.raises(StepNotAllowed, match=grant.reference):
        close_case(grant.case, by=amina, outcome="completed")
