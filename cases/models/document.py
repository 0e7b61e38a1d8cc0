"""Files of a case: kept closed, named by us, served only through the permission check."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.roles import Role

from .case import Case
from .person import Person
from .shared import SharedCase


class DocumentKind(models.TextChoices):
    IDENTITY = "identity", _("Identity or travel document")
    DECLARATION = "declaration", _("Declaration or consent on paper")
    MEDICAL = "medical", _("Medical certificate")
    DECISION = "decision", _("Decision")
    TICKET = "ticket", _("Ticket or itinerary")
    QUOTE = "quote", _("Quote")
    RECEIPT = "receipt", _("Receipt")
    PHOTO = "photo", _("Photo")
    INVOICE = "invoice", _("Invoice")
    PLAN = "plan", _("Reintegration plan")
    OTHER = "other", _("Other")


PROOFS = (DocumentKind.QUOTE, DocumentKind.RECEIPT, DocumentKind.INVOICE)


def stored_name(document, filename: str) -> str:
    """A name that says nothing about the person."""
    return f"documents/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see their agency's files, finance the proofs of money, a partner those of its own live shares."""
        if user.is_partner:
            return self.filter(partner=user.organisation_id, shared__in=SharedCase.objects.visible_to(user))
        if user.role == Role.FINANCE:
            return self.filter(organisation=user.organisation_id, kind__in=PROOFS)
        return self.filter(case__in=Case.objects.visible_to(user))

    def for_everybody(self):
        """Without the papers of one person's own answers: those are on this person's own page."""
        return self.filter(private_to=None)


class Document(models.Model):
    """A file with what it is, whose it is and when and where it was made (removed from the file itself)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    shared = models.ForeignKey(SharedCase, models.PROTECT, null=True, related_name="documents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    private_to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="own_papers")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(upload_to=stored_name, max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_on = models.DateField(_("date of the document or photo"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="private_paper_not_shared", condition=Q(private_to=None) | Q(shared=None, partner=None)
            ),
        ]

    def __str__(self):
        return f"document {self.pk}"

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
