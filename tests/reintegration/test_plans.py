"""The plan: written in the returnee's words, signed, approved by another, changed only as a new version."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from cases.transitions import StepNotAllowed
from reintegration.lifecycle import (
    add_activity,
    agree_plan,
    amend_plan,
    approve_plan,
    draft_plan,
    drop_activity,
    send_back_plan,
    write_plan,
)
from reintegration.models import Plan
from tests import make
from tests.make import AISSA, OUSMANE, STROKES, photo
from tests.seen import fresh, last_line, told, verbs, waits

LINE = {"dimension": "social", "title": "School", "modality": "in_kind"}


def sign(plan, by, **facts):
    agree_plan(plan, by=by, **{"signed_how": "drawn", "strokes": STROKES} | facts)


def test_a_plan_has_the_cap_of_the_family(cast, horizon):
    plan = make.drafted(cast, OUSMANE, AISSA)
    assert (plan.cap, plan.currency, plan.left) == (Decimal(5000), "EUR", Decimal(3200))


def test_it_can_be_drafted_before_departure_and_hangs_on_the_share_later(cast, amina, horizon):
    plan = make.draft(make.counselled(cast), by=amina)
    assert plan.shared is None and not Plan.objects.visible_to(horizon).exists()
    shared = make.arrived(cast)
    with pytest.raises(StepNotAllowed, match="in counselling at the earliest"):
        draft_plan(make.opened(cast), by=amina)
    early = make.decided(cast)
    plan = make.draft(early, by=amina)
    from cases.lifecycle import accept_handover, send_handover

    accept_handover(send_handover(early, by=amina, partner=cast.partner, agreement="2026"), by=horizon)
    assert plan in Plan.objects.visible_to(horizon) and shared.case != early


def test_a_case_has_one_plan(cast, horizon):
    plan = make.drafted(cast)
    with pytest.raises(StepNotAllowed, match="one plan"):
        draft_plan(plan.shared, by=horizon)


def test_a_plan_stays_within_its_cap(cast, horizon):
    plan = make.drafted(cast)
    with pytest.raises(ValidationError, match="200.00 EUR left"):
        add_activity(plan, by=horizon, cost=Decimal("200.01"), **LINE)
    add_activity(plan, by=horizon, cost=Decimal("200"), **LINE)
    assert plan.left == 0 and last_line(plan).note == "School"


def test_a_risk_says_how_the_harm_is_avoided(cast, horizon):
    plan = make.drafted(cast)
    with pytest.raises(ValidationError, match="how this harm is avoided"):
        write_plan(plan, by=horizon, changes={}, harm={"debt": (True, " ")})
    write_plan(plan, by=horizon, changes={}, harm={"debt": (True, "The goods stay at the workshop")})
    assert plan.harm_answers.get(question="debt").is_risk


def test_an_unfinished_plan_is_not_agreed(cast, horizon):
    plan = draft_plan(make.arrived(cast), by=horizon)
    with pytest.raises(ValidationError) as refusal:
        sign(plan, horizon)
    assert len(refusal.value.messages) == 4
    assert fresh(plan).status == "draft"


@pytest.mark.parametrize(("proof", "words"), [
    ({"signed_how": "drawn", "strokes": None}, "no signature yet"),
    ({"signed_how": "mark"}, "witness"),
    ({"signed_how": "paper"}, "scan"),
])  # fmt: skip
def test_a_signature_has_its_proof(cast, horizon, proof, words):
    with pytest.raises(ValidationError, match=words):
        sign(make.drafted(cast), horizon, **proof)


def test_a_paper_plan_is_kept(cast, horizon, amina):
    plan = make.drafted(cast)
    sign(plan, horizon, signed_how="paper", upload=photo())
    assert plan.shared.documents.get().kind == "plan"


def test_it_is_agreed_after_the_arrival_and_told(cast, amina, bashir, horizon):
    early = make.draft(make.preparing(cast), by=horizon)
    with pytest.raises(StepNotAllowed, match="after the arrival"):
        sign(early, horizon)
    plan = make.agreed(cast)
    assert plan.status == "agreed" and told(bashir)[-1] == "plan_agreed" and "approve_plan" in waits(plan)


def test_the_host_does_not_sign_for_the_returnee(cast, amina, bashir):
    plan = make.drafted(cast)
    for stranger in (amina, bashir):
        with pytest.raises(PermissionDenied):
            sign(plan, stranger)


def test_a_supervisor_of_the_host_approves_once(cast, amina, bashir, samuel, horizon):
    plan = make.agreed(cast)
    for stranger in (amina, horizon):
        with pytest.raises(PermissionDenied):
            approve_plan(plan, by=stranger)
    approve_plan(plan, by=bashir, note="Good luck")
    assert (fresh(plan).status, told(horizon)[-1]) == ("approved", "plan_approved")
    assert last_line(plan).shared == plan.shared, "the partner reads it in its story"
    with pytest.raises(StepNotAllowed):
        approve_plan(plan, by=samuel)


def test_sent_back_it_is_signed_again(cast, bashir, horizon):
    plan = make.agreed(cast)
    with pytest.raises(ValidationError, match="what should change"):
        send_back_plan(plan, by=bashir, note=" ")
    send_back_plan(plan, by=bashir, note="Which supplier?")
    plan = fresh(plan)
    assert (plan.status, plan.agreed_by, plan.signature, plan.signed_how) == ("draft", None, None, "")
    assert told(horizon)[-1] == "plan_sent_back"


def test_an_approved_plan_is_changed_only_as_a_new_version(cast, bashir, horizon):
    plan = make.planned(cast)
    with pytest.raises(StepNotAllowed, match="no longer a draft"):
        write_plan(plan, by=horizon, changes={"goal_social": "More"})
    with pytest.raises(StepNotAllowed, match="no longer a draft"):
        add_activity(plan, by=horizon, cost=Decimal(1), **LINE)
    second = amend_plan(plan, by=horizon, note="The shop moved")
    assert (second.version, second.why_amended, fresh(plan).status) == (2, "The shop moved", "approved")
    assert [a.title for a in second.activities.all()] == ["Sewing machine"] and second.harm_answers.count() == 6
    with pytest.raises(StepNotAllowed, match="one new version at a time"):
        amend_plan(plan, by=horizon, note="Again")
    sign(second, horizon)
    approve_plan(second, by=bashir)
    assert (fresh(plan).status, fresh(second).status) == ("replaced", "approved")


def test_a_line_something_was_asked_for_stays(cast, horizon):
    grant = make.granted(cast)
    second = amend_plan(grant.plan, by=horizon, note="The shop moved")
    with pytest.raises(StepNotAllowed, match="already asked for"):
        drop_activity(second, by=horizon, activity=second.activities.get())
    foreign = make.drafted(cast)
    with pytest.raises(StepNotAllowed, match="not in this plan"):
        drop_activity(second, by=horizon, activity=foreign.activities.get())


def test_lines_of_a_draft_can_go(cast, horizon):
    plan = make.drafted(cast)
    drop_activity(plan, by=horizon, activity=plan.activities.get())
    assert not plan.activities.exists() and verbs(plan)[-1] == "drop_activity"


# --- the database's own rules ---


def test_the_database_refuses_a_plan_above_its_cap(cast):
    plan = make.drafted(cast)
    plan.activities.update(cost=Decimal("2000.01"))
    facts = {"status": "agreed", "agreed_at": make.timezone.now(), "signed_how": "drawn"}
    with pytest.raises(IntegrityError, match="above its cap"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**facts)


@pytest.mark.parametrize(("made", "facts"), [
    (make.drafted, {"status": "approved"}),
    (make.planned, {"status": "draft"}),
    (make.planned, {"status": "agreed"}),
])  # fmt: skip
def test_the_database_refuses_an_illegal_step(cast, made, facts):
    plan = made(cast)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**facts)


def test_the_database_refuses_one_person_to_agree_and_approve(cast, bashir):
    plan = Plan.objects.filter(pk=make.drafted(cast).pk)
    moment = make.timezone.now()
    plan.update(status="agreed", agreed_by=bashir, agreed_at=moment, signed_how="drawn")
    with pytest.raises(IntegrityError, match="plan_four_eyes"), transaction.atomic():
        plan.update(status="approved", approved_by=bashir, approved_at=moment)
