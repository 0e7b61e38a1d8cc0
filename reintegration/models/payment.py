"""Money that left the account: for help in kind, and the cash given on arrival."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Document, DonorLine, Person

from .grant import RATE, YEAR, Grant
from .money_rules import converted, of_its_programme
from .payment_rules import only_corrected, to_who_arrived, while_open, within_approval
from .plan import AMOUNT, POSITIVE, SideQuerySet, SideRecord


@pghistory.track(model_name="PaymentHistory")
class Payment(SideRecord):
    """Money that left the account, for a grant or as cash on arrival, with its proof and its donor line."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("In-kind help")
        ARRIVAL_CASH = "arrival_cash", _("Cash on arrival")

    kind = models.CharField(max_length=12, choices=Kind)
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="payments")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="payments")
    donor_line = models.ForeignKey(DonorLine, models.PROTECT, related_name="payments", verbose_name=_("donor line"))
    amount = models.DecimalField(_("amount"), validators=[POSITIVE], **AMOUNT)
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.DecimalField(_("rate"), **RATE)
    rate_on = models.DateField(_("date of the rate"))
    rate_source = models.CharField(_("source of the rate"), max_length=80)
    programme_amount = models.DecimalField(**AMOUNT)
    programme_currency = models.CharField(max_length=3)
    paid_on = models.DateField(_("paid on"))
    proof = models.ForeignKey(Document, models.PROTECT, related_name="+")
    paid_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = SideQuerySet.as_manager()

    class Meta:
        ordering = ["-paid_on", "-pk"]
        triggers = [
            within_approval,
            to_who_arrived,
            while_open,
            only_corrected,
            of_its_programme,
            converted("programme_amount", "NEW.programme_currency"),
        ]
        constraints = [
            models.CheckConstraint(
                name="payment_amounts", condition=Q(amount__gt=0, rate__gt=0, programme_amount__gt=0)
            ),
            models.CheckConstraint(
                name="payment_for_something",
                condition=Q(kind="grant", grant__isnull=False)
                | Q(kind="arrival_cash", grant=None, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="arrival_cash"), name="arrival_cash_once_per_person"
            ),
            models.CheckConstraint(name="payment_rate_of_its_time", condition=Q(rate_on__gte=F("paid_on") - YEAR)),
            models.UniqueConstraint(fields=["grant"], condition=Q(kind="grant"), name="grant_paid_once"),
        ]
        indexes = [models.Index(fields=["donor_line", "paid_on"], name="payment_of_line")]

    def __str__(self):
        return self.grant.reference if self.grant_id else f"payment {self.pk}"

    def get_absolute_url(self):
        return self.grant.get_absolute_url() if self.grant_id else f"/cases/{self.reference_of_case}/grants/"
