"""The case: our work with one person or one family that came together."""

from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ChoiceWords, Office, Organisation, User
from accounts.people import at_hand
from accounts.roles import CASEWORKERS, Role

from ..statuses import BEFORE_DEPARTURE, DECIDED_STEPS, STAGE_STEPS, Stage, enforce
from .programme import Programme


class Scenario(models.TextChoices):
    """Return scenarios 1 and 2 of the mission document; a forced return is never opened as a case."""

    VOLUNTARY = "voluntary", _("Voluntary, the right to stay is untouched")
    UNAVOIDABLE = "unavoidable", _("Voluntary but unavoidable, no right to stay remains")
    FORCED = "forced", _("Forced return or removal")


OPEN_TO = (Scenario.VOLUNTARY, Scenario.UNAVOIDABLE)


class Reason(models.TextChoices):
    """Why someone wishes to return; several can be true (mission document, section 1)."""

    FAMILY = "family", _("Family")
    ILLNESS = "illness", _("Illness, own or in the family")
    NO_STATUS = "no_status", _("No right to stay")
    CONTRACT_END = "contract_end", _("Work contract ended")
    NO_WORK = "no_work", _("No work or income here")
    CRISIS = "crisis", _("Crisis in the host country")
    PLANS = "plans", _("Plans in the country of return")
    ENOUGH = "enough", _("Wish to be home")
    OTHER = "other", _("Another reason")


class LegalDeadline(models.TextChoices):
    LEAVE = "leave", _("Deadline to leave")
    APPEAL = "appeal", _("Deadline to appeal")


class Outcome(models.TextChoices):
    """How a case ended. None of these is a failure of the person; regular re-migration least of all."""

    COMPLETED = "completed", _("Help completed")
    WITHDREW = "withdrew", _("Withdrew before departure")
    REFUSED = "refused", _("Not eligible")
    NOT_DEPARTED = "not_departed", _("Did not depart")
    REMIGRATED_REGULARLY = "remigrated_regularly", _("Migrated again, by a regular way")
    REMIGRATED_OTHER = "remigrated_other", _("Migrated again, other or not known how")
    UNREACHABLE = "unreachable", _("Contact lost")
    STOPPED = "stopped", _("Wished to end the help")
    TRANSFERRED = "transferred", _("Went on in another programme")
    DIED = "died", _("Died")


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Caseworkers and supervisors see the cases of their own agency; nobody else sees a case itself.

        Partners see what was shared with them (SharedCase), managers count (`countable_by`).
        """
        if user.is_active and user.role in CASEWORKERS:
            return self.filter(organisation=user.organisation_id)
        return self.none()

    def countable_by(self, user):
        """The rows behind a manager's numbers: to be counted and listed by reference, never with a name."""
        if user.is_active and user.role in CASEWORKERS | {Role.MANAGER, Role.FINANCE}:
            return self.filter(organisation=user.organisation_id)
        return self.none()

    def still_open(self):
        return self.exclude(stage=Stage.CLOSED)

    def for_list(self):
        return self.only("reference", "stage", "return_country", "held_since", "next_due_on")


