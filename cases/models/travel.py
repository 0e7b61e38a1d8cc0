"""Papers and journey: travel documents, fitness to travel, itineraries with versions."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User

from ..calendars import day_at
from .case import Case
from .person import OfPersonQuerySet, Person
from .shared import SharedCase

asked_with_a_yes = pgtrigger.Trigger(
    name="asked_with_a_yes",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("asked_on"),
    condition=pgtrigger.Q(new__asked_on__isnull=False),
    func="""
        IF OLD.asked_on IS NOT DISTINCT FROM NEW.asked_on THEN
            RETURN NEW;
        END IF;
        IF NOT EXISTS (SELECT FROM cases_person person
                         JOIN cases_case file ON file.id = person.case_id
                         JOIN cases_person giver ON giver.case_id = file.id
                         JOIN cases_consent yes ON yes.person_id = giver.id
                        WHERE person.id = NEW.person_id
                          AND yes.scope = 'consular' AND yes.agreed AND yes.withdrawn_at IS NULL
                          AND (giver.id = person.id OR person.born_on > file.opened_at - interval '18 years')) THEN
            RAISE EXCEPTION 'no consulate is asked without a yes' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class TravelDocument(models.Model):
    """A passport or laissez-passer of one person: asked, issued, valid to."""

    class Kind(models.TextChoices):
        PASSPORT = "passport", _("Passport")
        LAISSEZ_PASSER = "laissez_passer", _("Laissez-passer")
        IDENTITY_CARD = "identity_card", _("Identity card")
        ENTERED = "entered", _("Entered in a parent's document")

    person = models.OneToOneField(Person, models.PROTECT, related_name="travel_document")
    kind = models.CharField(_("document"), max_length=14, choices=Kind)
    number = models.CharField(_("number"), max_length=40, blank=True)
    asked_on = models.DateField(_("asked for on"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    kept_where = models.CharField(_("where the original is"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(auto_now=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        triggers = [asked_with_a_yes]
        constraints = [
            models.CheckConstraint(
                name="travel_document_order",
                condition=(Q(asked_on=None) | Q(issued_on=None) | Q(issued_on__gte=F("asked_on")))
                & (Q(issued_on=None) | Q(valid_until=None) | Q(valid_until__gt=F("issued_on"))),
            ),
            models.CheckConstraint(
                name="travel_document_issued_whole",
                condition=Q(issued_on=None) | Q(valid_until__isnull=False) & ~Q(number=""),
            ),
        ]

    def __str__(self):
        return f"travel document {self.pk}"

    def covers(self, day) -> bool:
        """Can it be used on `day`?"""
        return bool(self.issued_on and self.valid_until and self.valid_until >= day)


class FitToTravel(models.Model):
    """What a doctor says about travelling, and until when it holds."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="fitness")
    is_fit = models.BooleanField(_("fit to travel"))
    examined_on = models.DateField(_("examined on"))
    valid_until = models.DateField(_("valid until"))
    conditions = models.CharField(_("conditions, for example a wheelchair or escort"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-examined_on", "-pk"]
        constraints = [models.CheckConstraint(name="fitness_order", condition=Q(valid_until__gte=F("examined_on")))]

    def __str__(self):
        return f"fit to travel {self.pk}"


class ItineraryQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_partner:
            return self.filter(partner=user.organisation_id, shared__in=SharedCase.objects.visible_to(user).accepted())
        return self.filter(case__in=Case.objects.visible_to(user))


class Itinerary(models.Model):
    """One version of the journey. A change makes the next version, which the partner acknowledges again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="itineraries")
    shared = models.ForeignKey(SharedCase, models.PROTECT, related_name="itineraries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    flight = models.CharField(_("flight or transport"), max_length=120)
    departs_from = models.CharField(pgettext_lazy("place", "from"), max_length=120)
    departs_at = models.DateTimeField(_("departs at"))
    arrives_in = models.CharField(_("arrives in"), max_length=120)
    arrives_at = models.DateTimeField(_("arrives at"))
    help_needed = models.CharField(_("help on the way and at arrival"), max_length=300, blank=True)
    why_changed = models.CharField(_("why it changed"), max_length=200, blank=True)
    booked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    why_cancelled = models.CharField(_("why it was cancelled"), max_length=300, blank=True)

    objects = ItineraryQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="itinerary_version_once"),
            models.CheckConstraint(name="itinerary_order", condition=Q(arrives_at__gt=F("departs_at"))),
            models.CheckConstraint(name="itinerary_change_has_reason", condition=Q(version=1) | ~Q(why_changed="")),
            models.CheckConstraint(
                name="itinerary_cancelled_why",
                condition=Q(cancelled_at=None, why_cancelled="") | Q(cancelled_at__isnull=False) & ~Q(why_cancelled=""),
            ),
        ]

    def __str__(self):
        return f"{self.case.reference} itinerary {self.version}"

    @property
    def departs_on(self) -> date:
        """The day of departure where the host agency works."""
        return day_at(self.organisation, self.departs_at)

    @property
    def arrives_on(self) -> date:
        """The day of arrival where the partner works: the day on which somebody should be at the airport."""
        return day_at(self.partner, self.arrives_at)
