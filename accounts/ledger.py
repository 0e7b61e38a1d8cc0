"""The log of people and access: one line per change, never changed itself, read by the auditor."""

from .models import AccountEvent, Organisation, User


def note(
    verb: str, *, by: User, about: str, user: User | None = None, organisation: Organisation | None = None
) -> None:
    """Write down, in the transaction of the change, that `by` did `verb` to `about`."""
    AccountEvent.objects.create(verb=verb, by=by, about=about[:160], user=user, organisation=organisation)
