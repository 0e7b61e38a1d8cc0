"""The cap follows the people: who takes part, then who came or is on the way; help in kind stays within it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases import lifecycle as office
from cases.transitions import StepNotAllowed
from reintegration.budgets import money_of
from reintegration.lifecycle import (
    add_activity,
    agree_plan,
    amend_plan,
    approve_grant,
    approve_plan,
    drop_activity,
    send_back_plan,
)
from reintegration.models import Grant, Plan, entitled
from tests import make
from tests.make import AISSA, FATOU, OUSMANE, STROKES
from tests.seen import fresh


def sign(plan, by):
    agree_plan(plan, by=by, signed_how="drawn", strokes=STROKES)


def home(cast, case):
    """The case handed over, travelled and arrived with everybody who still takes part."""
    shared = office.send_handover(fresh(case), by=case.owner, partner=cast.partner, agreement="2026")
    office.accept_handover(shared, by=cast.horizon)
    make.give_papers(shared.case)
    make.book(shared.case)
    office.acknowledge_travel(shared, by=cast.horizon)
    make.depart(shared.case)
    make.arrive(fresh(shared))
    return fresh(shared)


def two_of_whom_one_came(cast):
    """A couple: Fatou has arrived, Ousmane left with her and was not met yet."""
    shared = make.departed(cast, OUSMANE)
    make.arrive(shared, shared.people.first())
    return fresh(shared)


def ousmane_never_left(shared):
    """It turned out that he had not boarded."""
    shared.case.people.filter(number=2).update(status="not_departed", departed_on=None)


def test_the_cap_of_a_draft_follows_who_withdraws(cast, amina, horizon, bashir):
    case = make.decided(cast, OUSMANE)
    plan = make.draft(case, by=amina, cost="3900")
    assert plan.cap == 4000
    office.withdraw(case, by=amina, people=[case.people.last()])
    assert fresh(plan).cap == 2000
    home(cast, case)
    with pytest.raises(ValidationError, match=r"asks 3900.00 EUR, and its people may have 2000.00 EUR"):
        sign(fresh(plan), horizon)


@pytest.mark.parametrize(("tries_again", "before"), [(False, 2000), (True, 4000)])
def test_who_did_not_depart_counts_only_to_try_again_and_until_the_others_are_home(
    cast, amina, horizon, tries_again, before
):
    shared = make.booked(cast, OUSMANE)
    fatou, ousmane = shared.case.people.all()
    make.depart(shared.case, fatou)
    office.record_no_departure(shared.case, by=amina, people=[ousmane], note="Ill", try_again=tries_again)
    assert entitled(fresh(shared.case)) == before
    make.arrive(fresh(shared), shared.people.get(number=1))
    plan = make.draft(fresh(shared), by=horizon)
    assert plan.cap == entitled(fresh(shared.case)) == 2000


def test_who_is_on_the_way_counts(cast, horizon):
    shared = two_of_whom_one_came(cast)
    assert make.draft(shared, by=horizon).cap == 4000


def test_fewer_people_between_signature_and_approval(cast, horizon, bashir):
    shared = two_of_whom_one_came(cast)
    plan = make.draft(shared, by=horizon, cost="3900")
    sign(plan, horizon)
    ousmane_never_left(shared)
    with pytest.raises(StepNotAllowed, match="may have 2000.00 EUR: lower a cost. Send the plan back"):
        approve_plan(plan, by=bashir)
    send_back_plan(fresh(plan), by=bashir, note="Only one came")
    assert fresh(plan).cap == 2000


def test_an_approved_version_keeps_its_cap_and_new_help_stays_within_who_came(cast, horizon, bashir):
    shared = two_of_whom_one_came(cast)
    plan = make.draft(shared, by=horizon, cost="3900")
    sign(plan, horizon)
    approve_plan(plan, by=bashir)
    machine = make.request(cast, plan, "1700")
    for name in ("One", "Two", "Three"):
        quote = make.quote(machine, "1700", name)
    ousmane_never_left(shared)
    assert fresh(plan).cap == 4000 and money_of(fresh(plan)).entitled == 2000
    make.choose(machine, quote)
    approve_grant(machine, by=bashir)
    with pytest.raises(ValidationError, match="Those who came may have 300.00 EUR more"):
        make.request(cast, fresh(plan), "301")
    loom = make.request(cast, fresh(plan), "300", item="Loom")
    make.choose(loom, make.quote(loom, "300"))
    with pytest.raises(IntegrityError, match="beyond what the people are entitled to"), transaction.atomic():
        shared.case.people.filter(number=1).update(born_on=date(2010, 1, 1))
        approved = {"approved_by": bashir, "approved_at": make.timezone.now(), "approved_amount": 300}
        Grant.objects.filter(pk=loom.pk).update(status="approved", **approved)


def test_why_the_cap_changed_stands_on_the_page(cast, client, amina):
    case = make.decided(cast, OUSMANE)
    make.draft(case, by=amina)
    client.force_login(amina)
    assert "It was" not in client.get(f"/cases/{case.reference}/plan/").content.decode()
    office.withdraw(case, by=amina, people=[case.people.last()])
    page = client.get(f"/cases/{case.reference}/plan/").content.decode()
    assert "It was" in page and "4,000" in page and "2,000" in page


@pytest.mark.parametrize("born", [date(2008, 3, 10), date(2008, 3, 11), date(2008, 2, 29), date(2018, 9, 30)])
def test_the_database_counts_adults_and_minors_alike(cast, horizon, born):
    plan = make.drafted(cast, AISSA | {"born_on": born})
    rows, cap = Plan.objects.filter(pk=plan.pk), plan.cap
    facts = {"status": "agreed", "agreed_at": make.timezone.now(), "signed_how": "drawn", "agreed_by": horizon}
    with pytest.raises(IntegrityError, match="more than the people"), transaction.atomic():
        rows.update(cap=cap + Decimal("0.01"), **facts)
    rows.update(cap=cap, **facts)


# --- a newer version of the plan ---


def another_line(plan, by, cost):
    drop_activity(plan, by=by, activity=plan.activities.get())
    add_activity(plan, by=by, dimension="social", title="School", modality="in_kind", cost=Decimal(cost))


def test_a_new_version_covers_what_was_asked_for_meanwhile(cast, horizon, bashir):
    plan = make.planned(cast)
    second = amend_plan(plan, by=horizon, note="She learns first")
    another_line(second, horizon, "100")
    grant = make.request(cast, fresh(plan), "450")
    with pytest.raises(ValidationError, match=f"{grant.reference}: the line of the plan needs at least 450.00 EUR"):
        sign(fresh(second), horizon)


def test_a_signed_version_waits_until_it_covers_what_was_asked_for(cast, horizon, bashir):
    plan = make.planned(cast)
    second = amend_plan(plan, by=horizon, note="She learns first")
    another_line(second, horizon, "100")
    sign(second, horizon)
    grant = make.request(cast, fresh(plan), "450")
    with pytest.raises(StepNotAllowed, match="needs at least 450.00 EUR. Send the plan back"):
        approve_plan(fresh(second), by=bashir)
    assert fresh(plan).status == "approved"
    make.choose(grant, make.quote(grant, "450"))
    approve_grant(grant, by=bashir)
    facts = {"approved_by": bashir, "approved_at": make.timezone.now()}
    with pytest.raises(IntegrityError, match="does not cover"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(status="replaced")
        Plan.objects.filter(pk=second.pk).update(status="approved", **facts)


def test_help_is_judged_by_the_plan_in_force(cast, horizon, bashir):
    """A plan in force without the line of the help: an older row than the rule above."""
    plan = make.planned(cast)
    second = amend_plan(plan, by=horizon, note="She learns first")
    another_line(second, horizon, "100")
    sign(second, horizon)
    approve_plan(second, by=bashir)
    grant = Grant.objects.create(
        **Grant.sides(plan.case), reference="G-1", plan=plan, activity=plan.activities.get(), item="Loom",
        expected_cost=50, donor_line=cast.line, currency="EUR", requested_by=horizon,
    )  # fmt: skip
    with pytest.raises(StepNotAllowed, match="no such line any more"):
        make.choose(grant, make.quote(grant, "50"))


def test_the_day_of_the_application_decides_who_is_an_adult(cast, clock):
    case = make.applied(cast, applicant=FATOU, programme=cast.programme)
    office.add_person(case, by=case.owner, **AISSA | {"born_on": date(2008, 3, 12)})
    clock.shift(timedelta(days=30))
    assert entitled(fresh(case)) == 3000
