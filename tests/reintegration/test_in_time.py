"""Help is asked for within the programme's months after the last arrival; later with the reason why."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reintegration.budgets import help_until
from reintegration.lifecycle import request_grant
from reintegration.models import Grant
from tests import make
from tests.make import OUSMANE
from tests.seen import fresh

DAY = timedelta(days=1)


def ask(cast, plan, **facts):
    facts = {"item": "Loom", "expected_cost": Decimal(10), "activity": plan.activities.get()} | facts
    return request_grant(plan, by=cast.horizon, donor_line=cast.line, **facts)


def test_help_asked_for_late_says_why(cast, clock):
    plan = make.planned(cast)
    assert ask(cast, plan, late_reason="Not late at all").late_reason == ""
    clock.shift(365 * DAY)
    assert ask(cast, plan).late_reason == "", "the last day still counts"
    clock.shift(DAY)
    for nothing in ("", "  "):
        with pytest.raises(ValidationError, match="until March 10, 2027; say why later"):
            ask(cast, plan, late_reason=nothing)
    late = ask(cast, plan, late_reason="She was in hospital")
    assert late.late_reason == "She was in hospital"
    facts = Grant.objects.filter(pk=late.pk).values().get() | {"id": None, "reference": "G-9", "late_reason": ""}
    with pytest.raises(IntegrityError, match="no word why"), transaction.atomic():
        Grant.objects.create(**facts)


def test_the_months_of_help_are_those_of_the_programme_after_the_last_arrival(cast, clock, horizon):
    cast.programme.help_months = 1
    cast.programme.save()
    shared = make.departed(cast, OUSMANE)
    make.arrive(shared, shared.people.first())
    clock.shift(20 * DAY)
    make.arrive(shared, shared.people.last())
    assert help_until(fresh(shared).case) == make.today(horizon).replace(day=30, month=4)


def test_the_reason_is_asked_only_when_it_is_late(cast, client, horizon, bashir, clock):
    plan = make.planned(cast)
    client.force_login(horizon)
    address = f"/plans/{plan.pk}/request_grant/"
    page = client.get(f"/cases/{plan.reference_of_case}/plan/").content.decode()
    assert "Help is asked for until" in page and "late_reason" not in client.get(address).content.decode()
    clock.shift(366 * DAY)
    client.force_login(horizon)
    assert "late_reason" in client.get(address).content.decode()
    asked = {"activity": plan.activities.get().pk, "item": "Loom", "expected_cost": "10", "donor_line": cast.line.pk}
    assert client.post(address, asked).context["form"].errors.keys() == {"late_reason"}
    page = client.post(address, asked | {"late_reason": "She was in hospital"}, follow=True).content.decode()
    assert "She was in hospital" in page
    grant = plan.grants.get()
    make.choose(grant, make.quote(grant, "10"))
    client.force_login(bashir)
    assert "She was in hospital" in client.get(f"/grants/{grant.reference}/approve_grant/").content.decode()
