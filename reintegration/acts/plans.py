"""The reintegration plan: written, agreed, approved, changed."""

from django.utils.translation import gettext_lazy as _

from cases.acting import act
from cases.forms import NoteForm, ReasonForm
from cases.statuses import Stage
from cases.targets import EITHER_SIDE

from .. import forms, lifecycle
from ..statuses import PlanStatus
from .targets import PLAN, at, tab

DRAFT = at(PlanStatus.DRAFT)

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
