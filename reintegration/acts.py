"""The verbs of plans, grants and follow-ups on the web."""

from django.utils.translation import gettext_lazy as _

from cases.acting import Target, act, visible_or_404
from cases.forms import NoteForm, ReasonForm
from cases.statuses import Stage
from cases.targets import EITHER_SIDE, SHARED, by_pk, by_reference

from . import forms, lifecycle
from .models import FollowUp, Grant, Plan
from .statuses import GrantStatus, PlanStatus

PLAN = Target("plans/<int:pk>/", lambda user, pk: visible_or_404(Plan.objects.visible_to(user), pk=pk), by_pk)
GRANT = Target(
    "grants/<ref:reference>/",
    lambda user, reference: visible_or_404(Grant.objects.visible_to(user), reference=reference),
    by_reference,
)
FOLLOW_UP = Target(
    "follow-ups/<int:pk>/", lambda user, pk: visible_or_404(FollowUp.objects.visible_to(user), pk=pk), by_pk
)


def at(*statuses):
    return lambda record: record.status in statuses


def tab(name: str):
    return lambda record, result: f"{record.get_absolute_url()}{name}/"


DRAFT = at(PlanStatus.DRAFT)
ASKED = at(GrantStatus.ASKED)

act(
    "draft_plan",
    does=lifecycle.draft_plan,
    on=EITHER_SIDE,
    icon="clipboard-check",
    when=lambda record: record.stage != Stage.CLOSED and not record.plans.exists(),
    leads_to=tab("plan"),
    title=_("Begin the reintegration plan"),
    button=_("Begin"),
    told=_("Reintegration plan begun"),
    lead=_("The plan begins before departure and is agreed after arrival. The cap is that of the family as it is now."),
)
act(
    "write_plan",
    does=lifecycle.write_plan,
    on=PLAN,
    asks=forms.WritePlanForm,
    when=DRAFT,
    icon="pencil-square",
    title=_("Write goals and factors"),
    button=_("Save"),
    told=_("Plan written"),
)
act(
    "add_activity",
    does=lifecycle.add_activity,
    on=PLAN,
    asks=forms.ActivityForm,
    when=DRAFT,
    icon="plus-lg",
    title=_("Add an activity"),
    button=_("Add"),
    told=_("Activity added"),
)
act(
    "drop_activity",
    does=lifecycle.drop_activity,
    on=PLAN,
    asks=forms.DropActivityForm,
    when=DRAFT,
    icon="x-lg",
    title=_("Take an activity out"),
    button=_("Take out"),
    told=_("Activity taken out"),
)
act(
    "agree_plan",
    does=lifecycle.agree_plan,
    on=PLAN,
    asks=forms.AgreePlanForm,
    when=DRAFT,
    icon="pen",
    title=_("The returnee agrees and signs"),
    button=_("Signed"),
    told=_("Plan agreed and signed"),
    template="reintegration/agree_plan.html",
)
act(
    "approve_plan",
    does=lifecycle.approve_plan,
    on=PLAN,
    asks=NoteForm,
    when=at(PlanStatus.AGREED),
    icon="check-circle",
    title=_("Approve the plan"),
    button=_("Approve"),
    told=_("Plan approved"),
    template="reintegration/approve_plan.html",
)
act(
    "send_back_plan",
    does=lifecycle.send_back_plan,
    on=PLAN,
    asks=ReasonForm,
    when=at(PlanStatus.AGREED),
    icon="arrow-repeat",
    title=_("Send the plan back"),
    button=_("Send back"),
    told=_("Plan sent back"),
)
act(
    "amend_plan",
    does=lifecycle.amend_plan,
    on=PLAN,
    asks=ReasonForm,
    when=at(PlanStatus.APPROVED),
    icon="pencil-square",
    title=_("Change the plan"),
    button=_("Make a new version"),
    told=_("New version of the plan"),
    lead=_("The version in force stays in force until the new one is signed and approved."),
)
act(
    "request_grant",
    does=lifecycle.request_grant,
    on=PLAN,
    asks=forms.RequestGrantForm,
    when=at(PlanStatus.APPROVED),
    icon="basket",
    title=_("Ask for help in kind"),
    button=_("Ask"),
    told=_("Help in kind asked for"),
    leads_to=lambda plan, grant: grant.get_absolute_url(),
)
act(
    "add_quote",
    does=lifecycle.add_quote,
    on=GRANT,
    asks=forms.QuoteForm,
    when=ASKED,
    icon="file-earmark-text",
    title=_("Add a quote"),
    button=_("Add the quote"),
    told=_("Quote added"),
)
act(
    "choose_quote",
    does=lifecycle.choose_quote,
    on=GRANT,
    asks=forms.ChooseQuoteForm,
    icon="check-circle",
    when=lambda g: ASKED(g) and g.quotes.exists(),
    title=_("Choose a quote"),
    button=_("Choose"),
    told=_("Quote chosen"),
    lead=_("A supervisor of the host agency approves it next."),
)
act(
    "approve_grant",
    does=lifecycle.approve_grant,
    on=GRANT,
    asks=NoteForm,
    when=at(GrantStatus.QUOTED),
    icon="check-circle",
    title=_("Approve this help"),
    button=_("Approve"),
    told=_("Help in kind approved"),
    template="reintegration/approve_grant.html",
)
act(
    "send_back_grant",
    does=lifecycle.send_back_grant,
    on=GRANT,
    asks=ReasonForm,
    when=at(GrantStatus.QUOTED),
    icon="arrow-repeat",
    title=_("Send back to the partner"),
    button=_("Send back"),
    told=_("Sent back to the partner"),
)
act(
    "cancel_grant",
    does=lifecycle.cancel_grant,
    on=GRANT,
    asks=ReasonForm,
    icon="x-circle",
    tone="danger",
    when=at(GrantStatus.ASKED, GrantStatus.QUOTED, GrantStatus.APPROVED, GrantStatus.ORDERED),
    title=_("Cancel this help"),
    button=_("Cancel it"),
    told=_("Help in kind cancelled"),
    consequence=_("Its budget is free again; to have it after all, it is asked for anew."),
)
act(
    "order_grant",
    does=lifecycle.order_grant,
    on=GRANT,
    asks=forms.OrderForm,
    when=at(GrantStatus.APPROVED),
    icon="send",
    title=_("Record the order"),
    button=_("Ordered"),
    told=_("Ordered"),
)
act(
    "deliver_grant",
    does=lifecycle.deliver_grant,
    on=GRANT,
    asks=forms.DeliverForm,
    when=at(GrantStatus.ORDERED),
    icon="box-seam",
    title=_("Record the delivery"),
    button=_("Delivered"),
    told=_("Delivered"),
)
act(
    "dispute_delivery",
    does=lifecycle.dispute_delivery,
    on=GRANT,
    asks=ReasonForm,
    icon="exclamation-circle",
    when=at(GrantStatus.DELIVERED, GrantStatus.PAID),
    title=_("Not what was chosen"),
    button=_("Tell the host agency"),
    told=_("Said: not what was chosen"),
)
act(
    "pay_grant",
    does=lifecycle.pay_grant,
    on=GRANT,
    asks=forms.PayForm,
    when=at(GrantStatus.DELIVERED),
    icon="cash-coin",
    title=_("Record the payment"),
    button=_("Paid"),
    told=_("Paid"),
    consequence=_("Money lines are never changed, only followed."),
)
act(
    "pay_arrival_cash",
    does=lifecycle.pay_arrival_cash,
    on=SHARED,
    asks=forms.ArrivalCashForm,
    icon="cash-coin",
    when=lambda s: any(p.arrived_on for p in s.people.all()),
    leads_to=tab("grants"),
    title=_("Cash on arrival"),
    button=_("Given"),
    told=_("Cash on arrival given"),
    consequence=_("Money lines are never changed, only followed."),
)
act(
    "record_attempt",
    does=lifecycle.record_attempt,
    on=FOLLOW_UP,
    asks=forms.AttemptForm,
    when=at("due", "missed"),
    icon="telephone",
    title=_("Record an attempt to reach them"),
    button=_("Save"),
    told=_("Attempt to reach them"),
)
act(
    "record_follow_up",
    does=lifecycle.record_follow_up,
    on=FOLLOW_UP,
    asks=forms.FollowUpForm,
    when=at("due", "missed"),
    icon="clipboard-check",
    title=_("Follow-up visit"),
    button=_("Save the visit"),
    told=_("Follow-up held"),
)
act(
    "miss_follow_up",
    does=lifecycle.miss_follow_up,
    on=FOLLOW_UP,
    asks=forms.MissForm,
    when=at("due"),
    icon="x-circle",
    title=_("The follow-up could not be held"),
    button=_("Save"),
    told=_("Follow-up missed"),
)
act(
    "stop_follow_up",
    does=lifecycle.stop_follow_up,
    on=EITHER_SIDE,
    asks=NoteForm,
    icon="pause-circle",
    when=lambda c: c.stage == Stage.REINTEGRATION,
    leads_to=tab("follow-ups"),
    title=_("No further follow-up is wished"),
    button=_("Stop follow-up"),
    told=_("No further follow-up wished"),
    lead=_("Help in kind goes on as agreed."),
)
act(
    "record_remigration",
    does=lifecycle.record_remigration,
    on=EITHER_SIDE,
    asks=forms.RemigrationForm,
    icon="globe",
    when=lambda c: c.stage == Stage.REINTEGRATION,
    leads_to=tab("follow-ups"),
    title=_("Somebody migrated again"),
    button=_("Save"),
    told=_("Migrated again"),
    lead=_("Recorded, never judged. Regular and informed migration is a good outcome too."),
)
