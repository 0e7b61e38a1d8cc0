"""The plan: drafted, written together, agreed, approved, amended as a new version."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.roles import Role
from cases.calendars import day_at
from cases.lifecycle import keep_file, partner_users
from cases.lifecycle.opening import apply_changes
from cases.models import Case, SharedCase
from cases.statuses import Stage
from cases.transitions import StepNotAllowed, happening, move

from ..budgets import uncovered
from ..models import HARM_QUESTIONS, Activity, HarmAnswer, Plan, entitled
from ..statuses import PlanStatus

EARLIEST = (Stage.COUNSELLING, Stage.APPLICATION, Stage.SCREENING, Stage.DECIDED, Stage.HANDED_OVER, Stage.PREPARING,
            Stage.TRAVELLING, Stage.REINTEGRATION)  # fmt: skip


def draft_plan(record: Case | SharedCase, *, by: User) -> Plan:
    """Begin the one plan of a case; it can be drafted before departure, with the cap of the family as it is now."""
    with happening(record, "draft_plan", by=by):
        case = record.case
        if case.stage not in EARLIEST or case.plans.exists():
            raise StepNotAllowed(_("A case has one plan, begun in counselling at the earliest."))
        return Plan.objects.create(
            **Plan.sides(case),
            currency=case.programme.currency,
            cap=entitled(case),
            drafted_by=by,
        )


def write_plan(plan: Plan, *, by: User, changes: dict, harm: dict[str, tuple[bool, str]] | None = None) -> None:
    """Write goals and local factors of a draft; `harm` maps do-no-harm questions to (is there a risk, mitigation)."""
    with happening(plan, "write_plan", by=by) as event:
        _must_be_draft(plan)
        plan.row_version += 1
        apply_changes(plan, changes, event)
        for question, (is_risk, mitigation) in (harm or {}).items():
            if is_risk and not mitigation.strip():
                raise ValidationError({f"mitigation_{question}": _("Say how this harm is avoided.")})
            HarmAnswer.objects.update_or_create(
                plan=plan, question=question, defaults={"is_risk": is_risk, "mitigation": mitigation}
            )


def add_activity(plan: Plan, *, by: User, **facts) -> Activity:
    """Add a line; the sum stays within the cap of the programme. Raises ValidationError({"cost": …}) otherwise."""
    with happening(plan, "add_activity", by=by, note=facts["title"]):
        _must_be_draft(plan)
        if facts.get("by_when") and facts["by_when"] < day_at(plan.organisation, plan.case.opened_at):
            raise ValidationError({"by_when": _("This is before the case was opened.")})
        if plan.total + facts.get("cost", Decimal("0")) > plan.cap:
            raise ValidationError(
                {"cost": _("The plan has %(left)s %(currency)s left.") % {"left": plan.left, "currency": plan.currency}}
            )
        line = 1 + max(Activity.objects.filter(plan__case=plan.case_id).values_list("line", flat=True), default=0)
        return Activity.objects.create(plan=plan, line=line, **facts)


def drop_activity(plan: Plan, *, by: User, activity: Activity) -> None:
    with happening(plan, "drop_activity", by=by, note=activity.title):
        _must_be_draft(plan)
        if activity.plan_id != plan.pk:
            raise StepNotAllowed(_("This line is not in this plan."))
        if plan.case.grants.filter(activity__line=activity.line).exclude(status="cancelled").exists():
            raise StepNotAllowed(_("Something was already asked for under this line; it stays."))
        activity.delete()


def agree_plan(plan: Plan, *, by: User, signed_how: str, strokes=None, witness: str = "", upload=None) -> None:
    """The returnee agrees and signs, after arrival; a host supervisor approves next.

    Raises ValidationError for what is still missing in the plan or in the proof of the signature.
    """
    if signed_how == "drawn" and not strokes:
        raise ValidationError({"strokes": _("There is no signature yet. Sign in the field, or choose another way.")})
    if signed_how == "mark" and not witness:
        raise ValidationError({"witness": _("Name the witness.")})
    if signed_how == "paper" and not upload:
        raise ValidationError({"upload": _("Attach the scan of the paper.")})
    with happening(plan, "agree_plan", by=by):
        if plan.case.stage != Stage.REINTEGRATION:
            raise StepNotAllowed(_("A plan is agreed after the arrival."))
        plan.cap = entitled(plan.case)
        if reasons := still_missing(plan):
            raise ValidationError(reasons)
        if upload:
            keep_file(upload, plan.case, by=by, kind="plan", title=_("Signed plan"), shared=plan.shared)
        move(
            plan,
            PlanStatus.AGREED,
            agreed_by=by,
            agreed_at=timezone.now(),
            signed_how=signed_how,
            signature=strokes if signed_how == "drawn" else None,
            signature_witness=witness,
        )
        for user in User.objects.filter(organisation=plan.organisation_id, role=Role.SUPERVISOR, is_active=True):
            tell(
                user,
                "plan_agreed",
                key=f"plan-agreed:{plan.pk}:{plan.agreed_at.timestamp()}",
                reference=plan.case.reference,
            )


def approve_plan(plan: Plan, *, by: User, note: str = "") -> None:
    """Approve as another person than the one who agreed it with the returnee; the version in force is replaced.

    The cap is that of the people as they are now, and stays with this version. Raises StepNotAllowed when the plan asks
    more than that, or leaves out what was already asked for.
    """
    with happening(plan, "approve_plan", by=by, note=note):
        if plan.agreed_by_id == by.pk:
            raise StepNotAllowed(_("Somebody other than the person who agreed it approves."))
        plan.cap = entitled(plan.case)
        if reasons := [*_above_cap(plan), *uncovered(plan)]:
            raise StepNotAllowed(" ".join([*reasons, _("Send the plan back.")]))
        for earlier in plan.case.plans.filter(status=PlanStatus.APPROVED):
            move(earlier, PlanStatus.REPLACED)
        move(plan, PlanStatus.APPROVED, approved_by=by, approved_at=timezone.now(), approval_note=note)
        _tell_partner(plan, "plan_approved")


def send_back_plan(plan: Plan, *, by: User, note: str) -> None:
    """Back to draft with a reason; it is signed again afterwards."""
    with happening(plan, "send_back_plan", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Say what should change.")})
        move(
            plan,
            PlanStatus.DRAFT,
            agreed_by=None,
            agreed_at=None,
            signed_how="",
            signature=None,
            approval_note=note,
        )
        _tell_partner(plan, "plan_sent_back")


def amend_plan(plan: Plan, *, by: User, note: str) -> Plan:
    """A new version to change, copied from the one in force, which stays in force until the new one is approved."""
    with happening(plan, "amend_plan", by=by, note=note):
        if plan.status != PlanStatus.APPROVED or plan.case.plans.filter(status__in=["draft", "agreed"]).exists():
            raise StepNotAllowed(_("An approved plan is amended, one new version at a time."))
        if not note.strip():
            raise ValidationError({"note": _("Say why the plan changes.")})
        copied = ("goal_economic", "goal_social", "goal_psychosocial", "structural_factors", "currency")
        case = plan.case
        amended = Plan.objects.create(
            **Plan.sides(case),
            version=plan.version + 1,
            drafted_by=by,
            why_amended=note,
            cap=entitled(case),
            **{name: getattr(plan, name) for name in copied},
        )
        for model, rows in ((Activity, plan.activities.all()), (HarmAnswer, plan.harm_answers.all())):
            for row in rows:
                row.pk, row.plan, row._state.adding = None, amended, True
            model.objects.bulk_create(rows)
    return amended


def still_missing(plan: Plan) -> list[str]:
    """What a plan lacks before it can be agreed, in words."""
    reasons = []
    if not any(words for _dimension, _label, words in plan.goals()):
        reasons.append(_("At least one goal, in the returnee's own words."))
    if not plan.activities.exists():
        reasons.append(_("At least one activity."))
    if not plan.structural_factors.strip():
        reasons.append(_("The local factors that matter, or the words «none that matter»."))
    open_questions = len(HARM_QUESTIONS) - plan.harm_answers.count()
    if open_questions:
        reasons.append(_("%d do-no-harm questions.") % open_questions)
    return [*reasons, *_above_cap(plan), *uncovered(plan)]


def _above_cap(plan: Plan) -> list[str]:
    """The people of the plan may have become fewer since its lines were written."""
    words = _("The plan asks %(total)s %(currency)s, and its people may have %(cap)s %(currency)s: lower a cost.")
    facts = {"total": plan.total, "cap": plan.cap, "currency": plan.currency}
    return [words % facts] if plan.left < 0 else []


def _must_be_draft(plan: Plan) -> None:
    if not plan.is_editable:
        raise StepNotAllowed(_("This version is no longer a draft; amend the plan instead."))


def _tell_partner(plan: Plan, kind: str) -> None:
    if plan.shared:
        for user in partner_users(plan.shared):
            tell(user, kind, key=f"{kind}:{plan.pk}:{timezone.now().timestamp()}", reference=plan.case.reference)
