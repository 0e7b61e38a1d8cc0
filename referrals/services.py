"""The directory of services, kept by administrators."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.ledger import note
from accounts.models import User

from .models import Service


def keep_service(service: Service | None, *, by: User, **facts) -> Service:
    """Add a service, or change one; what is not offered any more is set out of use. Raises ValidationError by field."""
    by.must("keep_service")
    with transaction.atomic():
        kept = service or Service()
        for name, value in facts.items():
            setattr(kept, name, value)
        if kept.verified_on and kept.verified_on > timezone.localdate():
            raise ValidationError({"verified_on": _("This date lies in the future.")})
        kept.full_clean()
        kept.save()
        note("keep_service", by=by, about=str(kept), organisation=kept.provider)
    return kept
