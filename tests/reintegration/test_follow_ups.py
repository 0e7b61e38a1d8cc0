"""Follow-up: due by the arrival, recorded, missed with reasons, stopped when not wished; help goes on either way."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cases.lifecycle import correct_fact, withdraw_consent
from cases.transitions import StepNotAllowed
from reintegration.lifecycle import (
    miss_follow_up,
    record_attempt,
    record_remigration,
    resume_follow_up,
    stop_follow_up,
)
from reintegration.models import FollowUp, Remigration
from tests import make, moments
from tests.make import AISSA, OUSMANE
from tests.seen import fresh, last_line, told, waits

DAY = timedelta(days=1)


def first(cast):
    return make.arrived(cast).case.followups.first()


def test_they_are_due_three_six_and_twelve_months_after_the_arrival(cast):
    rows = make.arrived(cast).case.followups.all()
    assert [row.due_on for row in rows] == [date(2026, 6, 10), date(2026, 9, 10), date(2027, 3, 10)]


def test_the_programme_says_when(cast):
    cast.programme.follow_up_months = [1]
    cast.programme.save()
    assert [row.due_on for row in make.arrived(cast).case.followups.all()] == [date(2026, 4, 10)]


def test_a_corrected_arrival_moves_what_is_still_due(cast, amina, clock):
    shared = make.departed(cast)
    clock.shift(10 * DAY)
    make.arrive(shared)
    done, *later = shared.case.followups.all()
    clock.shift(80 * DAY)
    make.visit(done)
    before = done.due_on
    correct_fact(
        shared.case.people.get(), by=amina, field="arrived_on", value=date(2026, 3, 15), note="The stamp says so"
    )
    assert fresh(done).due_on == before
    assert [fresh(row).due_on for row in later] == [date(2026, 9, 15), date(2027, 3, 15)]


def test_a_visit_is_recorded(cast, horizon, amina):
    follow_up = moments.due(cast)
    make.visit(follow_up, findings="The shop is open", needs_attention=True)
    assert (fresh(follow_up).status, fresh(follow_up).recorded_by) == ("done", horizon)
    assert last_line(follow_up).verb == "record_follow_up" and told(amina)[-1] == "follow_up_attention"
    with pytest.raises(StepNotAllowed):
        make.visit(follow_up)


def test_a_visit_is_neither_ahead_nor_before_the_arrival(cast, horizon):
    follow_up, day = first(cast), make.today(horizon)
    for when, words in (
        (day + DAY, "future"),
        (day - DAY, "before the arrival"),
        (day, "counts from May 10, 2026. Write what you heard as a note"),
    ):
        with pytest.raises(ValidationError, match=words):
            make.visit(follow_up, held_on=when)
    with pytest.raises(PermissionDenied):
        make.visit(follow_up, by=cast.amina)


def test_missed_only_once_it_is_due(cast, horizon):
    follow_up = first(cast)
    record_attempt(follow_up, by=horizon, mode="phone", result="no_answer")
    with pytest.raises(StepNotAllowed, match="not due yet"):
        miss_follow_up(follow_up, by=horizon, reason="Moved away")
    assert fresh(follow_up).status == "due"


def test_missed_only_after_somebody_tried(cast, horizon):
    follow_up = moments.due(cast)
    with pytest.raises(ValidationError, match="tried to reach"):
        miss_follow_up(follow_up, by=horizon, reason="Moved away")
    record_attempt(follow_up, by=horizon, mode="phone", result="wrong_number")
    miss_follow_up(follow_up, by=horizon, reason="Moved away")
    assert fresh(follow_up).status == "missed"
    make.visit(follow_up)
    assert fresh(follow_up).status == "done", "found again, it can still be held"
    with pytest.raises(StepNotAllowed, match="is over"):
        record_attempt(follow_up, by=horizon, mode="phone", result="reached")


def test_stopping_follow_up_does_not_stop_help(cast, horizon):
    grant = make.granted(cast)
    stop_follow_up(grant.shared, by=horizon, note="She prefers to be left alone")
    assert {row.status for row in grant.case.followups.all()} == {"stopped"}
    assert waits(grant) == {"choose_quote", "pay_arrival_cash"}
    make.choose(grant, make.quote(grant))
    with pytest.raises(StepNotAllowed, match="No follow-up is due"):
        stop_follow_up(grant.shared, by=horizon)


def test_migrating_again_is_recorded_and_never_judged(cast, horizon, amina):
    shared = make.arrived(cast)
    person, day = shared.case.people.get(), make.today(horizon)
    facts = {"way": "regular", "source": "Her sister", "country": "FR"}
    for when, words in ((day + DAY, "future"), (day - DAY, "before the arrival")):
        with pytest.raises(ValidationError, match=words):
            record_remigration(shared, by=horizon, person=person, known_on=when, **facts)
    record_remigration(shared, by=horizon, person=person, known_on=day, **facts)
    assert person.remigration.way == "regular" and fresh(shared.case).stage == "reintegration"
    stranger = make.arrived(cast).case.people.get()
    with pytest.raises(ValidationError):
        record_remigration(shared, by=horizon, person=stranger, known_on=day, **facts)


def test_who_migrated_again_stands_on_the_page_and_both_values_in_the_story(cast, client, horizon, amina, lantern):
    shared = make.arrived(cast)
    person, day = shared.case.people.get(), make.today(horizon)
    record_remigration(shared, by=horizon, person=person, known_on=day, way="unknown", source="Her sister")
    assert last_line(shared).changes == []
    record_remigration(shared, by=horizon, person=person, known_on=day, way="regular", source="Fatou", country="FR")
    changes = {change["field"]: (change["old"], change["new"]) for change in last_line(shared).changes}
    assert changes == {"way": ("unknown", "regular"), "source": ("Her sister", "Fatou"), "country": ("", "FR")}
    for user, file in ((horizon, shared), (amina, shared.case)):
        client.force_login(user)
        page = client.get(f"{file.get_absolute_url()}follow-ups/").content.decode()
        assert "Migrated again" in page and "by a regular way, France" in page and "Her sister" not in page
        assert "Her sister" in client.get(f"{file.get_absolute_url()}story/").content.decode()
    assert not Remigration.objects.visible_to(lantern).exists()


def test_the_database_wants_who_when_and_why(cast):
    rows = FollowUp.objects.filter(pk=first(cast).pk)
    moment = make.timezone.now()
    early = {"status": "done", "held_on": date(2026, 3, 10), "mode": "phone", "recorded_by": cast.horizon}
    for facts, rule in (
        ({"status": "done"}, "follow_up_done"),
        (early, "follow_up_in_its_time"),
        ({"status": "missed", "reason": "x"}, "nobody tried"),
        ({"status": "stopped"}, "follow_up_stopped_when"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            rows.update(**facts)
    record_attempt(rows.get(), by=cast.horizon, mode="phone", result="no_answer")
    with pytest.raises(IntegrityError, match="follow_up_missed_why"), transaction.atomic():
        rows.update(status="missed", recorded_at=moment)


# --- stopped, and wished after all ---


def statuses(case) -> list[str]:
    return [row.status for row in case.followups.all()]


def test_who_asks_again_is_followed_up_again(cast, horizon, amina, clock):
    shared = moments.stopped(cast)
    with pytest.raises(PermissionDenied):
        resume_follow_up(shared, by=cast.faye)
    clock.shift(100 * DAY)
    resume_follow_up(shared, by=horizon, note="She called us")
    assert statuses(shared.case) == ["stopped", "due", "due"], "what is past stays as it was"
    assert last_line(shared).verb == "resume_follow_up" and "record_follow_up" in waits(shared)
    with pytest.raises(StepNotAllowed, match="still to come"):
        resume_follow_up(shared, by=horizon)


def test_the_last_one_can_be_held_even_when_all_are_past(cast, horizon, clock):
    shared = moments.stopped(cast)
    clock.shift(400 * DAY)
    resume_follow_up(shared, by=horizon)
    assert statuses(shared.case) == ["stopped", "stopped", "due"]


def test_a_no_to_contact_after_the_return_stops_the_visits_and_not_the_help(cast, horizon):
    grant = make.granted(cast)
    person = grant.case.people.get()
    make.consent(person, agreed=False, scope="follow_up")
    assert statuses(grant.case) == ["stopped"] * 3 and waits(grant) == {"choose_quote", "pay_arrival_cash"}
    with pytest.raises(StepNotAllowed, match="records a new answer"):
        resume_follow_up(grant.shared, by=horizon)
    make.consent(person, scope="follow_up")
    assert statuses(grant.case) == ["due"] * 3 and "record_follow_up" in waits(grant)
    told = grant.case.events.filter(verb__in=["stop_follow_up", "resume_follow_up"]).order_by("pk")
    assert [(line.verb, line.note, line.by.role) for line in told] == [
        ("stop_follow_up", "They said no to contact after the return.", "system"),
        ("resume_follow_up", "They said yes to contact after the return.", "system"),
    ]


def test_the_end_of_a_yes_stops_them_too(cast, amina):
    case = make.arrived(cast).case
    yes = make.consent(case.people.get(), scope="follow_up")
    assert statuses(case) == ["due"] * 3
    withdraw_consent(yes, by=amina)
    assert statuses(case) == ["stopped"] * 3 and case.followups.first().reason.startswith("They said no")


def test_a_yes_given_before_brings_back_nothing(cast, horizon):
    shared = make.arrived(cast)
    make.consent(shared.case.people.get(), scope="follow_up")
    stop_follow_up(shared, by=horizon, note="Not now")
    assert statuses(shared.case) == ["stopped"] * 3


def test_as_long_as_one_adult_wishes_contact_visits_go_on(cast):
    case = make.arrived(cast, OUSMANE, AISSA).case
    fatou, ousmane, _aissa = case.people.all()
    make.consent(fatou, agreed=False, scope="follow_up")
    assert statuses(case) == ["due"] * 3
    make.consent(ousmane, agreed=False, scope="follow_up")
    assert statuses(case) == ["stopped"] * 3
