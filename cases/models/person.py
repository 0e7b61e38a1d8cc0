"""The people of a case. All that can differ between members of a family stands here, per person."""

import unicodedata
from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ChoiceWords, Organisation
from accounts.roles import CASEWORKERS

from ..calendars import age_on, earliest_birth
from ..statuses import NOT_LEFT, PERSON_STEPS, STILL_IN, PersonStatus, enforce
from .case import Case

ADULT_AGE = 18


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    NOT_STATED = "not_stated", _("Other or not stated")


class Relation(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    SPOUSE = "spouse", _("Spouse or partner")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    SIBLING = "sibling", _("Brother or sister")
    OTHER = "other", _("Other relation")


class Precision(models.TextChoices):
    DAY = "day", _("Day is known")
    MONTH = "month", _("Only the month is known")
    YEAR = "year", _("Only the year is known")


class SafeContact(models.TextChoices):
    """How a person can be reached without harm; asked before any message is sent."""

    ANY = "any", _("Any way")
    VOICE = "voice", _("Voice call only, no messages")
    NEUTRAL = "neutral", _("Neutral message only: please call us")
    THROUGH = "through", _("Only through a trusted person")
    NONE = "none", _("Do not contact, they come to us")


class Vulnerability(models.TextChoices):
    """Groups as published in AVRR statistics, and the wider list of practice (domain: workflow 7)."""

    UNACCOMPANIED = "unaccompanied", _("Unaccompanied or separated child")
    TRAFFICKING = "trafficking", _("Victim of trafficking")
    HEALTH = "health", _("Health-related needs")
    DISABILITY = "disability", _("Disability")
    PREGNANT = "pregnant", _("Pregnant")
    SINGLE_PARENT = "single_parent", _("Single parent")
    ELDERLY = "elderly", _("Elderly")
    VIOLENCE = "violence", _("Survivor of violence or torture")


HOST_ONLY_VULNERABILITIES = frozenset({Vulnerability.TRAFFICKING, Vulnerability.VIOLENCE})


def searchable(*names: str) -> str:
    """Names in one lower-case, accent-free line for search; any script stays itself."""
    text = unicodedata.normalize("NFKD", " ".join(name for name in names if name))
    bare = [ch for ch in text if not unicodedata.combining(ch) and unicodedata.category(ch) != "Cf"]
    return " ".join("".join(" " if unicodedata.category(ch) == "Cc" else ch for ch in bare).casefold().split())


class PersonFacts(ChoiceWords):
    """What host and partner both need to know of a person; the partner has its own copy (SharedPerson)."""

    name = models.CharField(_("name as in the document"), max_length=300)
    known_as = models.CharField(_("known as"), max_length=120, blank=True)
    name_original = models.CharField(_("name in its own script"), max_length=300, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex)
    born_on = models.DateField(_("date of birth"))
    born_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    nationality = models.CharField(_("nationality"), max_length=2)
    relation = models.CharField(_("relation to the applicant"), max_length=10, choices=Relation)
    languages = ArrayField(models.CharField(max_length=12), verbose_name=_("languages spoken"), default=list)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    safe_contact = models.CharField(
        _("safe way of contact"), max_length=8, choices=SafeContact, default=SafeContact.ANY
    )
    safe_note = models.CharField(_("when and through whom"), max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=PersonStatus, default=PersonStatus.TAKING_PART)
    departed_on = models.DateField(_("departed on"), null=True, blank=True)
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)

    class Meta:
        abstract = True

    STEPS = PERSON_STEPS

    @property
    def display_name(self) -> str:
        return self.known_as or self.name

    @property
    def is_in(self) -> bool:
        return self.status in STILL_IN

    @property
    def born_from(self) -> date:
        """The earliest date of birth that fits what is known; `born_on` is the latest."""
        return earliest_birth(self.born_on, self.born_precision)

    def age(self, day) -> int:
        return age_on(self.born_on, day)

    def is_minor(self, day) -> bool:
        return self.age(day) < ADULT_AGE


