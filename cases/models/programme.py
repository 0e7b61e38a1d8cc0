"""The frame a return is funded and ruled by: programmes, donor lines, suspended countries, versioned legal texts."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, of_kind
from accounts.roles import OrganisationKind

MONEY = {"max_digits": 12, "decimal_places": 2, "validators": [MinValueValidator(Decimal("0"))]}


def follow_up_months():
    return [3, 6, 12]


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own agency's programmes; an administrator keeps all, a partner needs none (its part is copied)."""
        if user.role == "administrator":
            return self
        return self.filter(organisation=user.organisation_id)

    def open_for(self, user):
        return self.visible_to(user).filter(is_active=True)


class Programme(models.Model):
    """A funded programme of a host agency with its amounts and time limits (domain: workflow 5.1)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("code"), max_length=20, unique=True)
    host_country = models.CharField(_("host country"), max_length=2)
    return_countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries of return"))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    arrival_cash = models.DecimalField(_("cash on arrival, per person"), **MONEY)
    cap_adult = models.DecimalField(_("in-kind help, per adult"), **MONEY)
    cap_minor = models.DecimalField(_("in-kind help, per minor"), **MONEY)
    small_purchase_limit = models.DecimalField(_("one quote is enough up to"), **MONEY)
    quotes_needed = models.PositiveSmallIntegerField(_("quotes needed above that"), default=3)
    registration_days = models.PositiveSmallIntegerField(_("days from hand-over to departure"), default=19)
    itinerary_working_days = models.PositiveSmallIntegerField(
        _("working days from flight details to departure"), default=5
    )
    answer_working_days = models.PositiveSmallIntegerField(_("partner's working days to answer"), default=5)
    arrival_working_days = models.PositiveSmallIntegerField(_("working days for help on arrival"), default=14)
    help_months = models.PositiveSmallIntegerField(_("months in which help is given"), default=12)
    plan_days = models.PositiveSmallIntegerField(_("days from arrival to the agreed plan"), default=30)
    follow_up_months = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("follow-ups, months after arrival"),
        default=follow_up_months,
    )
    is_active = models.BooleanField(_("open for new cases"), default=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [of_kind("organisation", OrganisationKind.HOST)]
        constraints = [
            models.CheckConstraint(
                name="programme_amounts",
                condition=Q(arrival_cash__gte=0, cap_adult__gte=0, cap_minor__gte=0, small_purchase_limit__gte=0),
            ),
            models.CheckConstraint(name="programme_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")),
            models.CheckConstraint(name="programme_quotes", condition=Q(quotes_needed__gte=1)),
        ]

    def __str__(self):
        return self.name

    def cap(self, adults: int, minors: int) -> Decimal:
        """Most that may be spent in kind for a family, in the programme's currency."""
        return self.cap_adult * adults + self.cap_minor * minors


class DonorLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme__in=Programme.objects.visible_to(user))


class DonorLine(models.Model):
    """The budget line of a donor that an amount is charged to."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="donor_lines")
    donor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", limit_choices_to={"kind": OrganisationKind.DONOR}
    )
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("open for new spending"), default=True)

    objects = DonorLineQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        triggers = [of_kind("donor", OrganisationKind.DONOR)]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="donor_line_once")]

    def __str__(self):
        return f"{self.code} {self.name}"


class SuspensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Where no return is organised is said openly to all who work here."""
        return self if user.is_active else self.none()

    def in_force(self, country: str, day):
        """Suspensions of `country` in force on `day`."""
        return self.filter(country=country, from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gte=day))


class Suspension(models.Model):
    """A country to which no return is organised for a time: a hard stop (domain: workflow 7)."""

    country = models.CharField(_("country"), max_length=2)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="suspension_order", condition=Q(until_on=None) | Q(until_on__gte=F("from_on")))
        ]

    def __str__(self):
        return f"{self.country} {self.from_on}"


class Scope(models.TextChoices):
    """What a legal text is about: the voluntary declaration, or one thing that a person may agree to or not.

    Only what the product then keeps to is asked: the partner sees, the consulate is asked, somebody calls afterwards.
    """

    DECLARATION = "declaration", _("Declaration of voluntary return")
    PARTNER = "partner", _("Share my file with the reintegration partner")
    CONSULAR = "consular", _("Contact my consulate for a travel document")
    FOLLOW_UP = "follow_up", _("Contact me after my return")


CONSENT_SCOPES = [scope for scope in Scope if scope != Scope.DECLARATION]


class LegalTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The words people are asked to agree to are no secret to those who work here."""
        return self if user.is_active else self.none()

    def current(self, scope: str, languages):
        """The newest text of `scope` in the first of `languages` that has one; English as the last resort."""
        for language in [*languages, "en"]:
            found = self.filter(scope=scope, language=language).order_by("-version").first()
            if found:
                return found
        return None


class LegalText(models.Model):
    """One version of the words a person agrees to or signs, in one language. Never changed, only followed."""

    scope = models.CharField(max_length=12, choices=Scope)
    language = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    body = models.TextField()
    if_no = models.TextField(blank=True)
    reviewed_by = models.CharField(max_length=120)
    reviewed_on = models.DateField()

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "language", "version"], name="legal_text_once")]

    def __str__(self):
        return f"{self.scope} {self.language} v{self.version}"


class Counter(models.Model):
    """The last serial number given under a name (cases.references)."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self):
        return self.name
