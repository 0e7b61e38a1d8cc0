"""What the product has to tell its users, and when its clock last ran."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .user import User


class NoticeState(models.TextChoices):
    PENDING = "pending", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Could not be sent")


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)

    def overdue(self):
        """Those whose mail should have left by now: due, or tried already and put off."""
        return self.filter(Q(not_before__lte=timezone.now()) | Q(attempts__gt=0), state=NoticeState.PENDING)

    def given_up(self):
        """Those whose mail never left and that nobody has read, although their recipient still works here."""
        return self.unread().filter(state=NoticeState.DEAD, recipient__is_active=True)


class Notice(models.Model):
    """One thing that one user is told once: a row in the list of the application and one mail without personal data.

    The row is written in the transaction of what it tells; `key` makes telling twice impossible (accounts.notices).
    """

    key = models.CharField(max_length=160, unique=True)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=NoticeState, default=NoticeState.PENDING)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    lease_owner = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["not_before", "id"], name="notice_pending", condition=Q(state="pending")),
            models.Index(fields=["recipient"], name="notice_given_up", condition=Q(state="dead", read_at=None)),
            models.Index(fields=["recipient", "-told_at"], name="notice_of"),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            )
        ]

    def __str__(self):
        return f"notice {self.pk} {self.kind}"


class Heartbeat(models.Model):
    """When each job of the clock last ended well; /readyz looks here."""

    job = models.CharField(max_length=60, primary_key=True)
    last_ok = models.DateTimeField()

    def __str__(self):
        return self.job
