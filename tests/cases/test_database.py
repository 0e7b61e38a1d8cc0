"""What the database itself refuses, whoever writes: by `.update()` past every verb."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.lifecycle import raise_concern, release_concern
from cases.models import (
    Case,
    ChildDecision,
    Concern,
    Consent,
    Decision,
    Event,
    Itinerary,
    LegalText,
    Person,
    Screening,
    SharedCase,
    WalkIn,
)
from cases.statuses import STAGE_STEPS, Stage
from tests import make, moments

DAY = timedelta(days=1)


def refuses(rule: str, queryset, **facts) -> None:
    with pytest.raises(DatabaseError, match=rule), transaction.atomic():
        queryset.update(**facts)


def only(record):
    return type(record).objects.filter(pk=record.pk)


def test_a_forced_return_cannot_be_written(cast):
    refuses("case_never_forced", only(make.opened(cast)), scenario="forced")


def test_a_stage_moves_only_along_its_steps(cast):
    case = only(make.opened(cast))
    for stage in set(Stage) - {Stage.ENQUIRY, *STAGE_STEPS[Stage.ENQUIRY]}:
        refuses(".", case, stage=stage)
    refuses(".", case, stage="elsewhere")


def test_a_closed_case_has_a_date_and_an_outcome(cast):
    case = only(make.opened(cast))
    refuses("case_closed_whole", case, stage="closed")
    refuses("case_closed_whole", case, outcome="stopped")


def test_dates_of_a_case_follow_each_other(cast):
    case = only(make.arrived(cast).case)
    refuses("case_arrival_after_departure", case, arrived_on=date(2020, 1, 1))
    refuses("case_return_elsewhere", case, return_country="FR")
    refuses("case_hold_has_reason", case, held_since=timezone.now(), resume_on=date(2027, 1, 1))
    refuses("case_hold_has_reason", case, held_since=timezone.now(), hold_reason="Waits for a paper")
    refuses("case_departure_after_application", case, departed_on=date(2020, 1, 1))
    refuses("case_deadline_whole", case, legal_deadline="leave")


def test_dates_of_a_person_follow_each_other(cast):
    person = only(make.arrived(cast).case.people.get())
    refuses("person_arrival_after_departure", person, departed_on=date(2027, 1, 1))
    refuses("person_born_before_departure", person, born_on=date(2027, 1, 1))
    refuses(".", person, status="taking_part")
    refuses("person_arrived_whole", person, arrived_on=None)
    refuses("person_tries_again", person, tries_again=True)


def test_a_case_has_one_applicant_and_each_number_once(cast):
    case = make.opened(cast, make.OUSMANE)
    ousmane = only(case.people.last())
    refuses("one_applicant", ousmane, relation="applicant")
    refuses("person_number_once", ousmane, number=1)


def test_nobody_decides_what_they_asked_for(cast):
    decision = make.asked(cast)
    facts = {"status": "eligible", "decided_by": decision.asked_by, "decided_at": timezone.now()}
    refuses("decision_four_eyes", only(decision), **facts)
    refuses("decision_whole", only(decision), status="eligible")
    refuses("refusal_explained", only(decision), **facts | {"status": "refused", "decided_by": cast.bashir})
    refuses("outside_decision_whole", only(decision), authority="OFII")


def test_a_decision_is_never_taken_back(cast):
    decision = make.decided(cast).decisions.get()
    for status in ("asked", "refused", "dropped"):
        refuses(".", only(decision), status=status)
    assert Decision.objects.get().status == "eligible"


def test_no_stage_is_reached_without_what_it_rests_on(cast):
    refuses("a decision comes first", only(make.screened(cast)), stage="decided")
    refuses("a hand-over is sent first", only(make.decided(cast)), stage="handed_over")
    refuses("the yes of a partner comes first", only(make.handed_over(cast).case), stage="preparing")


def test_only_a_decision_refuses(cast):
    facts = {"closed_on": date(2026, 3, 10), "outcome": "refused"}
    refuses("only a decision refuses", only(make.screened(cast)), stage="closed", **facts)
    refuses("only a decision refuses", only(moments.closed(cast)), outcome="refused")


@pytest.mark.parametrize(("sign", "kind"), [("trafficking", "trafficking"), ("unaccompanied", "child")])
def test_what_a_screening_finds_is_put_before_a_reviewer(cast, amina, sign, kind):
    person = make.screened(cast).people.get()
    facts = make.NOTHING_SEEN | {"held_on": make.today(amina), "alone": True, "by": amina, "vulnerabilities": [sign]}
    with pytest.raises(DatabaseError, match="what was seen holds the case"), transaction.atomic():
        Screening.objects.create(person=person, **facts)
    raise_concern(person, by=amina, kind=kind, detail="Seen", reviewer=cast.bashir)
    assert Screening.objects.create(person=person, **facts).pk


def test_a_determination_for_a_return_is_read_by_a_reviewer(cast, amina):
    person = make.screened(cast).people.get()
    facts = {"authority": "Judge", "decided_on": make.today(amina), "by": amina, "receiving_adult": "An uncle",
             "receiving_contact": "+221770000000"}  # fmt: skip
    with pytest.raises(DatabaseError, match="is read by a reviewer"), transaction.atomic():
        ChildDecision.objects.create(person=person, result="return", **facts)
    assert ChildDecision.objects.create(person=person, result="stay", **facts).pk


def test_nothing_is_decided_over_an_open_concern(cast, amina, bashir):
    decision = make.asked(cast)
    concern = raise_concern(decision.case.people.get(), by=amina, kind="fear", detail="Debts", reviewer=bashir)
    made = {"status": "eligible", "decided_by": bashir, "decided_at": timezone.now()}
    refuses("over an open concern", only(decision), **made)
    with pytest.raises(DatabaseError, match="over an open concern"), transaction.atomic():
        Decision.objects.create(case=decision.case, asked_by=amina, **made)
    release_concern(concern, by=bashir, reason="The debt is paid.")
    assert only(decision).update(**made) == 1


def test_a_concern_is_released_by_its_reviewer_with_a_reason(cast, amina, bashir):
    concern = moments.concern(cast)
    refuses("concern_four_eyes", only(concern), reviewer=amina)
    released = {"released_at": timezone.now(), "release_reason": "All well"}
    refuses("concern_released_whole", only(concern), released_by=cast.samuel, **released)
    refuses("concern_released_whole", only(concern), released_by=bashir, released_at=timezone.now())
    assert Concern.objects.open().count() == 1


def test_a_consent_names_its_partner_and_is_in_force_once(cast):
    person = make.applied(cast).people.get()
    consent = only(person.consents.get())
    refuses("consent_partner_named", consent, partner=None)
    declaration = LegalText.objects.current("declaration", ["fr"])
    refuses("consent_not_declaration", consent, scope="declaration", text=declaration)
    refuses("consent_witnessed", consent, how="oral")
    make.consent(person, cast.other_partner)
    refuses("one_consent_in_force", consent, partner=cast.other_partner)
    assert Consent.objects.in_force().count() == 2


def test_a_share_is_live_once_and_its_preview_has_no_name(cast):
    shared = make.handed_over(cast)
    refuses("share_preview_bare", only(shared), title="Fatou Sarr")
    refuses("share_answered", only(shared), status="accepted")
    refuses("share_declined_why", only(shared), status="declined", answered_at=timezone.now(), answered_by=cast.hawa)
    refuses("share_purpose", only(shared), purpose="")
    with pytest.raises(DatabaseError, match="one_live_share"), transaction.atomic():
        shared.pk = None
        shared.save(force_insert=True)


def test_an_ended_share_never_lives_again(cast, amina):
    from cases.lifecycle import end_sharing

    shared = make.preparing(cast)
    end_sharing(shared.case, by=amina)
    refuses(".", SharedCase.objects.filter(pk=shared.pk), status="accepted")


def test_a_journey_runs_forward_and_says_why_it_changed(cast):
    make.booked(cast)
    journey = Itinerary.objects.all()
    refuses("itinerary_order", journey, arrives_at=timezone.now() - DAY)
    refuses("itinerary_change_has_reason", journey, version=2)
    refuses("itinerary_cancelled_why", journey, cancelled_at=timezone.now())


def test_a_walk_in_is_answered_whole(cast):
    walk_in = WalkIn.objects.filter(pk=make.walked_in(cast).pk)
    refuses(".", walk_in, status="confirmed")
    refuses("walk_in_dates", walk_in, arrived_on=date(2020, 1, 1))


def test_a_walk_in_leads_to_a_case_between_the_two_who_spoke(cast):
    mine = make.preparing(cast)
    walk_in = WalkIn.objects.filter(pk=make.walked_in(cast).pk)
    answer = {"status": "confirmed", "answered_at": timezone.now(), "answered_by": cast.amina, "led_to": mine}
    refuses("between the two who spoke", walk_in, **answer, partner=cast.other_partner)
    walk_in.update(**answer)


def test_a_case_belongs_to_a_programme_of_its_agency(cast):
    case = only(make.opened(cast))
    refuses("programme of another agency", case, programme=cast.other_programme)
    refuses("stays with its agency", case, programme=cast.other_programme, organisation=cast.other_agency)


def test_a_person_belongs_to_the_agency_of_the_case(cast, nadia):
    case = make.opened(cast)
    refuses("another agency than that of the case", only(case.people.get()), organisation=cast.other_agency)
    assert not Person.objects.visible_to(nadia).exists() and Person.objects.visible_to(cast.amina).exists()


@pytest.mark.parametrize("sql", ["UPDATE cases_event SET note = 'x'", "DELETE FROM cases_event"])
def test_the_story_is_never_changed_or_removed(cast, sql):
    make.opened(cast)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.get().note == ""


@pytest.mark.parametrize("table", ["casehistory", "personhistory", "decisionhistory", "sharedcasehistory"])
def test_history_is_never_changed_or_removed(cast, table):
    make.preparing(cast)
    for sql in (f"UPDATE cases_{table} SET pgh_label = 'x'", f"DELETE FROM cases_{table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_history_knows_who_and_by_which_verb(cast, amina):
    case = make.counselled(cast)
    last = case.history.select_related("pgh_context").order_by("-pgh_id").first()
    assert last.stage == "counselling"
    contexts = [row.pgh_context.metadata for row in case.history.exclude(pgh_context=None)]
    assert {context["user"] for context in contexts} == {amina.pk} and contexts[-1]["verb"]
    assert Case.objects.count() == Person.objects.count() == 1


def test_the_history_page_says_what_was_done_and_by_whom(cast, client):
    case = make.decided(cast)
    with connection.cursor() as cursor:  # a later transaction, behind the back of the verbs
        cursor.execute("SELECT set_config('pghistory.context_id', NULL, true)")
        cursor.execute("UPDATE cases_case SET reasons = '{illness}' WHERE id = %s", [case.pk])
    client.force_login(cast.amina)
    rows = re.findall(r"<tr>(.*?)</tr>", client.get(f"/cases/{case.reference}/history/").content.decode(), re.DOTALL)
    rows = [re.sub(r"<[^>]+>|\s+", " ", row) for row in rows[1:]]
    decided = next(row for row in rows if "Decision made" in row)
    assert cast.bashir.short_name in decided and "Decided" in decided
    assert any("Case opened" in row and cast.amina.short_name in row for row in rows)
    assert "Outside the pages" in rows[0] and cast.amina.short_name not in rows[0]
