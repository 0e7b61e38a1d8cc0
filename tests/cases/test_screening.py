"""Screening and concerns: what holds a return, and who learns of it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.gates import gates, missing
from cases.lifecycle import (
    ask_decision,
    decide_case,
    raise_concern,
    record_child_decision,
    release_concern,
    send_handover,
    start_screening,
)
from cases.models import Concern, Event, Suspension, Work
from cases.transitions import Missing, StepNotAllowed
from tests import make
from tests.make import AISSA, FATOU, NOTHING_SEEN
from tests.seen import fresh, last_line, stage, told, waits

LONE_CHILD = FATOU | {"name": "Binta Sow", "born_on": make.date(2012, 1, 1)}
UNCLE = {"receiving_adult": "Mamadou Sow", "receiving_relation": "uncle", "receiving_contact": "+221771234567"}


def fear(case, by, reviewer, **facts):
    facts = {"kind": "fear", "detail": "A lender waits at the airport"} | facts
    return raise_concern(case.people.first(), by=by, reviewer=reviewer, **facts)


def test_screening_begins_when_everyone_has_signed(cast, amina):
    case = make.applied(cast)
    start_screening(case, by=amina)
    assert stage(case) == "screening" and waits(case) == {"ask_decision"}


def test_the_latest_screening_says_what_is_so(cast):
    person = make.in_screening(cast).people.get()
    make.screen(person, "health", "trafficking")
    make.screen(person, "health")
    assert fresh(person).vulnerabilities == ["health"] and person.screenings.count() == 2
    assert last_line(person).private_to == person


def test_screening_has_its_time(cast):
    with pytest.raises(StepNotAllowed, match="between the application and the departure"):
        make.screen(make.opened(cast).people.get())


def test_everyone_is_screened_before_a_decision(cast, amina):
    case = make.in_screening(cast, AISSA)
    make.screen(case.people.first())
    with pytest.raises(Missing, match="Vulnerability screening of Aïssa Sarr"):
        ask_decision(case, by=amina)


@pytest.mark.parametrize("name", ["mira", "faye", "horizon", "ada"])
def test_who_does_not_counsel_screens_nobody(cast, name):
    person = make.in_screening(cast).people.get()
    with pytest.raises(PermissionDenied):
        make.screen(person, by=getattr(cast, name))


# --- concerns ---


def test_a_concern_holds_the_case_until_the_reviewer_releases_it(cast, amina, bashir):
    case = make.screened(cast)
    concern = fear(case, amina, bashir)
    assert told(bashir) == ["concern_raised"]
    with pytest.raises(Missing, match="One more check"):
        ask_decision(case, by=amina)
    release_concern(concern, by=bashir, reason="The debt is paid; she is met by her sister.")
    assert "concern_released" in told(amina)
    ask_decision(case, by=amina)
    assert waits(case) == {"decide_case"}


def test_a_concern_holds_a_departure_too(cast, amina, bashir):
    case = make.booked(cast).case
    fear(case, amina, bashir)
    with pytest.raises(Missing, match="One more check"):
        make.depart(case)


def test_the_reviewer_is_a_supervisor_and_another_person(cast, amina, bashir):
    case = make.screened(cast)
    for by, reviewer in ((bashir, bashir), (amina, cast.claire), (amina, cast.mira)):
        with pytest.raises(ValidationError, match="other than yourself"):
            fear(case, by, reviewer)


def test_only_the_named_reviewer_releases_it_once(cast, amina, bashir, samuel):
    concern = fear(make.screened(cast), amina, bashir)
    with pytest.raises(PermissionDenied):
        release_concern(concern, by=amina, reason="All well")
    with pytest.raises(StepNotAllowed, match="Only the named reviewer"):
        release_concern(concern, by=samuel, reason="All well")
    release_concern(concern, by=bashir, reason="All well")
    with pytest.raises(StepNotAllowed, match="already released"):
        release_concern(concern, by=bashir, reason="All well")


def test_a_concern_is_raised_before_departure(cast, amina, bashir):
    with pytest.raises(StepNotAllowed, match="After departure"):
        fear(make.departed(cast).case, amina, bashir)


def test_others_do_not_learn_what_holds_a_case(cast, client, amina, bashir, claire, samuel, horizon):
    case = make.preparing(cast).case
    others = (claire, samuel, horizon)
    pages(client, horizon, case)  # from now on the host reads when the partner saw it
    before = {user: pages(client, user, case) for user in others}
    concern = fear(case, amina, bashir, detail="A lender waits at the airport")
    for user in others:
        assert not Concern.objects.visible_to(user).exists()
        assert not Event.objects.visible_to(user).filter(verb="raise_concern").exists()
        assert not Work.objects.visible_to(user).filter(kind="release_concern").exists()
        after = pages(client, user, case)
        assert "lender" not in "".join(after.values())
        for address, page in after.items():
            assert page == before[user][address], address
    assert concern in Concern.objects.visible_to(amina) and concern in Concern.objects.visible_to(bashir)
    assert Work.objects.waiting_for(bashir, make.today(bashir)).filter(kind="release_concern").exists()
    assert "lender" in pages(client, amina, case)[f"/cases/{case.reference}/people/1/"]


def pages(client, user, case) -> dict[str, str]:
    """What a user reads of a case: its page, story, person, history, list, own work; without one-time marks."""
    client.force_login(user)
    here = f"/cases/{case.reference}/"
    addresses = ["/", "/cases/?stage=open", here, f"{here}story/", f"{here}people/1/", f"{here}history/"]
    one_time = re.compile(r"[A-Za-z0-9]{64}|[0-9a-f-]{36}")
    return {address: one_time.sub("", client.get(address).content.decode()) for address in addresses}


def test_the_line_one_more_check_stands_on_every_case(cast):
    case = make.screened(cast)
    assert "One more check" in [gate.label for gate in gates(case)] and missing(case) == []


def test_a_concern_changes_no_date_that_others_see(cast, amina, bashir):
    case = fresh(make.screened(cast))
    due = case.next_due_on
    fear(case, amina, bashir)
    assert fresh(case).next_due_on == due


# --- children, countries ---


def test_a_child_alone_returns_only_in_its_best_interests_to_a_named_adult(cast, amina, bashir):
    case = make.screened(cast, applicant=LONE_CHILD)
    child = case.people.get()
    with pytest.raises(Missing, match="Best-interests determination for Binta Sow"):
        ask_decision(case, by=amina)
    facts = {"authority": "Juge des enfants, Lyon", "decided_on": make.today(amina)}
    stay = facts | {"result": "stay", "receiving_adult": "", "receiving_contact": ""}
    record_child_decision(child, by=amina, **stay)
    with pytest.raises(Missing, match="Best-interests"):
        ask_decision(case, by=amina)
    with pytest.raises(ValidationError, match="Name the adult who receives the child"):
        record_child_decision(child, by=amina, **stay | {"result": "return"})
    with pytest.raises(ValidationError, match="Name the supervisor who reads the determination"):
        record_child_decision(child, by=amina, result="return", **facts, **UNCLE)
    record_child_decision(child, by=amina, result="return", reviewer=bashir, **facts, **UNCLE)
    with pytest.raises(Missing, match="One more check"):
        ask_decision(case, by=amina)
    release_concern(child.concerns.get(), by=bashir, reason="The judge and the uncle were called.")
    ask_decision(case, by=amina)


@pytest.mark.parametrize(("sign", "kind"), [("trafficking", "trafficking"), ("unaccompanied", "child")])
def test_what_a_screening_finds_holds_the_case_by_itself(cast, amina, bashir, sign, kind):
    case = make.screened(cast)
    person = case.people.get()
    with pytest.raises(ValidationError, match="name the supervisor who looks at it"):
        make.screen(person, sign, reviewer=None)
    assert person.screenings.count() == 1 and not person.concerns.exists(), "nothing half-written"
    make.screen(person, sign, note="She is paid for by a cousin", reviewer=bashir)
    concern = person.concerns.get()
    assert (concern.kind, concern.reviewer, concern.detail) == (kind, bashir, "She is paid for by a cousin")
    assert told(bashir) == ["concern_raised"] and "release_concern" in waits(case)
    with pytest.raises(Missing, match="One more check"):
        ask_decision(case, by=amina)
    make.screen(person, sign, reviewer=None)
    assert person.concerns.count() == 1, "what was known already is not asked for again"
    release_concern(concern, by=bashir, reason="She is safe and met by her aunt.")
    ask_decision(case, by=amina)


def test_one_screening_may_find_both(cast, bashir):
    person = make.screened(cast).people.get()
    make.screen(person, "trafficking", "unaccompanied", "health", reviewer=bashir)
    assert {one.kind for one in person.concerns.all()} == {"trafficking", "child"}


def test_the_form_of_a_screening_asks_who_looks_at_it(cast, client, amina, bashir):
    person = make.in_screening(cast).people.get()
    client.force_login(amina)
    address, answers = f"{person.get_absolute_url()}record_screening/", NOTHING_SEEN | {"held_on": "2026-03-10"}
    page = client.post(address, answers | {"vulnerabilities": ["trafficking"]})
    assert page.status_code == 422 and "name the supervisor who looks at it" in page.content.decode()
    page = client.post(address, answers | {"vulnerabilities": ["trafficking"], "reviewer": bashir.pk})
    assert page.status_code == 302 and person.concerns.get().reviewer == bashir
    stranger = client.post(address, answers | {"vulnerabilities": [], "reviewer": amina.pk})
    assert stranger.status_code == 422, "nobody looks at what they raised themselves"


def test_a_determination_is_not_from_the_future(cast, amina):
    child = make.screened(cast, applicant=LONE_CHILD).people.get()
    tomorrow = make.today(amina) + timedelta(days=1)
    with pytest.raises(ValidationError, match="future"):
        record_child_decision(child, by=amina, result="return", authority="Juge", decided_on=tomorrow, **UNCLE)


def test_a_child_with_a_parent_needs_no_determination(cast, amina):
    ask_decision(make.screened(cast, AISSA), by=amina)


def test_a_suspended_country_stops_every_step_towards_it(cast, amina, bashir):
    case, decision, decided = make.screened(cast), make.asked(cast), make.decided(cast)
    prepared, on_the_way, day = make.preparing(cast).case, make.booked(cast).case, make.today(amina)
    stop = Suspension.objects.create(country="SN", from_on=day, until_on=day, reason="Fighting")
    steps = [
        lambda: ask_decision(case, by=amina),
        lambda: decide_case(decision, by=bashir, eligible=True),
        lambda: send_handover(decided, by=amina, partner=cast.partner, agreement="Agreement of 2026"),
        lambda: make.book(prepared),
        lambda: make.depart(on_the_way),
    ]
    for step in steps:
        with pytest.raises(Missing, match="The country is open for returns"):
            step()
    stop.delete()
    for step in steps:
        step()
