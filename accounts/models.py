"""Who acts, for which organisation, and what the product has to tell them."""

import secrets
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .roles import AUDITORS, CASEWORKERS, PARTNERS, ROLES_OF, OrganisationKind, Role, may


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
        constraints = [
            models.CheckConstraint(name="organisation_kind", condition=Q(kind__in=OrganisationKind.values)),
            models.CheckConstraint(name="organisation_country", condition=Q(country__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(name="organisation_weekend", condition=Q(weekend__regex=r"^[0-6]{0,6}$")),
        ]

    def __str__(self):
        return self.name


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


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def visible_to(self, user):
        """Colleagues of the own organisation; an administrator keeps everybody's access."""
        if user.role == Role.ADMINISTRATOR:
            return self.exclude(role=Role.SYSTEM)
        return self.filter(organisation=user.organisation_id)

    def the_system(self):
        """The user in whose name the clock acts; made by a migration, cannot sign in."""
        return self.get(role=Role.SYSTEM)


class User(AbstractBaseUser):
    """A person who works with cases. Who may do what: accounts.roles."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="users", null=True, verbose_name=_("organisation")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="users", null=True, blank=True, verbose_name=_("office")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    deputy = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="user_role", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="user_has_organisation", condition=Q(role=Role.SYSTEM) | Q(organisation__isnull=False)
            ),
            models.UniqueConstraint(fields=["role"], condition=Q(role=Role.SYSTEM), name="one_system"),
            models.CheckConstraint(
                name="user_absence_whole",
                condition=Q(deputy=None, away_from=None, away_until=None)
                | Q(deputy__isnull=False, away_from__isnull=False, away_until__gte=models.F("away_from")),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.organisation_id and self.role not in ROLES_OF[self.organisation.kind]:
            raise ValidationError({"role": _("People of this kind of organisation cannot have this role.")})
        if self.office_id and self.office.organisation_id != self.organisation_id:
            raise ValidationError({"office": _("This office belongs to another organisation.")})

    def may(self, verb: str) -> bool:
        return self.is_active and may(self.role, verb)

    def must(self, verb: str) -> None:
        """Raises PermissionDenied, which pages and API show as «not there»."""
        if not self.may(verb):
            raise PermissionDenied(verb)

    @property
    def is_partner(self) -> bool:
        return self.role in PARTNERS

    @property
    def works_on_cases(self) -> bool:
        return self.role in CASEWORKERS

    @property
    def short_name(self) -> str:
        """«Amina R.»: enough among colleagues."""
        first, *rest = self.name.split()
        return f"{first} {rest[-1][0]}." if rest else first

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    def is_away(self, today) -> bool:
        return bool(self.deputy_id and self.away_from <= today <= self.away_until)


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


class NoticeState(models.TextChoices):
    PENDING = "pending", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Could not be sent")


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)


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


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(owner=user)


class Draft(models.Model):
    """What a user has typed into a form and not yet sent. Kept on the server, never in the browser."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=200)
    fields = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "path"], name="one_draft_per_form")]

    def __str__(self):
        return f"draft {self.pk}"


class Posting(models.Model):
    """A form that has been sent once: its one-time mark, and where it led. The second sending leads there too."""

    mark = models.UUIDField(primary_key=True)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    led_to = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"posting {self.mark}"


class ApiToken(models.Model):
    """A key with which another system acts as one user. Only its hash is kept."""

    name = models.CharField(_("system"), max_length=80)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = KeptByAdministrators.as_manager()

    class Meta:
        ordering = ["name", "-created_at"]

    def __str__(self):
        return f"token {self.pk}"

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


class Heartbeat(models.Model):
    """When each job of the clock last ended well; /readyz looks here."""

    job = models.CharField(max_length=60, primary_key=True)
    last_ok = models.DateTimeField()

    def __str__(self):
        return self.job


INVITATION_TERM = timedelta(days=7)
