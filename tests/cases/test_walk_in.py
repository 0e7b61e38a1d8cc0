"""A returnee stands before the partner without a case: the host is asked, and silence never means no."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.lifecycle import answer_walk_in
from cases.models import Case, SharedCase, WalkIn, Work
from cases.transitions import StepNotAllowed
from tests import make
from tests.seen import fresh, told, verbs, waits


def test_the_host_agency_is_asked_and_has_seven_days(cast, amina, bashir, nadia):
    walk_in = make.walked_in(cast)
    assert walk_in.answer_due_on == make.today(amina) + timedelta(days=7)
    assert told(amina) == told(bashir) == ["walk_in_asked"] and told(nadia) == []
    assert Work.objects.waiting_for(amina, make.today(amina)).get().kind == "answer_walk_in"


@pytest.mark.parametrize(("facts", "words"), [
    ({"arrived_on": date(2026, 2, 1), "departed_on": date(2026, 2, 2)}, "before the departure"),
    ({"arrived_on": date(2026, 3, 11)}, "future"),
    ({"born_on": date(2027, 1, 1)}, "date of birth"),
])  # fmt: skip
def test_dates_that_cannot_be_are_refused(cast, facts, words):
    with pytest.raises(ValidationError, match=words):
        make.walked_in(cast, **facts)
    assert not WalkIn.objects.exists() and not Work.objects.exists()


def test_host_staff_register_nobody_at_a_partner(cast, amina):
    cast.horizon = amina
    with pytest.raises(PermissionDenied):
        make.walked_in(cast)


def test_a_yes_opens_the_case_where_it_stands_and_shares_it(cast, amina, horizon):
    walk_in = make.walked_in(cast)
    case = answer_walk_in(walk_in, by=amina, ours=True, programme=cast.programme)
    assert (case.stage, case.owner, case.arrived_on) == ("reintegration", amina, walk_in.arrived_on)
    shared = SharedCase.objects.visible_to(horizon).get()
    assert (shared.case, shared.worker, shared.title) == (case, horizon, "Fatou Sarr")
    assert shared.people.get().status == "arrived"
    assert waits(case) >= {"agree_plan", "pay_arrival_cash", "record_follow_up"}
    assert verbs(case) == ["answer_walk_in"] and told(horizon) == ["walk_in_answered"]
    assert not Work.objects.filter(kind="answer_walk_in").open().exists()


def test_a_no_has_a_reason_and_opens_nothing(cast, amina):
    walk_in = make.walked_in(cast)
    with pytest.raises(ValidationError, match="Say why"):
        answer_walk_in(walk_in, by=amina, ours=False)
    answer_walk_in(walk_in, by=amina, ours=False, note="Not in our programme")
    assert fresh(walk_in).status == "not_ours" and not Case.objects.exists()


def test_a_yes_names_the_programme(cast, amina):
    with pytest.raises(ValidationError, match="Choose the programme"):
        answer_walk_in(make.walked_in(cast), by=amina, ours=True)


def test_another_agency_cannot_answer_nor_its_programme_be_chosen(cast, amina, nadia):
    walk_in = make.walked_in(cast)
    with pytest.raises(PermissionDenied):
        answer_walk_in(walk_in, by=nadia, ours=True, programme=cast.other_programme)
    with pytest.raises(ValidationError, match="your own agency"):
        answer_walk_in(walk_in, by=amina, ours=True, programme=cast.other_programme)
    assert fresh(walk_in).status == "asked" and not Case.objects.exists()


def test_it_is_answered_once_and_not_by_the_partner(cast, amina, claire, horizon):
    walk_in = make.walked_in(cast)
    with pytest.raises(PermissionDenied):
        answer_walk_in(walk_in, by=horizon, ours=True, programme=cast.programme)
    answer_walk_in(walk_in, by=amina, ours=True, programme=cast.programme)
    with pytest.raises(StepNotAllowed, match="already answered"):
        answer_walk_in(walk_in, by=claire, ours=False, note="No")
    assert Case.objects.count() == 1


def test_it_is_no_task_that_is_ticked_off(cast, client, amina):
    make.walked_in(cast)
    client.force_login(amina)
    work = Work.objects.get(kind="answer_walk_in")
    for method in (client.get, client.post):
        assert method(f"/tasks/{work.pk}/finish_task/").status_code == 404
    assert fresh(work).done_at is None


def test_silence_never_means_no(cast, clock):
    walk_in = make.walked_in(cast)
    clock.shift(timedelta(days=60))
    assert fresh(walk_in).status == "asked" and Work.objects.open().get().kind == "answer_walk_in"


def test_another_partner_and_another_agency_see_nothing(cast, horizon, lantern, nadia, amina):
    walk_in = make.walked_in(cast)
    assert [walk_in in WalkIn.objects.visible_to(user) for user in (horizon, amina, lantern, nadia)] == [
        *[True, True, False, False]
    ]
