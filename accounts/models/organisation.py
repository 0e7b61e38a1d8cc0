"""Who takes part in a return: agencies, partners, providers, donors, authorities, and their offices."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..roles import OrganisationKind
from .kinds import kind_is_kept


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Names of organisations are no secret among staff: the address book of the programme."""
        return self if user.is_active else self.none()

    def partners(self):
        return self.filter(kind=OrganisationKind.PARTNER, is_active=True)

    def hosts(self):
        return self.filter(kind=OrganisationKind.HOST, is_active=True)


class Organisation(models.Model):
    """An agency, partner, provider, donor or authority that has a part in a return."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO code, for example FR"))
    city = models.CharField(_("town"), max_length=80, blank=True)
    email = models.EmailField(_("office e-mail"), blank=True)
    phone = models.CharField(_("office phone"), max_length=32, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    weekend = models.CharField(
        _("days of rest"),
        max_length=7,
        default="56",
        help_text=_("0 is Monday and 6 is Sunday: 56 rests on Saturday and Sunday, 45 on Friday and Saturday"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [kind_is_kept]
        constraints = [
            models.CheckConstraint(name="organisation_kind", condition=Q(kind__in=OrganisationKind.values)),
            models.CheckConstraint(name="organisation_country", condition=Q(country__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(name="organisation_weekend", condition=Q(weekend__regex=r"^[0-6]{0,6}$")),
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class OfficeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organisation=user.organisation_id)


class Office(models.Model):
    """A place of a host agency where people are received."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    name = models.CharField(_("name"), max_length=80)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="office_once")]

    def __str__(self):
        return self.name
