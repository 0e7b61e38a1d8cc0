"""Help in kind, from the wish to the receipt."""

from datetime import timedelta
from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from cases.models import Document, DonorLine
from cases.statuses import enforce

from ..statuses import COMMITTED, GRANT_STEPS, GrantStatus
from .money_rules import (
    as_asked_and_approved,
    as_quoted,
    asked_in_time,
    converted,
    of_its_programme,
    payments_follow_the_line,
    quote_kept,
    within_plan,
)
from .plan import AMOUNT, POSITIVE, Activity, Plan, SideQuerySet, SideRecord
from .plan_rules import approved_by_the_agency

RATE = {"max_digits": 18, "decimal_places": 8}
YEAR = timedelta(days=366)  # so old a rate may be on the day of its amount, and a quote when help is asked for


class SupplierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own directory of a partner; host staff see who supplies."""
        if user.is_partner:
            return self.filter(partner=user.organisation_id)
        return self if user.works_on_cases else self.none()


class Supplier(models.Model):
    """Somebody who sells; kept by the partner that buys from them."""

    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("supplier"), max_length=160)
    town = models.CharField(_("town"), max_length=80, blank=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["partner", "name", "town"], name="supplier_once")]

    def __str__(self):
        return f"{self.name}, {self.town}" if self.town else self.name


class GrantQuerySet(SideQuerySet):
    def committed(self):
        return self.filter(status__in=COMMITTED)

    def for_list(self):
        return self.select_related(
            "case", "shared", "activity", "chosen__supplier", "donor_line", "organisation", "partner"
        )


@pghistory.track(
    model_name="GrantHistory",
    exclude=[
        "item",
        "specification",
        "late_reason",
        "choice_reason",
        "returnee_choice",
        "approval_note",
        "delivery_place",
        "difference",
        "received_by",
        "dispute",
        "cancel_reason",
    ],
)
class Grant(SideRecord):
    """One thing given in kind under the approved plan: asked for, quoted, approved, ordered, delivered, paid."""

    STEPS = GRANT_STEPS

    reference = models.CharField(max_length=16, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="grants")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="grants")
    status = models.CharField(max_length=9, choices=GrantStatus, default=GrantStatus.ASKED)
    status_since = models.DateTimeField(default=timezone.now)
    item = models.CharField(_("what is needed"), max_length=160)
    specification = models.TextField(_("exactly what, and why this"), blank=True)
    expected_cost = models.DecimalField(_("expected cost"), validators=[POSITIVE], **AMOUNT)
    donor_line = models.ForeignKey(DonorLine, models.PROTECT, related_name="grants", verbose_name=_("donor line"))
    currency = models.CharField(max_length=3)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    late_reason = models.CharField(_("why it is asked for so late"), max_length=300, blank=True)
    chosen = models.ForeignKey("Quote", models.PROTECT, null=True, related_name="+")
    choice_reason = models.TextField(_("why this quote"), blank=True)
    returnee_choice = models.CharField(_("the returnee's own wish"), max_length=200, blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_amount = models.DecimalField(null=True, **AMOUNT)
    approval_note = models.TextField(blank=True)
    ordered_on = models.DateField(_("ordered on"), null=True)
    order_number = models.CharField(_("order number"), max_length=40, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True)
    delivery_place = models.CharField(_("place"), max_length=120, blank=True)
    delivery_proof = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    as_chosen = models.BooleanField(_("the goods are what was chosen"), null=True)
    difference = models.CharField(_("what differs"), max_length=300, blank=True)
    received_by = models.CharField(_("received by"), max_length=120, blank=True)
    disputed_at = models.DateTimeField(null=True)
    dispute = models.CharField(max_length=300, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        triggers = [
            enforce(GRANT_STEPS),
            asked_in_time,
            within_plan,
            as_quoted,
            as_asked_and_approved,
            approved_by_the_agency,
            of_its_programme,
            payments_follow_the_line,
        ]
        constraints = [
            models.CheckConstraint(name="grant_expected", condition=Q(expected_cost__gt=0)),
            models.CheckConstraint(
                name="grant_chosen",
                condition=Q(status__in=["asked", "cancelled"]) | Q(chosen__isnull=False) & ~Q(choice_reason=""),
            ),
            models.CheckConstraint(
                name="grant_approved",
                condition=Q(status__in=["asked", "quoted", "cancelled"])
                | Q(approved_by__isnull=False, approved_at__isnull=False, approved_amount__gt=0),
            ),
            models.CheckConstraint(
                name="grant_four_eyes",
                condition=Q(approved_by=None)
                | ~Q(approved_by=F("requested_by")) & (Q(chosen_by=None) | ~Q(approved_by=F("chosen_by"))),
            ),
            models.CheckConstraint(
                name="grant_ordered",
                condition=Q(status__in=["asked", "quoted", "approved", "cancelled"]) | Q(ordered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_delivered",
                condition=~Q(status__in=["delivered", "paid"])
                | Q(delivered_on__gte=F("ordered_on"), delivery_proof__isnull=False, as_chosen__isnull=False)
                & ~Q(received_by=""),
            ),
            models.CheckConstraint(name="grant_difference_said", condition=~Q(as_chosen=False) | ~Q(difference="")),
            models.CheckConstraint(name="grant_cancelled_why", condition=~Q(status="cancelled") | ~Q(cancel_reason="")),
        ]
        indexes = [
            models.Index(fields=["partner", "-requested_at"], name="grant_of_partner"),
            models.Index(fields=["organisation", "-requested_at"], name="grant_of_organisation"),
            models.Index(fields=["donor_line", "status"], name="grant_of_line"),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/grants/{self.reference}/"

    @property
    def waits_for(self) -> str:
        """Whose turn it is: the agency approves, the partner does everything else."""
        side = self.organisation if self.status == GrantStatus.QUOTED else self.partner
        return gettext("waits for %s") % side if side else ""

    @property
    def amount(self) -> Decimal:
        """What it costs as far as is known, in the programme's currency."""
        if self.approved_amount is not None:
            return self.approved_amount
        return self.chosen.in_programme_currency if self.chosen_id else self.expected_cost

    @property
    def paid(self) -> Decimal:
        return self.payments.aggregate(t=Sum("programme_amount"))["t"] or Decimal("0.00")


class QuoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the help they were asked for."""
        return self.filter(grant__in=Grant.objects.visible_to(user))


class Quote(models.Model):
    """What a supplier asks for it, in the supplier's currency, with the dated rate typed beside it."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="quotes")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="quotes")
    amount = models.DecimalField(_("price"), validators=[POSITIVE], **AMOUNT)
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.DecimalField(_("rate"), **RATE)
    rate_on = models.DateField(_("date of the rate"))
    rate_source = models.CharField(_("source of the rate"), max_length=80)
    in_programme_currency = models.DecimalField(**AMOUNT)
    dated = models.DateField(_("date of the quote"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    guarantee = models.CharField(_("guarantee"), max_length=80, blank=True)
    delivery = models.CharField(_("delivery"), max_length=80, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["in_programme_currency", "pk"]
        triggers = [
            converted("in_programme_currency", "SELECT currency FROM reintegration_grant WHERE id = NEW.grant_id"),
            quote_kept,
        ]
        constraints = [
            models.UniqueConstraint(fields=["grant", "supplier"], name="one_quote_per_supplier"),
            models.CheckConstraint(
                name="quote_amounts", condition=Q(amount__gt=0, rate__gt=0, in_programme_currency__gt=0)
            ),
            models.CheckConstraint(name="quote_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")),
            models.CheckConstraint(
                name="quote_validity", condition=Q(valid_until=None) | Q(valid_until__gte=F("dated"))
            ),
            models.CheckConstraint(name="quote_rate_of_its_time", condition=Q(rate_on__gte=F("dated") - YEAR)),
        ]

    def __str__(self):
        return self.grant.reference

    def get_absolute_url(self):
        return self.grant.get_absolute_url()

    # It belongs to the case and the side of its grant.
    case_id = property(lambda self: self.grant.case_id)
    shared = property(lambda self: self.grant.shared)

    @property
    def case(self):
        return self.grant.case

    @case.setter
    def case(self, locked):
        self.grant.case = locked
