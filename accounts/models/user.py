"""Who acts: one person with one role in one organisation."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..roles import CASEWORKERS, PARTNERS, ROLES_OF, Role, may
from .kinds import role_fits_the_kind
from .organisation import Office, Organisation
from .words import ChoiceWords


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


class User(ChoiceWords, AbstractBaseUser):
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
        triggers = [role_fits_the_kind]
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
