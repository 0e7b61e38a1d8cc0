"""What was talked about, agreed to and signed before a return: counselling, consent, declaration."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User

from .case import Case
from .document import Document
from .person import Person
from .programme import LegalText, Scope


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("Face to face")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")


class Topic(models.TextChoices):
    """What counselling before a return covers, so that the decision is informed."""

    SITUATION = "situation", _("Situation and wishes")
    STAYING = "staying", _("Ways to stay, asylum, regular migration")
    PROGRAMME = "programme", _("Programme, amounts, conditions, entry bans")
    COUNTRY = "country", _("Situation in the country of return")
    SAFETY = "safety", _("Safety and fears")
    JOURNEY = "journey", _("Documents and journey")
    REINTEGRATION = "reintegration", _("Ideas for reintegration")
    HEALTH = "health", _("Health and medicines")
    RIGHTS = "rights", _("Right to withdraw, complaints, data protection")


class CounsellingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))

    def held_together(self):
        """Without the talks alone: those stay on the page of the person who spoke."""
        return self.filter(alone_with=None)

    def for_page(self):
        """With all that one talk shows (templates/cases/_talk.html)."""
        return self.select_related("by").prefetch_related("present", "outcomes__person")


class Counselling(models.Model):
    """One counselling session. What was said alone stays on the page of the person who said it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="counsellings")
    alone_with = models.ForeignKey(Person, models.PROTECT, null=True, related_name="talks_alone")
    held_at = models.DateTimeField(_("date and time"))
    mode = models.CharField(_("how"), max_length=10, choices=Mode)
    language = models.CharField(_("language"), max_length=12)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    present = models.ManyToManyField(Person, related_name="talks", verbose_name=_("who was present"))
    others_present = models.CharField(_("other people present"), max_length=200, blank=True)
    topics = ArrayField(models.CharField(max_length=16, choices=Topic), verbose_name=_("topics"))
    handed_out = models.CharField(_("information handed out"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = CounsellingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at", "-pk"]

    def __str__(self):
        return f"{self.case.reference} counselling {self.pk}"

    def get_absolute_url(self):
        here = f"/cases/{self.case.reference}/counselling/"
        return self.alone_with.get_absolute_url() if self.alone_with_id else here

    @property
    def private_to(self) -> Person | None:
        return self.alone_with

    @property
    def topics_told(self) -> list[str]:
        return [str(Topic(topic).label) for topic in self.topics]


class CounsellingOutcome(models.Model):
    """What one adult wished after one session."""

    class Wish(models.TextChoices):
        GO_ON = "go_on", _("Wishes to go on")
        THINK = "think", _("Wishes to think")
        STOP = "stop", _("Wishes to stop")

    session = models.ForeignKey(Counselling, models.PROTECT, related_name="outcomes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="counselling_outcomes")
    wish = models.CharField(max_length=6, choices=Wish)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_outcome_per_session"),
            models.CheckConstraint(name="outcome_wish", condition=Q(wish__in=["go_on", "think", "stop"])),
        ]

    def __str__(self):
        return f"outcome {self.pk}"


def text_of(table: str, scope: str) -> pgtrigger.Trigger:
    """What was agreed to or signed stands in the very text that was read: a text of the same scope."""
    return pgtrigger.Trigger(
        name="text_of_its_scope",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
        IF NOT EXISTS (SELECT FROM cases_legaltext WHERE id = NEW.text_id AND scope = {scope}) THEN
            RAISE EXCEPTION 'the text of another {table}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )


class Given(models.TextChoices):
    ORAL = "oral", _("Said, before a witness")
    SIGNED = "signed", _("Signed")
    MARK = "mark", _("Mark, before a witness")
    PAPER = "paper", _("On paper, scan attached")


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))

    def in_force(self):
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """One person's yes or no to one scope: the text that was shown to them, and the language it was read out in."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    scope = models.CharField(_("what it is about"), max_length=12, choices=Scope)
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("named partner")
    )
    agreed = models.BooleanField(_("answer"))
    text = models.ForeignKey(LegalText, models.PROTECT, related_name="+")
    read_in = models.CharField(_("language in which it was read out"), max_length=12, blank=True)
    how = models.CharField(_("given how"), max_length=8, choices=Given)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["scope", "-given_at"]
        triggers = [text_of("consent", "NEW.scope")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scope", "partner"],
                condition=Q(withdrawn_at=None),
                name="one_consent_in_force",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="consent_partner_named", condition=~Q(scope="partner") | Q(partner__isnull=False)
            ),
            models.CheckConstraint(name="consent_not_declaration", condition=~Q(scope="declaration")),
            models.CheckConstraint(name="consent_witnessed", condition=~Q(how__in=["oral", "mark"]) | ~Q(witness="")),
        ]

    def __str__(self):
        return f"consent {self.pk}"

    @property
    def case(self):
        return self.person.case

    def get_absolute_url(self):
        return self.person.get_absolute_url()


class Declaration(models.Model):
    """The voluntary declaration of one adult: signed for oneself, never by a spouse."""

    class How(models.TextChoices):
        DRAWN = "drawn", _("Signed on the screen")
        MARK = "mark", _("Mark, before a witness")
        PAPER = "paper", _("Signed on paper, scan attached")

    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    text = models.ForeignKey(LegalText, models.PROTECT, related_name="+")
    read_in = models.CharField(_("language in which it was read out"), max_length=12, blank=True)
    how = models.CharField(max_length=5, choices=How)
    strokes = models.JSONField(null=True)
    witness = models.CharField(max_length=120, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [text_of("declaration", "'declaration'")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_declaration_in_force"),
            models.CheckConstraint(
                name="declaration_proof",
                condition=Q(how="drawn", strokes__isnull=False)
                | Q(how="mark") & ~Q(witness="")
                | Q(how="paper", document__isnull=False),
            ),
        ]

    def __str__(self):
        return f"declaration {self.pk}"
