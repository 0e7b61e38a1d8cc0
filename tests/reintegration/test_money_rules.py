"""The database refuses what the rules of money forbid, by whatever way it is written."""

from decimal import Decimal

import pghistory
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.lifecycle import add_document, correct_fact
from cases.models import DonorLine
from reintegration.budgets import convert
from reintegration.models import Activity, Grant, HarmAnswer, Payment, Quote
from tests import make
from tests.seen import fresh


def refuses(rule, write, verb="correct_fact"):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), pghistory.context(verb=verb):
        write()


def of(record):
    return type(record).objects.filter(pk=record.pk)


def foreign_line(cast):
    return DonorLine.objects.create(programme=cast.other_programme, donor=cast.donor, code="BE-1", name="Other")


def chosen(quote, by):
    return {"status": "quoted", "chosen": quote, "choice_reason": "x", "chosen_by": by}


def approval(by, amount="380"):
    return {
        "status": "approved",
        "approved_by": by,
        "approved_at": timezone.now(),
        "approved_amount": Decimal(amount),
    }


def payment(cast, record, **facts):
    """A payment written around its verb: of a grant, or of the case of a share."""
    day, case = make.today(cast.horizon), record.case
    add = {"by": cast.horizon, "upload": make.photo(), "kind": "receipt", "title": "Receipt"}
    proof = case.documents.first() or add_document(case.shared, **add)
    grant = record if isinstance(record, Grant) else None
    facts = {"kind": "grant", "grant": grant, "donor_line": cast.line, "programme_amount": 380, **facts}
    own = {"amount": 380, "currency": "EUR", "rate": 1, "rate_on": day, "rate_source": "x", "programme_currency": "EUR"}
    return Payment.objects.create(
        **Payment.sides(case) | own | {"paid_on": day, "proof": proof, "paid_by": cast.horizon} | facts
    )


# --- help in kind ---


def test_above_the_limit_one_quote_is_not_enough(cast, horizon):
    grant = make.granted(cast, expected="900")
    quote = make.quote(grant, "900")
    refuses("3 quotes are needed", lambda: of(grant).update(**chosen(quote, horizon)))
    for name in ("Two", "Three"):
        make.quote(grant, "950", name)
    of(grant).update(**chosen(quote, horizon))


def test_a_quote_belongs_to_its_grant(cast, horizon):
    grant, other = make.granted(cast), make.quote(make.granted(cast))
    refuses("quote of another", lambda: of(grant).update(**chosen(other, horizon)))


@pytest.mark.parametrize("amount", ["379.99", "380.01", "1999"])
def test_approved_is_the_price_of_the_quote(cast, bashir, amount):
    grant = make.quoted(cast)
    refuses("price of the chosen quote", lambda: of(grant).update(**approval(bashir, amount)))


def test_approved_help_fits_its_line(cast, bashir):
    grant = make.quoted(cast, cost="1000")
    other = make.request(cast, grant.plan, "600")
    for name in ("One", "Two", "Three"):
        quote = make.quote(other, "600", name)
    make.choose(other, quote)
    of(grant).update(**approval(bashir))
    of(other).update(**approval(bashir, "600"))
    third = make.request(cast, grant.plan, "20")
    quote = make.quote(third, "20")
    Quote.objects.filter(pk=quote.pk).update(amount=21, in_programme_currency=21)
    of(third).update(**chosen(quote, cast.horizon))
    refuses("beyond its line", lambda: of(third).update(**approval(bashir, "21")))


@pytest.mark.parametrize("name", ["hawa", "amina", "faye"])
def test_only_a_supervisor_of_the_agency_approves(cast, name):
    grant, plan = make.quoted(cast), make.agreed(cast)
    somebody = getattr(cast, name)
    refuses("supervisor of the agency", lambda: of(grant).update(**approval(somebody)))
    facts = {"status": "approved", "approved_by": somebody, "approved_at": timezone.now()}
    refuses("supervisor of the agency", lambda: of(plan).update(**facts))


@pytest.mark.parametrize("made", [make.approved, make.ordered, make.delivered, make.paid])
def test_what_was_approved_stays(cast, made, samuel):
    grant = made(cast)
    for facts in ({"approved_amount": 9999}, {"approved_by": samuel}, {"approved_at": timezone.now()}):
        refuses("approved is not changed|price of the chosen", lambda facts=facts: of(grant).update(**facts))
    refuses("stays as it is", lambda: grant.quotes.update(in_programme_currency=9, amount=9))
    refuses("stays as it is", lambda: raw(f"DELETE FROM reintegration_quote WHERE grant_id = {grant.pk}"))


def test_help_stays_under_its_line(cast):
    grant, other = make.granted(cast), make.planned(cast)
    facts = {"activity": other.activities.get()}
    refuses("stays under the line", lambda: of(grant).update(**facts))
    facts = Grant.objects.filter(pk=grant.pk).values().get() | {"id": None, "reference": "G-2", "plan_id": other.pk}
    refuses("stays under the line", lambda: Grant.objects.create(**facts))


def test_paid_is_what_has_a_payment(cast):
    refuses("paid without a payment", lambda: of(make.delivered(cast)).update(status="paid"))


def test_the_donor_line_is_one_of_the_programme(cast):
    line = foreign_line(cast)
    refuses("another programme", lambda: of(make.granted(cast)).update(donor_line=line))
    cash = make.give_cash(cast, make.arrived(cast))
    refuses("another programme", lambda: of(cash).update(donor_line=line))


