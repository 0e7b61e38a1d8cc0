"""The night tells each thing once: run twice, missed, at the same time, with deputies, to the right people only."""

import threading
from contextvars import copy_context
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.lifecycle import name_deputy
from accounts.models import Draft, Notice, Posting
from accounts.notices import words_of
from accounts.roles import Role
from cases import lifecycle as office
from cases import night as nights
from cases.models import Work
from tests import make

TODAY = date(2026, 3, 10)


def told(kind=None):
    """(kind, who) of all notices, in order."""
    found = Notice.objects.select_related("recipient").order_by("pk")
    return [(notice.kind, notice.recipient.first_name) for notice in found if kind in (None, notice.kind)]


def forget():
    Notice.objects.all().delete()


def a_task(case, due_on, **facts):
    facts = {"organisation": case.organisation, "kind": Work.TASK, "title": "Call the school"} | facts
    return Work.objects.create(case=case, due_on=due_on, for_role=Role.CASEWORKER, **facts)


@pytest.fixture
def case(cast):
    case = make.opened(cast)
    forget()
    return case


def test_what_is_due_is_told_once_to_whoever_should_do_it(case, amina):
    a_task(case, TODAY, for_user=amina)
    a_task(case, TODAY + timedelta(days=1), for_user=amina)
    nights.night()
    nights.night()
    assert told() == [("work_due", "Amina")]


def test_a_missed_night_is_made_good(case, amina):
    a_task(case, TODAY, for_user=amina)
    nights.night(TODAY + timedelta(days=5))
    assert told() == [("work_due", "Amina")]


def test_what_has_been_late_for_longer_than_a_month_is_only_in_the_lists(case, amina):
    a_task(case, TODAY - timedelta(days=60), for_user=amina)
    nights.night(TODAY)
    assert told() == []


def test_a_new_date_is_told_anew(case, amina):
    task = a_task(case, TODAY, for_user=amina)
    nights.night(TODAY)
    Work.objects.filter(pk=task.pk).update(due_on=TODAY + timedelta(days=3))
    nights.night(TODAY + timedelta(days=2))
    assert len(told()) == 1
    nights.night(TODAY + timedelta(days=3))
    assert len(told()) == 2


def test_what_is_done_is_not_told(case, amina):
    a_task(case, TODAY, for_user=amina, done_at=timezone.now())
    nights.night(TODAY)
    assert told() == []


def test_the_deputy_is_told_too_while_somebody_is_away(case, amina, cast):
    name_deputy(amina, deputy=cast.claire, away_from=TODAY, away_until=TODAY + timedelta(days=3))
    forget()
    a_task(case, TODAY, for_user=amina)
    nights.night(TODAY)
    assert told() == [("work_due", "Amina"), ("work_due", "Claire")]
    a_task(case, TODAY + timedelta(days=4), for_user=amina)
    nights.night(TODAY + timedelta(days=4))
    assert told()[2:] == [("work_due", "Amina")]


def test_where_nobody_is_named_everybody_of_the_role_is_told(case, cast):
    a_task(case, TODAY)
    nights.night(TODAY)
    assert told() == [("work_due", "Amina"), ("work_due", "Claire")], "not Nadia, who is of another agency"


def test_when_the_named_person_has_no_access_the_role_is_told(case, amina, cast):
    a_task(case, TODAY, for_user=amina)
    amina.is_active = False
    amina.save()
    nights.night(TODAY)
    assert told() == [("work_due", "Claire")]


def test_a_week_late_goes_to_the_supervisors_once(case, amina):
    a_task(case, TODAY, for_user=amina)
    nights.night(TODAY + timedelta(days=6))
    forget()
    for days in (6, 7, 8, 9):
        nights.work_late(TODAY + timedelta(days=days))
    assert told() == [("work_late", "Bashir"), ("work_late", "Samuel")]


