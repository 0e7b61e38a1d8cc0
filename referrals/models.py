"""What we ask services to do for a person, and what came of it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User, of_kind
from accounts.roles import OrganisationKind
from cases.models import Person
from cases.statuses import enforce
from reintegration.models.plan import SideQuerySet, SideRecord

from .statuses import REFERRAL_STEPS, ReferralStatus


class Sector(models.TextChoices):
    HEALTH = "health", _("Health")
    PSYCHOSOCIAL = "psychosocial", _("Mental health and psychosocial support")
    EDUCATION = "education", _("Education")
    TRAINING = "training", _("Training and recognition of skills")
    EMPLOYMENT = "employment", _("Employment")
    FINANCE = "finance", _("Finance and business")
    HOUSING = "housing", _("Housing")
    LEGAL = "legal", _("Legal help and papers")
    SOCIAL = "social", _("Social protection")


PROVIDERS = (OrganisationKind.PROVIDER, OrganisationKind.PARTNER, OrganisationKind.HOST)


class ServiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The directory of services holds no personal data: open to all who refer or keep it."""
        return self if user.is_active and user.may("send_referral") or user.may("keep_service") else self.none()

    def in_country(self, country: str):
        return self.filter(country=country, is_active=True)


class Service(models.Model):
    """Something a provider offers in a place."""

    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="services",
        limit_choices_to={"kind__in": PROVIDERS},
        verbose_name=_("provider"),
    )
    name = models.CharField(_("service"), max_length=120)
    sector = models.CharField(_("sector"), max_length=14, choices=Sector)
    country = models.CharField(_("country"), max_length=2)
    place = models.CharField(_("place"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    verified_on = models.DateField(_("checked on"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["sector", "name"]
        triggers = [of_kind("provider", *PROVIDERS)]
        constraints = [models.UniqueConstraint(fields=["provider", "name", "place"], name="service_once")]

    def __str__(self):
        return f"{self.name}, {self.provider.name}"


class ReferralQuerySet(SideQuerySet):
    def visible_to(self, user):
        """As for all records of both sides; a partner only of people whom it may know today."""
        found = super().visible_to(user)
        return found.filter(person__copies__shared=F("shared")) if user.is_partner else found

    def open(self):
        """Those from which something is still to come: an answer, or what came of it."""
        return self.filter(status__in=[ReferralStatus.SENT, ReferralStatus.ACCEPTED])

    def for_list(self):
        return self.select_related("case", "shared", "service__provider", "person", "sent_by")


@pghistory.track(
    model_name="ReferralHistory", fields=["case", "service", "status", "sent_at", "answered_at", "finished_on"]
)
class Referral(SideRecord):
    """One request to one service for one person: sent, answered, and what came of it."""

    STEPS = REFERRAL_STEPS

    person = models.ForeignKey(Person, models.PROTECT, related_name="referrals", verbose_name=_("for whom"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals", verbose_name=_("service"))
    status = models.CharField(max_length=10, choices=ReferralStatus, default=ReferralStatus.SENT)
    need = models.TextField(_("what is needed, in words the service may read"))
    agreed = models.BooleanField(_("the person agrees to this referral"))
    answer_due_on = models.DateField(_("answer expected by"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(max_length=300, blank=True)
    finished_on = models.DateField(_("finished on"), null=True)
    outcome = models.TextField(_("what came of it"), blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        triggers = [enforce(REFERRAL_STEPS)]
        constraints = [
            models.CheckConstraint(name="referral_agreed", condition=Q(agreed=True)),
            models.CheckConstraint(
                name="referral_answered",
                condition=Q(status__in=["sent", "withdrawn"]) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_done",
                condition=~Q(status="done") | Q(finished_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(name="referral_declined_why", condition=~Q(status="declined") | ~Q(answer_note="")),
        ]

    def __str__(self):
        return f"{self.case.reference} referral {self.pk}"

    def get_absolute_url(self):
        return f"/cases/{self.reference_of_case}/referrals/"
