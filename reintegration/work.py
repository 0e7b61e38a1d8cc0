"""What waits for whom once someone is home: plan, help in kind, follow-up. Registered with cases.work."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from accounts.roles import Role
from cases.calendars import add_months, add_working_days, day_at, today_at
from cases.lifecycle import blocks_closing
from cases.models import Case, Consent, Scope
from cases.statuses import PersonStatus, Stage
from cases.transitions import following, move
from cases.work import Expected, by_subject, for_partner, settler, work_kind, work_rule, working_days_after

from .models import FollowUp, Grant, Payment, Plan, entitled
from .statuses import FollowUpStatus, GrantStatus, PlanStatus

APPROVAL_WORKING_DAYS = 5
QUOTE_WORKING_DAYS = 10
ORDER_WORKING_DAYS = 5
DELIVERY_DAYS = 30
PAYMENT_DAYS = 14
CASE_CLOSED = gettext_noop("The case was closed.")  # both are said in the reader's language
SAID_NO = gettext_noop("They said no to contact after the return.")
SAID_YES = gettext_noop("They said yes to contact after the return.")


@settler
def hang_on_the_live_share(case: Case) -> None:
    """What was drafted before the hand-over belongs to the partner's side once there is one."""
    shared = case.shared
    if shared:
        for model in (Plan, Grant, FollowUp):
            model.objects.filter(case=case).exclude(shared=shared).update(shared=shared, partner_id=shared.partner_id)


@settler
def keep_the_cap(case: Case) -> None:
    """The cap of a draft follows the people: who takes part, after the first arrival who came or is on the way."""
    for plan in case.plans.filter(status=PlanStatus.DRAFT):
        cap = entitled(case)
        if plan.cap != cap:
            Plan.objects.filter(pk=plan.pk).update(cap=cap)


@settler
def nothing_is_asked_for_any_more(case: Case) -> None:
    """With the case closes what was asked for and not yet approved; what was approved keeps the case open."""
    if not case.is_open:
        for grant in case.grants.filter(status__in=[GrantStatus.ASKED, GrantStatus.QUOTED]):
            with following(grant, "cancel_grant", note=CASE_CLOSED):
                move(grant, GrantStatus.CANCELLED, status_since=timezone.now(), cancel_reason=CASE_CLOSED)


@settler
def schedule_follow_ups(case: Case) -> None:
    """One follow-up per month number of the programme, counted from the arrival, re-dated when that is corrected."""
    if case.stage != Stage.REINTEGRATION or case.arrived_on is None:
        return
    known = {follow_up.months: follow_up for follow_up in case.followups.all()}
    for months in case.programme.follow_up_months:
        due_on = add_months(case.arrived_on, months)
        follow_up = known.get(months)
        if follow_up is None:
            FollowUp.objects.create(**FollowUp.sides(case), months=months, due_on=due_on)
        elif follow_up.status == FollowUpStatus.DUE and follow_up.due_on != due_on:
            FollowUp.objects.filter(pk=follow_up.pk).update(due_on=due_on)


@settler
def follow_up_as_they_wish(case: Case) -> None:
    """A no to contact after the return stops the visits, a later yes brings back what is to come. Help goes on."""
    if case.stage != Stage.REINTEGRATION:
        return
    if refuses_follow_up(case):
        if due := list(case.followups.due()):
            with following(case.shared or case, "stop_follow_up", note=SAID_NO):
                for follow_up in due:
                    move(follow_up, FollowUpStatus.STOPPED, reason=SAID_NO, recorded_at=timezone.now())
        return
    said_yes = [answer.given_at for answer in _answers(case) if answer.agreed and not answer.withdrawn_at]
    again = [row for row in to_resume(case) if row.recorded_at < max(said_yes)] if said_yes else []
    if again:
        with following(case.shared or case, "resume_follow_up", note=SAID_YES):
            for follow_up in again:
                move(follow_up, FollowUpStatus.DUE, reason="", recorded_by=None, recorded_at=None)


def refuses_follow_up(case: Case) -> bool:
    """Does no adult who came wish contact after the return? Who was never asked has not refused."""
    came = [person for person in case.people.all() if person.status == PersonStatus.ARRIVED]
    day = case.applied_on or day_at(case.organisation, case.opened_at)
    adults = [person for person in came if not person.is_minor(day)] or came
    refusing = {answer.person_id for answer in _answers(case) if answer.agreed == bool(answer.withdrawn_at)}
    return bool(adults) and all(person.pk in refusing for person in adults)


def to_resume(case: Case) -> list[FollowUp]:
    """Of the stopped follow-ups those still to come, and the last one in any case."""
    rows, today = list(case.followups.all()), today_at(case.organisation)
    return [r for r in rows if r.status == FollowUpStatus.STOPPED and (r.due_on >= today or r == rows[-1])]


def _answers(case: Case):
    """The latest answer of each person to contact after the return. A no that ended counts as not asked."""
    answers = Consent.objects.filter(person__case=case, scope=Scope.FOLLOW_UP)
    return answers.order_by("person_id", "-given_at", "-pk").distinct("person_id")