def test_late_work_of_a_partner_goes_to_its_coordinators(cast):
    shared = make.preparing(cast)
    forget()
    a_task(shared.case, TODAY, shared=shared, partner=cast.partner, for_user=cast.horizon)
    Work.objects.filter(for_user=cast.horizon).update(for_role=Role.PARTNER_WORKER)
    Work.objects.exclude(for_user=cast.horizon).update(done_at=timezone.now())
    nights.work_late(TODAY + timedelta(days=7))
    assert told() == [("work_late", "Hawa")]


def test_a_concern_is_told_to_its_reviewer_alone(cast, bashir, samuel):
    case = make.in_screening(cast)
    name_deputy(bashir, deputy=samuel, away_from=TODAY, away_until=TODAY + timedelta(days=40))
    office.raise_concern(case.people.first(), by=cast.amina, kind="fear", detail="A threat.", reviewer=bashir)
    forget()
    Work.objects.exclude(kind="release_concern").update(done_at=timezone.now())
    nights.work_due(TODAY + timedelta(days=9))
    nights.work_late(TODAY + timedelta(days=9))
    assert told() == [("work_due", "Bashir"), ("work_late", "Bashir")]


def test_a_hand_over_is_asked_again_then_the_owner_hears_and_nothing_is_decided(cast):
    shared = make.handed_over(cast)
    forget()
    due = shared.answer_due_on
    nights.night(due)
    assert told() == [("handover_reminder", "Modou"), ("handover_reminder", "Hawa")]
    forget()
    nights.handovers_unanswered(due + timedelta(days=1))
    assert told() == []
    for days in (4, 5, 6):
        nights.handovers_unanswered(due + timedelta(days=days))
    assert told() == [("handover_unanswered", "Amina")]
    shared.refresh_from_db()
    assert shared.status == "sent"


def test_a_walk_in_asks_again_each_week_and_is_never_turned_away(cast):
    walk_in = make.walked_in(cast)
    forget()
    due = walk_in.answer_due_on
    nights.night(due - timedelta(days=1))
    assert told() == []
    for days in (0, 1, 6, 7, 8):
        nights.night(due + timedelta(days=days))
    people = ("Amina", "Bashir", "Claire", "Samuel")
    assert sorted(told("walk_in_again")) == [("walk_in_again", who) for who in people for _week in range(2)]
    walk_in.refresh_from_db()
    assert walk_in.status == "asked"


def test_thirty_days_after_a_departure_the_question_appears(cast, clock):
    shared = make.departed(cast)
    question = Work.objects.open().filter(case=shared.case, kind="did_they_leave")
    clock.shift(timedelta(days=29))
    assert nights.questions() == 0 and not question.exists()
    clock.shift(timedelta(days=2))
    assert nights.questions() == 1 and question.count() == 1
    assert nights.questions() == 0


def test_words_without_a_name_and_with_a_way(cast, amina, settings):
    case = make.opened(cast)
    forget()
    a_task(case, TODAY, for_user=amina)
    a_task(case, TODAY - timedelta(days=7), for_user=amina)
    nights.night(TODAY)
    for notice in Notice.objects.all():
        subject, body = words_of(notice)
        assert case.reference in subject and f"/cases/{case.reference}/" in body
        assert "Fatou" not in subject + body and "school" not in subject + body


def test_what_was_typed_and_never_sent_goes_after_a_month(cast, amina, clock):
    Draft.objects.create(owner=amina, path="/cases/open_case/", fields={})
    Posting.objects.create(mark="7f6a4a3e-55a1-4cf3-9f3e-0f8f6f4b1a11", by=amina, led_to="/")
    nights.tidy(timezone.now() + timedelta(days=8))
    assert (Draft.objects.count(), Posting.objects.count()) == (1, 0)
    nights.tidy(timezone.now() + timedelta(days=31))
    assert Draft.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_tell_once():
    from tests.people import Cast

    cast = Cast()
    case = make.opened(cast)
    for number in range(30):
        a_task(case, timezone.localdate(), for_user=cast.amina, title=f"Task {number}")
    forget()
    start, failures = threading.Barrier(3), []

    def one_night():
        try:
            start.wait()
            nights.night()
        except Exception as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=[one_night]) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(told("work_due")) == 30
