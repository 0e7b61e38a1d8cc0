"""Is this return safe and right for these people, and who decided so."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role

from ..statuses import DECISION_STEPS, DecisionStatus, enforce
from .case import Case
from .person import OfPersonQuerySet, Person, Vulnerability


class Level(models.TextChoices):
    """Levels of the determinants of vulnerability: risk and protective factors are asked on each."""

    NONE = "none", _("No need seen")
    SOME = "some", _("Some need")
    HIGH = "high", _("High need")


def refuse(name: str, operation, condition, unless: str, words: str) -> pgtrigger.Trigger:
    """The database's copy of a rule between rows: refuses with `words` what comes while `unless` is not so (SQL)."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"""
            IF NOT ({unless}) THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def raised(kind: str) -> str:
    return f"EXISTS (SELECT FROM cases_concern WHERE person_id = NEW.person_id AND kind = '{kind}')"


def holds_when_seen(sign: Vulnerability, kind: str) -> pgtrigger.Trigger:
    """What a screening finds was put before a reviewer (docs/decisions/0009)."""
    unless = f"NOT '{sign.value}' = ANY(NEW.vulnerabilities) OR {raised(kind)}"
    return refuse(f"{kind}_is_put_before_a_reviewer", pgtrigger.Insert, None, unless, "what was seen holds the case")


class Screening(models.Model):
    """Vulnerability and protection screening of one person, held alone with them where they are adult."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="screenings")
    held_on = models.DateField(_("date"))
    alone = models.BooleanField(_("held alone"))
    individual = models.CharField(_("individual"), max_length=4, choices=Level)
    family = models.CharField(_("family and household"), max_length=4, choices=Level)
    community = models.CharField(_("community of return"), max_length=4, choices=Level)
    structural = models.CharField(_("services and rights there"), max_length=4, choices=Level)
    vulnerabilities = ArrayField(models.CharField(max_length=16, choices=Vulnerability), default=list)
    health_followed = models.CharField(_("health care needed there, and is it available"), max_length=300, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        triggers = [
            holds_when_seen(Vulnerability.TRAFFICKING, "trafficking"),
            holds_when_seen(Vulnerability.UNACCOMPANIED, "child"),
        ]

    def __str__(self):
        return f"screening {self.pk}"

    def get_absolute_url(self):
        return self.person.get_absolute_url()

    @property
    def case(self) -> Case:
        return self.person.case

    @property
    def private_to(self) -> Person:
        """What was found stands on this person's page alone, and so does what is corrected in it."""
        return self.person

    @property
    def seen_told(self) -> list[str]:
        return [str(Vulnerability(one).label) for one in self.vulnerabilities]


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only the named reviewer and the one who raised it: others must not learn that it exists."""
        if user.is_active and user.works_on_cases:
            return self.filter(case__organisation=user.organisation_id).filter(Q(reviewer=user) | Q(raised_by=user))
        return self.none()

    def open(self):
        return self.filter(released_at=None)


class Concern(models.Model):
    """A fear or danger that holds the case until a named reviewer releases it with reason and date."""

    class Kind(models.TextChoices):
        FEAR = "fear", _("Fear of return")
        TRAFFICKING = "trafficking", _("Signs of trafficking")
        CHILD = "child", _("Unaccompanied or separated child")
        PRESSURE = "pressure", _("The wish to return may not be free")
        HEALTH = "health", _("Not safe to travel or without care there")

    case = models.ForeignKey(Case, models.PROTECT, related_name="concerns")
    person = models.ForeignKey(Person, models.PROTECT, related_name="concerns")
    kind = models.CharField(_("kind of concern"), max_length=12, choices=Kind)
    detail = models.TextField(_("what was said or seen"))
    reviewer = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"role": Role.SUPERVISOR},
        verbose_name=_("reviewer"),
    )
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    release_reason = models.TextField(blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at"]
        constraints = [
            models.CheckConstraint(
                name="concern_released_whole",
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by=F("reviewer")) & ~Q(release_reason=""),
            ),
            models.CheckConstraint(name="concern_four_eyes", condition=~Q(reviewer=F("raised_by"))),
        ]

    def __str__(self):
        return f"concern {self.pk}"

    def get_absolute_url(self):
        return self.case.get_absolute_url()


class ChildDecision(models.Model):
    """Best-interests determination for an unaccompanied or separated child (CRC art. 3, Directive 2008/115 art. 10)."""

    class Result(models.TextChoices):
        RETURN = "return", _("Return is in the child's best interests")
        STAY = "stay", _("Return is not in the child's best interests")

    person = models.ForeignKey(Person, models.PROTECT, related_name="child_decisions")
    result = models.CharField(_("result"), max_length=6, choices=Result)
    authority = models.CharField(_("who determined it"), max_length=200)
    decided_on = models.DateField(_("date"))
    receiving_adult = models.CharField(_("adult who receives the child"), max_length=200, blank=True)
    receiving_relation = models.CharField(_("relation to the child"), max_length=100, blank=True)
    receiving_contact = models.CharField(_("contact"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        triggers = [
            refuse(
                "return_is_put_before_a_reviewer",
                pgtrigger.Insert,
                pgtrigger.Q(new__result="return"),
                raised("child"),
                "a determination for a return is read by a reviewer",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="child_received_by_named_adult",
                condition=~Q(result="return") | ~Q(receiving_adult="") & ~Q(receiving_contact=""),
            )
        ]

    def __str__(self):
        return f"child decision {self.pk}"

    def get_absolute_url(self):
        return self.person.get_absolute_url()

    @property
    def case(self) -> Case:
        return self.person.case


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


@pghistory.track(
    model_name="DecisionHistory", fields=["case", "status", "asked_by", "decided_by", "decided_at", "authority_date"]
)
class Decision(models.Model):
    """Eligibility: asked by one person and decided by another, or taken by an outside authority."""

    STEPS = DECISION_STEPS

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=8, choices=DecisionStatus, default=DecisionStatus.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ask_note = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    complaint_information = models.TextField(_("how to complain"), blank=True)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    authority_reference = models.CharField(_("its reference"), max_length=80, blank=True)
    authority_date = models.DateField(_("its date"), null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        triggers = [
            enforce(DECISION_STEPS),
            refuse(
                "nothing_is_held",
                pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                pgtrigger.Q(new__status="eligible"),
                "NOT EXISTS (SELECT FROM cases_concern WHERE case_id = NEW.case_id AND released_at IS NULL)",
                "nothing is decided over an open concern",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(status="asked"), name="one_open_decision"),
            models.CheckConstraint(
                name="decision_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")) | ~Q(authority=""),
            ),
            models.CheckConstraint(
                name="decision_whole",
                condition=Q(status__in=["asked", "dropped"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="refusal_explained",
                condition=~Q(status="refused") | ~Q(reason="") & ~Q(complaint_information=""),
            ),
            models.CheckConstraint(
                name="outside_decision_whole",
                condition=Q(authority="") | ~Q(authority_reference="") & Q(authority_date__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case.reference} decision"

    def get_absolute_url(self):
        return self.case.get_absolute_url()
