"""What the returnee wishes and what was agreed: the plan, one version after another."""

from datetime import datetime
from decimal import Decimal

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.roles import CASEWORKERS, Role
from cases.calendars import day_at
from cases.models import Case, SharedCase
from cases.statuses import AWAY, enforce

from ..statuses import PLAN_STEPS, PlanStatus
from .plan_rules import (
    approved_by_the_agency,
    covers_what_was_given,
    only_in_a_draft,
    signed_is_signed,
    within_cap,
)

POSITIVE = MinValueValidator(Decimal("0.01"))
AMOUNT = {"max_digits": 12, "decimal_places": 2}


class Dimension(models.TextChoices):
    """The three conditions of success at individual level (mission document, section 2)."""

    ECONOMIC = "economic", _("Economic")
    SOCIAL = "social", _("Social")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial")


class Modality(models.TextChoices):
    IN_KIND = "in_kind", _("In kind")
    SERVICE = "service", _("Service")
    CASH = "cash", _("Cash")


class SideQuerySet(models.QuerySet):
    """Rows that both sides read: host staff by agency, a partner only on its own live, accepted share."""

    def visible_to(self, user):
        if user.is_active and user.is_partner:
            mine = SharedCase.objects.visible_to(user).accepted()
            return self.filter(partner=user.organisation_id, shared__in=mine)
        if user.is_active and user.role in CASEWORKERS | {Role.FINANCE}:
            return self.filter(organisation=user.organisation_id)
        return self.none()


class SideRecord(models.Model):
    """A record of a case that hangs on the partner's share; both organisations stand here as plain columns."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss")
    shared = models.ForeignKey(SharedCase, models.PROTECT, null=True, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def reference_of_case(self) -> str:
        return self.shared.reference if self.shared_id else self.case.reference

    @classmethod
    def sides(cls, case: Case) -> dict:
        """The four columns for a new record of `case`."""
        shared = case.shared
        return {
            "case": case,
            "shared": shared,
            "organisation_id": case.organisation_id,
            "partner_id": shared.partner_id if shared else None,
        }


def entitled(case: Case) -> Decimal:
    """What those who came or are on the way may have in kind; before the first arrival also those who mean to go."""
    day = case.applied_on or day_at(case.organisation, case.opened_at)
    people = [p for p in case.people.all() if p.status in AWAY or not case.arrived_on and p.means_to_travel]
    minors = [person.is_minor(day) for person in people]
    return case.programme.cap(len(minors) - sum(minors), sum(minors))


class PlanQuerySet(SideQuerySet):
    def current(self):
        return self.exclude(status=PlanStatus.REPLACED)


@pghistory.track(
    model_name="PlanHistory",
    fields=["case", "version", "status", "cap", "agreed_by", "agreed_at", "approved_by", "approved_at"],
)
class Plan(SideRecord):
    """One version of the reintegration plan of a case. An approved version is never changed, only followed."""

    STEPS = PLAN_STEPS

    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=8, choices=PlanStatus, default=PlanStatus.DRAFT)
    goal_economic = models.TextField(_("economic goals, in their own words"), blank=True)
    goal_social = models.TextField(_("social goals, in their own words"), blank=True)
    goal_psychosocial = models.TextField(_("psychosocial goals, in their own words"), blank=True)
    structural_factors = models.TextField(_("local factors that matter, and how the plan answers them"), blank=True)
    currency = models.CharField(max_length=3)
    cap = models.DecimalField(**AMOUNT)
    why_amended = models.CharField(max_length=300, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    signed_how = models.CharField(max_length=5, blank=True)
    signature = models.JSONField(null=True)
    signature_witness = models.CharField(max_length=120, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approval_note = models.TextField(blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        triggers = [
            enforce(PLAN_STEPS),
            within_cap,
            covers_what_was_given,
            signed_is_signed,
            approved_by_the_agency,
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status__in=["draft", "agreed"]), name="one_plan_in_work"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(status="approved"), name="one_plan_in_force"),
            models.CheckConstraint(
                name="plan_signed",
                condition=Q(status__in=["draft", "replaced"]) | Q(agreed_at__isnull=False) & ~Q(signed_how=""),
            ),
            models.CheckConstraint(
                name="plan_approved",
                condition=~Q(status="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_four_eyes",
                condition=Q(approved_by=None) | Q(agreed_by=None) | ~Q(approved_by=F("agreed_by")),
            ),
            models.CheckConstraint(name="plan_cap", condition=Q(cap__gte=0)),
        ]

    def __str__(self):
        return f"{self.case.reference} plan {self.version}"

    def get_absolute_url(self):
        return f"/cases/{self.reference_of_case}/plan/"

    @property
    def total(self) -> Decimal:
        return self.activities.aggregate(t=Sum("cost"))["t"] or Decimal("0.00")

    @property
    def left(self) -> Decimal:
        return self.cap - self.total

    @property
    def cap_before(self) -> tuple[Decimal, datetime] | None:
        """The cap before the present one, and until when it was that; None when it never changed."""
        since = None
        for cap, moment in self.history.order_by("-pgh_id").values_list("cap", "pgh_created_at"):
            if cap != self.cap:
                return (cap, since) if since else None
            since = moment
        return None

    @property
    def is_editable(self) -> bool:
        return self.status == PlanStatus.DRAFT

    def goals(self):
        """(dimension, label, words) of each dimension, in order."""
        return [(d, d.label, getattr(self, f"goal_{d.value}")) for d in Dimension]


class Activity(models.Model):
    """One agreed line of the plan with its cost in the programme's currency."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="activities")
    line = models.PositiveSmallIntegerField()  # stays the same from version to version
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension)
    title = models.CharField(_("what is done"), max_length=200)
    modality = models.CharField(_("how it is given"), max_length=8, choices=Modality, default=Modality.IN_KIND)
    cost = models.DecimalField(_("cost"), default=Decimal("0"), **AMOUNT)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    who = models.CharField(_("who does it"), max_length=120, blank=True)

    class Meta:
        ordering = ["dimension", "line"]
        triggers = [only_in_a_draft]
        constraints = [
            models.CheckConstraint(name="activity_cost", condition=Q(cost__gte=0)),
            models.UniqueConstraint(fields=["plan", "line"], name="activity_line_once"),
        ]
        verbose_name_plural = "activities"

    def __str__(self):
        return f"activity {self.pk}"


HARM_QUESTIONS = {
    "visible": _("Could help that others see put the person at risk?"),
    "jealousy": _("Could it cause jealousy or tension in the community?"),
    "debt": _("Are there creditors, smugglers or others who would press for it?"),
    "cash": _("Would money or goods be unsafe to hold?"),
    "supplier": _("Is there doubt about a supplier's honesty?"),
    "control": _("Would somebody else in the family take control of it?"),
}


class HarmAnswer(models.Model):
    """One do-no-harm question of a plan; a yes says how the harm is avoided (domain: dataprotection 6)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="harm_answers")
    question = models.CharField(max_length=10, choices=list(HARM_QUESTIONS.items()))
    is_risk = models.BooleanField()
    mitigation = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        triggers = [only_in_a_draft]
        constraints = [
            models.UniqueConstraint(fields=["plan", "question"], name="harm_question_once"),
            models.CheckConstraint(name="harm_mitigated", condition=Q(is_risk=False) | ~Q(mitigation="")),
        ]

    def __str__(self):
        return f"harm {self.pk}"
