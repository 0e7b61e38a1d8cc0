"""Agencies, partners, providers, donors and authorities: kept by administrators."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..ledger import note
from ..models import Office, Organisation, User


def keep_organisation(
    organisation: Organisation | None, *, by: User, offices: list[str] | None = None, **facts
) -> Organisation:
    """Add an organisation, or change one; `offices` names all its offices, to which new ones are added.

    The kind is fixed from the first: people, cases and money hang on it. Raises ValidationError by field.
    """
    by.must("keep_organisation")
    with transaction.atomic():
        kept = organisation or Organisation()
        if kept.pk and facts.get("kind", kept.kind) != kept.kind:
            raise ValidationError({"kind": _("The kind of an organisation stays as it was first said.")})
        for name, value in facts.items():
            setattr(kept, name, value)
        kept.full_clean()
        kept.save()
        _keep_offices(kept, offices)
        note("keep_organisation", by=by, about=kept.name, organisation=kept)
    return kept


def _keep_offices(organisation: Organisation, names: list[str] | None) -> None:
    """Offices are only added: cases and people name them."""
    if names is None:
        return
    known = {office.name: office for office in Office.objects.filter(organisation=organisation)}
    Office.objects.bulk_create(Office(organisation=organisation, name=name) for name in names if name not in known)
    if gone := [name for name in known if name not in names]:
        raise ValidationError({"offices": _("An office with a history stays: %s") % ", ".join(gone)})