def person_constraints(prefix: str) -> list:
    return [
        models.CheckConstraint(name=f"{prefix}_status", condition=Q(status__in=PersonStatus.values)),
        models.CheckConstraint(
            name=f"{prefix}_departed_whole",
            condition=~Q(status__in=["departed", "arrived"]) | Q(departed_on__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{prefix}_arrived_whole",
            condition=Q(status="arrived", arrived_on__isnull=False) | ~Q(status="arrived") & Q(arrived_on=None),
        ),
        models.CheckConstraint(
            name=f"{prefix}_arrival_after_departure",
            condition=Q(arrived_on=None) | Q(arrived_on__gte=models.F("departed_on")),
        ),
        models.CheckConstraint(
            name=f"{prefix}_born_before_departure",
            condition=Q(departed_on=None) | Q(departed_on__gte=models.F("born_on")) | ~Q(born_precision="day"),
        ),
    ]


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The people of the cases that may be seen; that both are of one agency, the database knows (of_its_case)."""
        if user.is_active and user.role in CASEWORKERS:
            return self.filter(organisation=user.organisation_id)
        return self.none()

    def taking_part(self):
        return self.filter(status__in=STILL_IN)


class OfPersonQuerySet(models.QuerySet):
    """Rows that hang on a person of the host agency."""

    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))


of_its_case = pgtrigger.Trigger(
    name="of_its_case",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_id", "organisation_id"),
    func="""
        IF NOT EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND organisation_id = NEW.organisation_id) THEN
            RAISE EXCEPTION 'a person of another agency than that of the case' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

leaves_by_own_wish = pgtrigger.Trigger(
    name="leaves_by_own_wish",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("status"),
    condition=pgtrigger.Q(new__status="departed") & pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
    declare=[("grown_born_by", "DATE")],
    func="""
        SELECT COALESCE(applied_on, NEW.departed_on) - interval '18 years' INTO grown_born_by
          FROM cases_case WHERE id = NEW.case_id;
        IF NEW.born_on <= grown_born_by THEN
            IF NOT EXISTS (SELECT FROM cases_declaration WHERE person_id = NEW.id AND ended_at IS NULL) THEN
                RAISE EXCEPTION 'an adult leaves with a declaration in force' USING ERRCODE = 'check_violation';
            END IF;
        ELSIF NOT EXISTS (SELECT FROM cases_person WHERE case_id = NEW.case_id AND id <> NEW.id
                             AND status IN ('departed', 'arrived') AND born_on <= grown_born_by)
            AND 'return' IS DISTINCT FROM (SELECT result FROM cases_childdecision WHERE person_id = NEW.id
                                            ORDER BY recorded_at DESC, id DESC LIMIT 1) THEN
            RAISE EXCEPTION 'a child leaves with or after an adult, or by a determination that says so'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@pghistory.track(
    model_name="PersonHistory", fields=["case", "number", "relation", "status", "departed_on", "arrived_on", "version"]
)
class Person(PersonFacts):
    """One member of the family, as the host agency knows them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="people")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    birth_place = models.CharField(_("place of birth"), max_length=120, blank=True)
    interpreter_language = models.CharField(_("interpreter needed for"), max_length=12, blank=True)
    stays_at = models.CharField(_("stays at"), max_length=200, blank=True)
    vulnerabilities = ArrayField(models.CharField(max_length=16, choices=Vulnerability), default=list)
    withdrawn_at = models.DateTimeField(null=True)
    tries_again = models.BooleanField(default=False)  # did not depart, and another journey is to be booked
    departure_confirmed_on = models.DateField(null=True)  # asked after 30 days: yes, they did leave
    search_name = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["case", "number"]
        triggers = [enforce(PERSON_STEPS), of_its_case, leaves_by_own_wish]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="person_number_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(relation="applicant"), name="one_applicant"),
            models.CheckConstraint(
                name="person_tries_again", condition=Q(tries_again=False) | Q(status=PersonStatus.NOT_DEPARTED)
            ),
            *person_constraints("person"),
        ]
        indexes = [
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="person_search_name"),
            models.Index(fields=["organisation", "born_on"], name="person_born"),
        ]

    def __str__(self):
        return f"{self.case.reference} / {self.number}"

    def get_absolute_url(self):
        return f"/cases/{self.case.reference}/people/{self.number}/"

    @property
    def has_not_left(self) -> bool:
        return self.status in NOT_LEFT

    @property
    def means_to_travel(self) -> bool:
        return self.status == PersonStatus.TAKING_PART or self.tries_again

    def save(self, *args, **kwargs):
        self.search_name = searchable(self.name, self.known_as, self.name_original)
        super().save(*args, **kwargs)
