"""What a partner sees and does: the partner's side hangs on SharedCase, never on the case itself.

Every column here is copied by one function (cases.sharing.fill) with exactly what was consented to, so that a partner's
page needs no look at the host's tables.
"""

from datetime import timedelta

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ChoiceWords, Organisation, User, of_kind
from accounts.roles import OrganisationKind

from ..calendars import day_at, today_at, working_days_between
from ..statuses import (
    LIVE,
    SHARED_STEPS,
    WALK_IN_STEPS,
    PersonStatus,
    SharedStatus,
    Stage,
    WalkInStatus,
    enforce,
)
from .case import Case
from .person import Person, PersonFacts, Vulnerability, person_constraints
from .programme import Programme


class SharedCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A partner sees the live shares of its own organisation; host staff those of their agency."""
        if user.is_active and user.is_partner:
            return self.filter(partner=user.organisation_id, status__in=LIVE)
        if user.is_active and user.works_on_cases:
            return self.filter(organisation=user.organisation_id)
        return self.none()

    def accepted(self):
        return self.filter(status=SharedStatus.ACCEPTED)

    def arriving(self, until):
        """Shares with someone expected by this date, however long ago, or departed and not yet confirmed."""
        still = SharedPerson.objects.filter(shared=OuterRef("pk"))
        expected = Q(expected_on__lte=until) & Exists(still.filter(status=PersonStatus.TAKING_PART))
        return self.accepted().filter(expected | Exists(still.filter(status=PersonStatus.DEPARTED)))


of_its_case = pgtrigger.Trigger(
    name="of_its_case",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_id", "organisation_id", "programme_id"),
    func="""
        IF NOT EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND organisation_id = NEW.organisation_id
                          AND programme_id = NEW.programme_id) THEN
            RAISE EXCEPTION 'shared by another agency than that of the case' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@pghistory.track(
    model_name="SharedCaseHistory",
    fields=["case", "partner", "status", "sent_at", "answered_at", "answered_by", "ended_at", "ends_on"],
)
class SharedCase(ChoiceWords):
    """The part of a case that one partner may see, from the day the hand-over is sent until sharing ends."""

    STEPS = SHARED_STEPS

    case = models.ForeignKey(Case, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="shares")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=SharedStatus, default=SharedStatus.SENT)
    purpose = models.CharField(max_length=200)
    agreement = models.CharField(max_length=120)
    ends_on = models.DateField(_("sharing ends on"))

    # The minimal preview, before the partner answers: no name, no contact.
    reference = models.CharField(max_length=24)
    return_country = models.CharField(max_length=2)
    return_place = models.CharField(max_length=120, blank=True)
    adults = models.PositiveSmallIntegerField()
    minors = models.PositiveSmallIntegerField()
    needs = models.TextField(blank=True)
    travel_from = models.DateField(null=True)

    # The shared part, after it has accepted.
    title = models.CharField(max_length=300, blank=True)
    title_original = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=14, choices=Stage)
    is_held = models.BooleanField(default=False)
    host_contact = models.CharField(max_length=200, blank=True)
    needs_list = ArrayField(models.CharField(max_length=16), default=list)
    expected_on = models.DateField(null=True)
    departed_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    worker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer_due_on = models.DateField()
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer_note = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = SharedCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        triggers = [enforce(SHARED_STEPS), of_its_case, of_kind("partner", OrganisationKind.PARTNER)]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(status__in=LIVE), name="one_live_share"),
            models.CheckConstraint(name="share_purpose", condition=~Q(purpose="") & ~Q(agreement="")),
            models.CheckConstraint(
                name="share_answered",
                condition=~Q(status__in=["accepted", "declined"])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(name="share_declined_why", condition=~Q(status="declined") | ~Q(answer_note="")),
            models.CheckConstraint(name="share_preview_bare", condition=~Q(status="sent") | Q(title="")),
        ]
        indexes = [
            models.Index(fields=["partner", "expected_on"], name="share_arrivals", condition=Q(status="accepted")),
            models.Index(fields=["partner", "status", "reference"], name="share_of_partner"),
        ]

    def __str__(self):
        return self.reference

    @property
    def needs_told(self) -> list[str]:
        """What was seen in screening and may be known to a partner, in words."""
        return [str(Vulnerability(one).label) for one in self.needs_list]

    @property
    def days_waited(self) -> int:
        """The partner's own working days since the hand-over was sent, up to its answer, the end or today."""
        ended = self.answered_at or self.ended_at
        end = day_at(self.partner, ended) if ended else today_at(self.partner)
        return working_days_between(day_at(self.partner, self.sent_at), end, self.partner.weekend)

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_accepted(self) -> bool:
        return self.status == SharedStatus.ACCEPTED

    @property
    def journey(self):
        """The journey that counts: the newest version booked for this share, unless it was cancelled."""
        newest = next(iter(self.itineraries.all()), None)
        return None if newest is None or newest.cancelled_at else newest

    @property
    def display_name(self) -> str:
        return self.title or self.reference

    def get_absolute_url(self):
        return f"/cases/{self.reference}/"


class SharedPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(shared__in=SharedCase.objects.visible_to(user).accepted())


class SharedPerson(PersonFacts):
    """One member of the family as the partner knows them: a copy of what was consented to, no more."""

    shared = models.ForeignKey(SharedCase, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="copies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    objects = SharedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["shared", "number"]
        constraints = [
            models.UniqueConstraint(fields=["shared", "person"], name="shared_person_once"),
            *person_constraints("shared_person"),
        ]

    def __str__(self):
        return f"{self.shared.reference} / {self.number}"

    def get_absolute_url(self):
        return f"/cases/{self.shared.reference}/"

    @property
    def case(self):
        return self.shared.case


WALK_IN_ANSWER = timedelta(days=7)


class WalkInQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_active and user.is_partner:
            return self.filter(partner=user.organisation_id)
        if user.is_active and user.works_on_cases:
            return self.filter(organisation=user.organisation_id)
        return self.none()


led_to_those_who_asked = pgtrigger.Trigger(
    name="led_to_those_who_asked",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__led_to__isnull=False),
    func="""
        IF NOT EXISTS (SELECT FROM cases_sharedcase
                        WHERE id = NEW.led_to_id AND organisation_id = NEW.organisation_id
                          AND partner_id = NEW.partner_id) THEN
            RAISE EXCEPTION 'a walk-in leads to a case between the two who spoke' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class WalkIn(models.Model):
    """A returnee who stands before the partner without a case here. The host agency is asked; silence asks again."""

    STEPS = WALK_IN_STEPS

    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("host agency"))
    status = models.CharField(max_length=10, choices=WalkInStatus, default=WalkInStatus.ASKED)
    name = models.CharField(_("name as in the document"), max_length=300)
    sex = models.CharField(_("sex"), max_length=10)
    born_on = models.DateField(_("date of birth"))
    born_precision = models.CharField(max_length=5, default="day")
    nationality = models.CharField(_("nationality"), max_length=2)
    languages = ArrayField(models.CharField(max_length=12), default=list)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    return_country = models.CharField(_("country of return"), max_length=2)
    return_place = models.CharField(_("place of return"), max_length=120, blank=True)
    departed_on = models.DateField(_("departed on"))
    arrived_on = models.DateField(_("arrived on"))
    told = models.TextField(_("what they told"), blank=True)
    agreed_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer_due_on = models.DateField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(max_length=300, blank=True)
    led_to = models.ForeignKey(SharedCase, models.PROTECT, null=True, related_name="+")

    objects = WalkInQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        triggers = [
            enforce(WALK_IN_STEPS),
            led_to_those_who_asked,
            of_kind("partner", OrganisationKind.PARTNER),
            of_kind("organisation", OrganisationKind.HOST),
        ]
        constraints = [
            models.CheckConstraint(
                name="walk_in_dates",
                condition=Q(arrived_on__gte=models.F("departed_on"))
                & (Q(departed_on__gte=models.F("born_on")) | ~Q(born_precision="day")),
            ),
            models.CheckConstraint(
                name="walk_in_answered",
                condition=Q(status="asked") | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="walk_in_confirmed", condition=~Q(status="confirmed") | Q(led_to__isnull=False)
            ),
            models.CheckConstraint(name="walk_in_not_ours_why", condition=~Q(status="not_ours") | ~Q(answer_note="")),
        ]

    def __str__(self):
        return f"walk-in {self.pk}"

    def get_absolute_url(self):
        return "/arrivals/"
