"""A returnee stands before the partner without a case: the host is asked, and silence never means no."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.lifecycle import add_person, answer_walk_in, end_sharing
from cases.models import Case, SharedCase, SharedPerson, WalkIn, Work
from cases.transitions import StepNotAllowed
from tests import make, moments
from tests.make import AISSA, OUSMANE
from tests.seen import fresh, stage, told, verbs, waits


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
    with pytest.raises(PermissionDenied):
        make.walked_in(cast, by=amina)


def test_a_yes_opens_the_case_where_it_stands_and_shares_it(cast, amina, horizon):
    walk_in = make.walked_in(cast)
    case = answer_walk_in(walk_in, by=amina, ours=True, programme=cast.programme, scenario="voluntary")
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


def test_a_yes_names_the_kind_of_return_and_never_a_forced_one(cast, amina):
    walk_in = make.walked_in(cast)
    for scenario, words in (("", "Choose the kind"), ("forced", "not assisted voluntary return")):
        with pytest.raises(ValidationError, match=words):
            answer_walk_in(walk_in, by=amina, ours=True, programme=cast.programme, scenario=scenario)
    case = answer_walk_in(walk_in, by=amina, ours=True, programme=cast.programme, scenario="unavoidable")
    assert case.scenario == "unavoidable"


def test_a_supervisor_has_it_among_their_work_too(cast, client, bashir):
    walk_in = make.walked_in(cast)
    client.force_login(bashir)
    assert f"/walk-ins/{walk_in.pk}/answer_walk_in/" in client.get("/").content.decode()
    assert client.get(f"/walk-ins/{walk_in.pk}/answer_walk_in/").status_code == 200


# --- somebody who is known here ---


def left(cast):
    """Fatou has left; the partner that knew of it is no longer there for her."""
    shared = make.departed(cast)
    end_sharing(shared.case, by=cast.amina)
    return shared.case.people.get()


def test_the_page_shows_who_is_known_and_links_that_case(cast, client, amina, horizon):
    person = left(cast)
    walk_in = make.walked_in(cast, departed_on=make.today(amina), arrived_on=make.today(amina))
    address = f"/walk-ins/{walk_in.pk}/answer_walk_in/"
    client.force_login(amina)
    page = client.get(address).content.decode()
    assert "Already known?" in page and f'<option value="{person.pk}">Fatou Sarr' in page
    assert client.post(address, {"ours": "yes", "known": person.pk}).status_code == 302
    shared = SharedCase.objects.visible_to(horizon).get()
    assert Case.objects.count() == 1 and shared.case == person.case and shared.title == "Fatou Sarr"
    assert (fresh(person).status, stage(person)) == ("arrived", "reintegration")
    assert fresh(walk_in).led_to == shared and verbs(person)[-1] == "answer_walk_in"


def test_a_case_that_cannot_be_linked_says_why(cast, amina, nadia):
    walk_in = make.walked_in(cast)
    for made, words in (
        (make.preparing, "is shared with Horizon"),
        (make.decided, "No departure"),
        (moments.closed, "closed"),
    ):
        person = made(cast).case.people.get()
        with pytest.raises(StepNotAllowed, match=words):
            answer_walk_in(walk_in, by=amina, ours=True, known=person)
    stranger = make.opened(cast, by=nadia, programme=cast.other_programme).people.get()
    with pytest.raises(ValidationError, match="own agency"):
        answer_walk_in(walk_in, by=amina, ours=True, known=stranger)
    assert fresh(walk_in).status == "asked"


def test_who_came_along_is_added_and_seen_with_their_own_yes(cast, client, amina, horizon):
    case = answer_walk_in(make.walked_in(cast), by=amina, ours=True, programme=cast.programme, scenario="voluntary")
    client.force_login(amina)
    assert f"{case.get_absolute_url()}add_person/" in client.get(case.get_absolute_url()).content.decode()
    aissa, ousmane = (add_person(case, by=amina, **one) for one in (AISSA, OUSMANE))
    assert (aissa.status, aissa.arrived_on) == ("arrived", case.arrived_on)
    names = SharedPerson.objects.visible_to(horizon).values_list("name", flat=True)
    assert set(names) == {"Fatou Sarr", "Aïssa Sarr"}
    make.consent(ousmane, cast.partner)
    assert "Ousmane Sarr" in set(names.all())
    with pytest.raises(ValidationError, match="after the departure"):
        add_person(case, by=amina, **AISSA | {"born_on": make.today(amina)})


def test_nobody_joins_after_the_departure_a_case_that_was_prepared_here(cast, amina):
    with pytest.raises(StepNotAllowed, match="before departure"):
        add_person(make.arrived(cast).case, by=amina, **AISSA)


def test_another_agency_cannot_answer_nor_its_programme_be_chosen(cast, amina, nadia):
    walk_in = make.walked_in(cast)
    with pytest.raises(PermissionDenied):
        answer_walk_in(walk_in, by=nadia, ours=True, programme=cast.other_programme, scenario="voluntary")
    with pytest.raises(ValidationError, match="your own agency"):
        answer_walk_in(walk_in, by=amina, ours=True, programme=cast.other_programme, scenario="voluntary")
    assert fresh(walk_in).status == "asked" and not Case.objects.exists()


def test_it_is_answered_once_and_not_by_the_partner(cast, amina, claire, horizon):
    walk_in = make.walked_in(cast)
    with pytest.raises(PermissionDenied):
        answer_walk_in(walk_in, by=horizon, ours=True, programme=cast.programme, scenario="voluntary")
    answer_walk_in(walk_in, by=amina, ours=True, programme=cast.programme, scenario="voluntary")
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
