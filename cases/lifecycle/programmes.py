"""The frame the work is funded and ruled by, kept by administrators: programmes, donor lines, suspended countries."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.ledger import note
from accounts.models import Organisation, User
from accounts.principal import acting_as, the_system
from accounts.roles import OrganisationKind

from ..models import Case, DonorLine, Programme, Suspension

FIXED = ("organisation", "host_country", "currency")  # amounts and references of its cases hang on these


def keep_programme(programme: Programme | None, *, by: User, **facts) -> Programme:
    """Add a programme, or change one. Agency, host country and currency stay once it has cases.

    Amounts and terms count from now on; what was agreed before keeps its own. Raises ValidationError by field.
    """
    by.must("keep_programme")
    with transaction.atomic():
        kept = programme or Programme()
        with acting_as(the_system):  # an administrator sees no case
            has_cases = kept.pk and Case.objects.filter(programme=kept).exists()
        if has_cases and (changed := [name for name in FIXED if name in facts and getattr(kept, name) != facts[name]]):
            raise ValidationError({name: _("This programme has cases, so this stays as it is.") for name in changed})
        return _save(kept, facts, by=by, about=facts["code"], organisation=facts["organisation"])


def keep_donor_line(programme: Programme, line: DonorLine | None, *, by: User, **facts) -> DonorLine:
    """Add a budget line of a donor to a programme, or change one; its donor stays."""
    by.must("keep_programme")
    if facts["donor"].kind != OrganisationKind.DONOR or line and line.donor_id != facts["donor"].pk:
        raise ValidationError({"donor": _("Choose a donor; the donor of a line stays the same.")})
    about = f"{programme.code} {facts['code']}"
    return _save(line or DonorLine(programme=programme), facts, by=by, about=about, organisation=programme.organisation)


def suspend_country(
    suspension: Suspension | None, *, by: User, country: str, from_on: date, reason: str, until_on: date | None = None
) -> Suspension:
    """No return to a country is organised from a day on, for a reason; setting the last day ends it."""
    by.must("keep_programme")
    if until_on and until_on < from_on:
        raise ValidationError({"until_on": _("The last day lies before the first.")})
    facts = {"country": country, "from_on": from_on, "until_on": until_on, "reason": reason}
    return _save(suspension or Suspension(), facts, by=by, about=f"{country} {from_on} {until_on or ''}".strip())


def _save(record, facts: dict, *, by: User, about: str, organisation: Organisation | None = None):
    with transaction.atomic():
        for name, value in facts.items():
            setattr(record, name, value)
        record.full_clean()
        record.save()
        verb = "suspend_country" if isinstance(record, Suspension) else "keep_programme"
        note(verb, by=by, about=about, organisation=organisation)
    return record