of_its_agency = pgtrigger.Trigger(
    name="of_its_agency",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("programme_id", "organisation_id"),
    func="""
        IF NOT EXISTS (SELECT FROM cases_programme
                        WHERE id = NEW.programme_id AND organisation_id = NEW.organisation_id) THEN
            RAISE EXCEPTION 'a programme of another agency' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'UPDATE' AND NEW.organisation_id <> OLD.organisation_id THEN
            RAISE EXCEPTION 'a case stays with its agency' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


stages_are_earned = pgtrigger.Trigger(
    name="stages_are_earned",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("stage", "outcome"),
    condition=pgtrigger.Q(old__stage__df=pgtrigger.F("new__stage"))
    | pgtrigger.Q(old__outcome__df=pgtrigger.F("new__outcome")),
    func="""
        IF NEW.stage IN ('decided', 'handed_over', 'preparing', 'travelling')
           AND NOT EXISTS (SELECT FROM cases_decision WHERE case_id = NEW.id AND status = 'eligible') THEN
            RAISE EXCEPTION 'a decision comes first' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.stage = 'handed_over' AND NOT EXISTS
           (SELECT FROM cases_sharedcase WHERE case_id = NEW.id AND status = 'sent') THEN
            RAISE EXCEPTION 'a hand-over is sent first' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.stage = 'preparing' AND NOT EXISTS
           (SELECT FROM cases_sharedcase WHERE case_id = NEW.id AND status = 'accepted') THEN
            RAISE EXCEPTION 'the yes of a partner comes first' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.outcome = 'refused' AND NOT EXISTS
           (SELECT FROM cases_decision WHERE case_id = NEW.id AND status = 'refused') THEN
            RAISE EXCEPTION 'only a decision refuses' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

held_goes_no_further = pgtrigger.Protect(
    name="held_goes_no_further",
    operation=pgtrigger.Update,
    condition=reduce(
        or_,
        (
            pgtrigger.Q(old__held_since__isnull=False, new__held_since__isnull=False, old__stage=a, new__stage=b)
            for a, b in DECIDED_STEPS
        ),
    ),
)


@pghistory.track(model_name="CaseHistory", exclude=["return_place", "needs", "hold_reason"])
class Case(ChoiceWords):
    """Our work with one person or one family that came together, from the first talk to the last visit."""

    STEPS = STAGE_STEPS
    STATUS = "stage"

    reference = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, verbose_name=_("office"))
    owner = models.ForeignKey(User, models.PROTECT, related_name="owned_cases", verbose_name=_("owner"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cases", verbose_name=_("programme"))
    host_country = models.CharField(_("host country"), max_length=2)
    return_country = models.CharField(_("country of return"), max_length=2)
    return_place = models.CharField(_("place of return"), max_length=120, blank=True)
    scenario = models.CharField(_("kind of return"), max_length=12, choices=Scenario)
    reasons = ArrayField(models.CharField(max_length=16, choices=Reason), verbose_name=_("reasons for return"))
    legal_deadline = models.CharField(_("legal deadline"), max_length=8, choices=LegalDeadline, blank=True)
    legal_deadline_on = models.DateField(_("date of the deadline"), null=True, blank=True)
    needs = models.TextField(_("what the partner should prepare"), blank=True)

    stage = models.CharField(max_length=14, choices=Stage, default=Stage.ENQUIRY)
    stage_since = models.DateTimeField(default=timezone.now)
    stage_before_closing = models.CharField(max_length=14, choices=Stage, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    applied_on = models.DateField(_("applied on"), null=True)
    departed_on = models.DateField(_("departed on"), null=True)
    arrived_on = models.DateField(_("arrived on"), null=True)
    held_since = models.DateTimeField(null=True)
    hold_reason = models.CharField(max_length=300, blank=True)
    resume_on = models.DateField(_("look again on"), null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    closed_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        triggers = [enforce(STAGE_STEPS, field="stage"), of_its_agency, held_goes_no_further, stages_are_earned]
        constraints = [
            models.CheckConstraint(name="case_never_forced", condition=Q(scenario__in=OPEN_TO)),
            models.CheckConstraint(name="case_stage", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="case_closed_whole",
                condition=Q(stage=Stage.CLOSED, closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(stage=Stage.CLOSED) & Q(closed_on=None, outcome=""),
            ),
            models.CheckConstraint(
                name="case_arrival_after_departure",
                condition=Q(arrived_on=None) | Q(departed_on=None) | Q(arrived_on__gte=models.F("departed_on")),
            ),
            models.CheckConstraint(
                name="case_departure_after_application",
                condition=Q(applied_on=None) | Q(departed_on=None) | Q(departed_on__gte=models.F("applied_on")),
            ),
            models.CheckConstraint(
                name="case_deadline_whole",
                condition=Q(legal_deadline="", legal_deadline_on=None)
                | ~Q(legal_deadline="") & Q(legal_deadline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_hold_has_reason",
                condition=Q(held_since=None, hold_reason="", resume_on=None)
                | Q(held_since__isnull=False, resume_on__isnull=False) & ~Q(hold_reason=""),
            ),
            models.CheckConstraint(name="case_return_elsewhere", condition=~Q(host_country=models.F("return_country"))),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "next_due_on", "id"],
                name="case_open_due",
                condition=~Q(stage="closed"),
            ),
            models.Index(fields=["owner", "next_due_on", "id"], name="case_owner_due", condition=~Q(stage="closed")),
            models.Index(fields=["organisation", "stage", "return_country", "next_due_on", "id"], name="case_filtered"),
            models.Index(fields=["organisation", "-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["programme", "departed_on"], name="case_programme_departed"),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/cases/{self.reference}/"

    def with_people_and_shares(self):
        """The case with its people and shares read once, for all that a page asks of them. Gives itself."""
        return at_hand(self, people=self.people.all(), shares=self.shares.select_related("partner"))

    @property
    def display_name(self) -> str:
        """The first member who takes part gives the case its name on screens."""
        people = list(self.people.all())
        first = next((person for person in people if person.is_in), people[0] if people else None)
        return first.display_name if first else self.reference

    @property
    def case(self):
        """A case is its own case, so that one door serves every record."""
        return self

    @property
    def shared(self):
        """The live hand-over, if there is one (at most one: constraint)."""
        return next((share for share in self.shares.all() if share.is_live), None)

    @property
    def journey(self):
        """The journey that counts, of the live share; those of ended shares are history."""
        return self.shared.journey if self.shared else None

    @property
    def is_open(self) -> bool:
        return self.stage != Stage.CLOSED

    @property
    def is_held(self) -> bool:
        return self.held_since is not None

    @property
    def is_before_departure(self) -> bool:
        return self.stage in BEFORE_DEPARTURE

    @property
    def came_without_us(self) -> bool:
        """Opened after the return, by a yes to a partner before whom the person stood: nothing was decided here."""
        return self.stage == Stage.REINTEGRATION and not self.decisions.exists()

    @property
    def reasons_told(self) -> list[str]:
        return [str(Reason(one).label) for one in self.reasons]

    @property
    def legal_deadline_label(self) -> str:
        return self.get_legal_deadline_display()