@work_rule
def plan_and_arrival(case):
    shared = case.shared
    if case.stage != Stage.REINTEGRATION or not shared:
        return
    plan = case.plans.current().order_by("-version").first()
    if plan is None or plan.status == PlanStatus.DRAFT:
        due = case.arrived_on + timedelta(days=case.programme.plan_days)
        yield for_partner(shared, "agree_plan", due)
    elif plan.status == PlanStatus.AGREED:
        due = working_days_after(case.organisation, plan.agreed_at, APPROVAL_WORKING_DAYS)
        yield Expected("approve_plan", due, Role.SUPERVISOR, subject=str(plan.pk), shared=shared)
    paid = set(Payment.objects.filter(case=case, kind=Payment.Kind.ARRIVAL_CASH).values_list("person_id", flat=True))
    waiting = [p for p in case.people.all() if p.status == PersonStatus.ARRIVED and p.pk not in paid]
    if waiting and case.programme.arrival_cash:
        first = min(p.arrived_on for p in waiting)
        yield for_partner(
            shared,
            "pay_arrival_cash",
            add_working_days(first, case.programme.arrival_working_days, shared.partner.weekend),
        )


@work_rule
def grants(case):
    shared = case.shared
    if not shared:
        return
    agency, partner = case.organisation, shared.partner
    for grant in Grant.objects.filter(case=case):
        since, ref = grant.status_since, grant.reference
        match grant.status:
            case GrantStatus.ASKED:
                yield for_partner(shared, "choose_quote", working_days_after(partner, since, QUOTE_WORKING_DAYS), ref)
            case GrantStatus.QUOTED:
                due = working_days_after(agency, since, APPROVAL_WORKING_DAYS)
                yield Expected("approve_grant", due, Role.SUPERVISOR, subject=ref, shared=shared)
            case GrantStatus.APPROVED:
                yield for_partner(shared, "order_grant", working_days_after(partner, since, ORDER_WORKING_DAYS), ref)
            case GrantStatus.ORDERED:
                due = day_at(partner, since) + timedelta(days=DELIVERY_DAYS)
                yield for_partner(shared, "deliver_grant", due, ref)
            case GrantStatus.DELIVERED:
                due = day_at(partner, since) + timedelta(days=PAYMENT_DAYS)
                yield for_partner(shared, "pay_grant", due, ref)


@work_rule
def follow_ups(case):
    shared = case.shared
    if case.stage == Stage.REINTEGRATION and shared:
        for follow_up in case.followups.due():
            yield for_partner(shared, "record_follow_up", follow_up.due_on, str(follow_up.pk))


@blocks_closing
def help_under_way(case):
    open_still = Grant.objects.filter(case=case, status__in=["approved", "ordered", "delivered"])
    for reference, status in open_still.order_by("reference").values_list("reference", "status"):
        yield _("%(reference)s is %(status)s: deliver and pay it, or cancel it first.") % {
            "reference": reference,
            "status": GrantStatus(status).label.lower(),
        }


work_kind(
    "agree_plan",
    _("Agree the reintegration plan"),
    _("The plan is agreed within a month of the arrival."),
    "plan",
    pgettext_lazy("button", "Open the plan"),
)
work_kind(
    "approve_plan",
    _("Approve the plan"),
    _("The partner and the returnee wait for your answer."),
    "approve_plan",
    pgettext_lazy("button", "Read and decide"),
    by_subject("pk"),
)
work_kind(
    "pay_arrival_cash",
    _("Give the cash on arrival"),
    _("Help on arrival is given within the programme's working days."),
    "pay_arrival_cash",
    pgettext_lazy("button", "Record the cash"),
)
work_kind(
    "choose_quote",
    _("Get quotes and choose one"),
    _("Above the small-purchase limit several quotes are needed."),
    "grant",
    pgettext_lazy("button", "Open the quotes"),
    by_subject("reference"),
)
work_kind(
    "approve_grant",
    _("Approve help in kind"),
    _("Approved by someone other than the person who asked."),
    "approve_grant",
    pgettext_lazy("button", "Read and decide"),
    by_subject("reference"),
)
work_kind(
    "order_grant",
    _("Order it"),
    _("It was approved; the price holds for a time only."),
    "order_grant",
    pgettext_lazy("button", "Record the order"),
    by_subject("reference"),
)
work_kind(
    "deliver_grant",
    _("Record the delivery"),
    _("With a photo or the signed receipt."),
    "deliver_grant",
    pgettext_lazy("button", "Record the delivery"),
    by_subject("reference"),
)
work_kind(
    "pay_grant",
    _("Record the payment"),
    _("With the proof of payment."),
    "pay_grant",
    pgettext_lazy("button", "Record the payment"),
    by_subject("reference"),
)
work_kind(
    "record_follow_up",
    _("Follow-up visit"),
    _("Asked at 3, 6 and 12 months, or as the programme says."),
    "record_follow_up",
    pgettext_lazy("button", "Record the visit"),
    by_subject("pk"),
)
