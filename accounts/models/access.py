"""How people and systems get in, and who gave or ended whose access."""

import secrets

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..roles import AUDITORS, OrganisationKind, Role
from .organisation import Office, Organisation
from .user import User


class KeptByAdministrators(models.QuerySet):
    def visible_to(self, user):
        """Who has access, and by which links and keys, is the administrators' business."""
        return self if user.is_active and user.role == Role.ADMINISTRATOR else self.none()


class Invitation(models.Model):
    """A one-use link that makes one user. The link's secret is kept only as a hash (accounts.lifecycle.invitations)."""

    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"), null=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, verbose_name=_("office"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    site = models.CharField(max_length=200, blank=True)
    mailed_at = models.DateTimeField(null=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    objects = KeptByAdministrators.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(used_at=None),
                name="one_open_invitation",
                violation_error_message=_("There is an open invitation for this address."),
            )
        ]

    def __str__(self):
        return f"invitation {self.pk}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see that a key is there, as does the person in whose name it works."""
        if user.role == Role.ADMINISTRATOR:
            return self if user.is_active else self.none()
        return self.filter(user=user.pk)


class ApiToken(models.Model):
    """A key with which another system acts as one user. Only its hash is kept; none before it is collected."""

    name = models.CharField(_("system"), max_length=80)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    secret_hash = models.CharField(max_length=64, unique=True, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-created_at"]
        constraints = [
            models.CheckConstraint(
                name="token_collected_whole",
                condition=Q(secret_hash=None, expires_at=None) | Q(secret_hash__isnull=False, expires_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"token {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """The person has not collected it yet: it opens nothing."""
        return self.secret_hash is None and self.ended_at is None

    @staticmethod
    def new_secret() -> str:
        return secrets.token_urlsafe(32)


class AccountEventQuerySet(models.QuerySet):
    def auditable_by(self, user):
        """For the auditor: the own agency, and all organisations that have no auditor of their own."""
        if user.is_active and user.role in AUDITORS:
            own = Q(organisation=user.organisation_id) | Q(by__organisation=user.organisation_id)
            return self.filter(own | Q(organisation=None) | ~Q(organisation__kind=OrganisationKind.HOST))
        return self.none()


class AccountEvent(models.Model):
    """Who gave, changed or ended whose access, and who changed what all work by. Only ever added."""

    verb = models.CharField(max_length=40)
    about = models.CharField(max_length=160)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [models.Index(fields=["-at", "-id"], name="account_event_newest")]

    def __str__(self):
        return f"{self.verb} {self.pk}"