def test_nothing_is_asked_approved_or_paid_in_a_closed_case(cast, amina, bashir):
    done, waiting = make.paid(cast), make.quoted(cast)
    proof = done.payments.get().proof
    for grant in (done, waiting):
        of(grant.case).update(stage="closed", outcome="completed", closed_on=make.today(amina))
    refuses("the case is closed", lambda: of(waiting).update(**approval(bashir)))
    facts = Grant.objects.filter(pk=done.pk).values().get() | {"id": None, "reference": "G-3"}
    refuses("the case is closed", lambda: Grant.objects.create(**facts))
    cash = {"kind": "arrival_cash", "person": done.case.people.get(), "grant": None, "proof": proof}
    refuses("the case is closed", lambda: payment(cast, done, **cash))
    of(waiting).update(status="cancelled", cancel_reason="Closed")


# --- payments ---


def test_no_payment_before_the_delivery(cast):
    grant = make.ordered(cast)
    refuses("before it was delivered", lambda: payment(cast, grant))
    assert payment(cast, make.delivered(cast)).pk


def test_a_payment_is_charged_as_the_help_was(cast):
    grant = make.delivered(cast)
    refuses("another line", lambda: payment(cast, grant, donor_line=cast.cash_line))


def test_cash_on_arrival_has_its_limit_and_its_person(cast):
    shared, waiting = make.arrived(cast), make.departed(cast)
    cash = make.give_cash(cast, shared, "600")
    more = {"amount": Decimal("615.01"), "programme_amount": Decimal("615.01")}
    refuses("more cash", lambda: of(cash).update(**more))
    grant = make.delivered(cast)
    for person, case in ((waiting.case.people.get(), waiting.case), (shared.case.people.get(), grant.case)):
        facts = {"kind": "arrival_cash", "person": person}
        refuses("those who arrived", lambda facts=facts, case=case: payment(cast, case, **facts))


def test_a_payment_is_only_corrected(cast, horizon):
    grant = make.paid(cast)
    paid = grant.payments.get()
    facts = {"amount": 370, "programme_amount": 370}
    refuses("corrected by its verb", lambda: of(paid).update(**facts), verb="pay_grant")
    for other in (
        {"paid_by": cast.faye},
        {"currency": "XOF"},
        {"kind": "arrival_cash"},
        {"recorded_at": timezone.now()},
    ):
        refuses("a payment stays", lambda other=other: of(paid).update(**other))
    refuses("a payment stays", lambda: raw(f"DELETE FROM reintegration_payment WHERE id = {paid.pk}"))
    correct_fact(paid, by=horizon, field="amount", value=Decimal(370), note="The invoice says 370")
    assert fresh(paid).programme_amount == 370
    assert list(paid.history.order_by("pgh_id").values_list("programme_amount", flat=True)) == [380, 370]


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


# --- amounts in two currencies ---


def test_the_programmes_amount_is_the_amount_at_its_rate(cast):
    grant = make.paid(cast)
    for facts in ({"programme_amount": Decimal(1)}, {"amount": Decimal(379)}, {"rate": Decimal(2)}):
        refuses("is not", lambda facts=facts: grant.payments.update(**facts))
    quote = make.quote(make.granted(cast), "249000", currency="XOF", rate=Decimal("655.957"))
    refuses("is not", lambda: of(quote).update(in_programme_currency=Decimal("379.61")))


def test_a_currency_has_the_rate_of_one_to_itself(cast):
    grant, quote = make.paid(cast), make.quote(make.granted(cast))
    facts = {"amount": 190, "rate": Decimal("0.5")}
    refuses("itself is 1", lambda: grant.payments.update(**facts))
    refuses("itself is 1", lambda: of(quote).update(**facts))


@pytest.mark.parametrize(("amount", "rate"), [
    ("0.05", "2"), ("0.15", "2"), ("0.25", "2"), ("1", "3"), ("249000", "655.957"), ("0.01", "1.99999999"),
    ("999999999.99", "1"), ("12345.67", "0.00012345"), ("0.035", "1"), ("2.5", "100"), ("7.5", "100"),
])  # fmt: skip
def test_python_and_database_round_alike(cast, amount, rate):
    amount, rate = Decimal(amount), Decimal(rate)
    quote = make.quote(make.granted(cast), "380")
    facts = {"amount": amount.quantize(Decimal("0.01")), "rate": rate, "currency": "XOF"}
    right = convert(facts["amount"], rate)
    of(quote).update(in_programme_currency=right, **facts)
    for wrong in (right + Decimal("0.01"), right - Decimal("0.01")):
        refuses("is not|quote_amounts", lambda wrong=wrong: of(quote).update(in_programme_currency=wrong))


# --- a signed plan ---


@pytest.mark.parametrize("made", [make.agreed, make.planned])
def test_a_signed_plan_stays_as_it_was_signed(cast, made):
    plan = made(cast)
    for facts in ({"goal_social": "Other"}, {"structural_factors": "Other"}, {"signature": None}, {"version": 9}):
        refuses("signed plan is not changed", lambda facts=facts: of(plan).update(**facts))
    refuses("cap of a signed plan", lambda: of(plan).update(cap=Decimal(1900)))
    refuses("more than the people|cap of a signed", lambda: of(plan).update(cap=90000))
    line = {"line": 9, "dimension": "social", "title": "x", "cost": 1}
    for write in (
        lambda: plan.activities.update(cost=1),
        lambda: plan.harm_answers.update(is_risk=False),
        lambda: plan.activities.all().delete(),
        lambda: Activity.objects.create(plan=plan, **line),
        lambda: HarmAnswer.objects.filter(plan=plan).delete(),
    ):
        refuses("signed plan are not changed", write)


def test_an_approval_of_a_plan_stays(cast, samuel):
    refuses("an approval is not changed", lambda: of(make.planned(cast)).update(approved_by=samuel))
