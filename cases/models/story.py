"""What happened to a case, in the office's words, and what waits to happen."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.roles import ALSO_FOR, AUDITORS, CASEWORKERS, Role

from .case import Case
from .person import Person
from .screening import Concern
from .shared import SharedCase


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Host staff read the whole story of their cases; a partner the lines of its own live shares."""
        if user.is_active and user.is_partner:
            still_known = Q(person=None) | Q(person__copies__shared=F("shared"))
            live = SharedCase.objects.visible_to(user)
            return self.filter(still_known, partner=user.organisation_id, shared__in=live)
        if user.is_active and user.role in CASEWORKERS:
            may_know = Q(concern=None) | Q(concern__raised_by=user) | Q(concern__reviewer=user)
            return self.filter(may_know, organisation=user.organisation_id)
        return self.none()

    def auditable_by(self, user):
        """For the auditor: who did what when to which reference, without any word of content."""
        if user.is_active and user.role in AUDITORS:
            return self.filter(organisation=user.organisation_id).defer("note", "changes", "subject")
        return self.none()

    def for_everybody(self):
        """Without what one adult said alone: that stays on this person's own page."""
        return self.filter(private_to=None)


class Event(models.Model):
    """One line of the story. Only ever added: the database refuses to change or remove it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    shared = models.ForeignKey(SharedCase, models.PROTECT, null=True, related_name="events")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="events")
    private_to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="event_of_case"),
            models.Index(fields=["shared", "-at", "-id"], name="event_of_share", condition=Q(shared__isnull=False)),
            models.Index(fields=["organisation", "-at", "-id"], name="event_of_organisation"),
        ]

    def __str__(self):
        return f"{self.verb} {self.pk}"


class WorkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Work of the own agency's cases, or of the own partner organisation's live shares."""
        if not user.is_active:
            return self.none()
        if user.is_partner:
            return self.filter(partner=user.organisation_id)
        if user.role in CASEWORKERS:
            return self.filter(Q(restricted=False) | Q(for_user=user), organisation=user.organisation_id)
        if user.role == Role.FINANCE:
            return self.filter(organisation=user.organisation_id, for_role=Role.FINANCE)
        return self.none()

    def countable_by(self, user):
        """For those who count cases: what waits, for which role and since when, never whose case it is."""
        return self.filter(case__in=Case.objects.countable_by(user), restricted=False).exclude(kind="task")

    def open(self):
        return self.filter(done_at=None)

    def waiting_for(self, user, today):
        """What this user should do: named to them, to their role, or to someone they stand in for today.

        What waits for anybody of a role waits for those who lead it too.
        """
        mine = Q(for_user=user) | Q(
            for_user__deputy=user, for_user__away_from__lte=today, for_user__away_until__gte=today
        )
        anybodys = Q(for_user=None, for_role__in=[user.role, *ALSO_FOR.get(user.role, ())])
        return self.visible_to(user).open().filter(mine | anybodys)

    def late(self, today):
        return self.open().filter(due_on__lt=today)


class Work(models.Model):
    """Something that waits for someone: what, for whom, since when, until when.

    Rows of the rules are derived (cases.work.settle makes and ends them from the facts of the case); rows of kind
    "task" are written by people. This table is what «My work», lists and reminders read.
    """

    TASK = "task"

    case = models.ForeignKey(Case, models.PROTECT, related_name="work", null=True)
    shared = models.ForeignKey(SharedCase, models.PROTECT, null=True, related_name="work")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("what is to be done"), max_length=200, blank=True)
    for_role = models.CharField(max_length=20, choices=Role)
    for_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="work", verbose_name=_("for"))
    restricted = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("due on"))
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject"],
                condition=Q(done_at=None) & ~Q(kind="task"),
                name="work_once",
            ),
        ]
        indexes = [
            models.Index(fields=["for_user", "due_on"], name="work_of_user", condition=Q(done_at=None)),
            models.Index(fields=["organisation", "for_role", "due_on"], name="work_of_role", condition=Q(done_at=None)),
            models.Index(fields=["partner", "due_on"], name="work_of_partner", condition=Q(done_at=None)),
            models.Index(fields=["case"], name="work_of_case", condition=Q(done_at=None)),
            models.Index(fields=["due_on", "id"], name="work_due", condition=Q(done_at=None)),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self):
        return (self.shared or self.case).get_absolute_url()


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting to start")
    RUNNING = "running", _("Being prepared")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Could not be prepared")


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever asked; a partner only while it sees the share that the work is about."""
        return self.filter(Q(shared=None) | Q(shared__in=SharedCase.objects.visible_to(user)), owner=user)


class Job(models.Model):
    """Long work that someone asked for: a PDF, an export. The row is the truth, the queue only a bell."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=30)
    shared = models.ForeignKey(SharedCase, models.PROTECT, null=True, related_name="+")
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to="jobs", max_length=120, blank=True)
    filename = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["asked_at"], name="job_open", condition=Q(state__in=["waiting", "running"])),
            models.Index(fields=["owner", "-asked_at"], name="job_of"),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_done_whole", condition=~Q(state="done") | Q(finished_at__isnull=False) & ~Q(file="")
            )
        ]

    def __str__(self):
        return f"job {self.pk} {self.kind}"

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
