"""Someone who still asks, months later."""

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Mode, Person, SharedCase
from cases.statuses import enforce

from ..statuses import FOLLOW_UP_STEPS, FollowUpStatus
from .plan import SideQuerySet, SideRecord

EARLY = timedelta(days=31)  # so long before its day a visit already counts as this one

tried_before_missed = pgtrigger.Trigger(
    name="tried_before_missed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__status="missed"),
    func="""
        IF NOT EXISTS (SELECT FROM reintegration_contactattempt WHERE follow_up_id = NEW.id) THEN
            RAISE EXCEPTION 'missed, and nobody tried' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class Situation(models.TextChoices):
    WELL = "well", _("Going well")
    MIXED = "mixed", _("Mixed")
    HARD = "hard", _("Hard")
    NOT_SAID = "not_said", _("Did not wish to answer")


class FollowUpQuerySet(SideQuerySet):
    def due(self):
        return self.filter(status=FollowUpStatus.DUE)

    def stopped(self):
        return self.filter(status=FollowUpStatus.STOPPED)


@pghistory.track(model_name="FollowUpHistory", fields=["case", "months", "due_on", "status", "held_on"])
class FollowUp(SideRecord):
    """A planned look at how it goes, a number of months after arrival (programme setting)."""

    STEPS = FOLLOW_UP_STEPS

    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    status = models.CharField(max_length=8, choices=FollowUpStatus, default=FollowUpStatus.DUE)
    held_on = models.DateField(_("date"), null=True)
    mode = models.CharField(_("how"), max_length=10, choices=Mode, blank=True)
    economic = models.CharField(_("economic situation"), max_length=8, choices=Situation, blank=True)
    social = models.CharField(_("social situation"), max_length=8, choices=Situation, blank=True)
    psychosocial = models.CharField(_("psychosocial situation"), max_length=8, choices=Situation, blank=True)
    findings = models.TextField(_("what they told and what was seen"), blank=True)
    needs_attention = models.BooleanField(_("the host agency should look at this"), default=False)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        triggers = [enforce(FOLLOW_UP_STEPS), tried_before_missed]
        constraints = [
            models.UniqueConstraint(fields=["case", "months"], name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_done",
                condition=~Q(status="done") | Q(held_on__isnull=False, recorded_by__isnull=False) & ~Q(mode=""),
            ),
            models.CheckConstraint(
                name="follow_up_in_its_time", condition=Q(held_on=None) | Q(held_on__gte=F("due_on") - EARLY)
            ),
            models.CheckConstraint(name="follow_up_missed_why", condition=~Q(status="missed") | ~Q(reason="")),
            models.CheckConstraint(
                name="follow_up_stopped_when", condition=~Q(status="stopped") | Q(recorded_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["partner", "due_on"], name="follow_up_due", condition=Q(status="due"))]

    def __str__(self):
        return f"{self.case.reference} follow-up {self.months}"

    @property
    def counts_from(self):
        """The first day on which a visit or call is this one and not a talk in between."""
        return self.due_on - EARLY

    def get_absolute_url(self):
        return f"/cases/{self.reference_of_case}/follow-ups/"


class ContactAttempt(models.Model):
    """We tried to reach somebody: how, and why it did not work if it did not."""

    class Result(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        WRONG_NUMBER = "wrong_number", _("Number does not work")
        MOVED = "moved", _("Has moved")
        NOT_NOW = "not_now", _("Asked to be called later")
        NOT_WISHED = "not_wished", _("Does not wish contact")

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("when"), default=timezone.now)
    mode = models.CharField(_("how"), max_length=10, choices=Mode)
    result = models.CharField(_("result"), max_length=12, choices=Result)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"attempt {self.pk}"


class RemigrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The host reads those of its cases; a partner those of people whom it may know today."""
        if user.is_partner:
            mine = SharedCase.objects.visible_to(user).accepted()
            return self.filter(person__copies__shared__in=mine)
        return self.filter(person__in=Person.objects.visible_to(user))


class Remigration(models.Model):
    """Somebody migrated again. Free, informed, regular migration is a sustainable outcome too; never a sanction."""

    class Way(models.TextChoices):
        REGULAR = "regular", _("By a regular way")
        IRREGULAR = "irregular", _("By another way")
        UNKNOWN = "unknown", _("Not known")

    person = models.OneToOneField("cases.Person", models.PROTECT, related_name="remigration")
    way = models.CharField(_("how"), max_length=10, choices=Way)
    known_on = models.DateField(_("since when"))
    country = models.CharField(_("to which country"), max_length=2, blank=True)
    source = models.CharField(_("who said so"), max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = RemigrationQuerySet.as_manager()

    def __str__(self):
        return f"remigration {self.pk}"
