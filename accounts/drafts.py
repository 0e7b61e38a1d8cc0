"""What somebody has typed and not yet sent: kept on the server, never in the browser, and only what may be kept."""

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from .models import Draft, User

LIMIT = 200_000  # bytes of one draft
NOT_KEPT = ("_", "csrf")
LONGEST_PATH = Draft._meta.get_field("path").max_length


def keep_draft(owner: User, path: str, fields: dict[str, list[str]]) -> Draft:
    """Keep the `fields` of the form at `path`, in place of what was kept before.

    Raises ValidationError when `path` is no page of this site.
    """
    if not _is_page(path):
        raise ValidationError(_("This is not a page of this site."))
    if any("\0" in text for name, values in fields.items() for text in (name, *values)):
        raise ValidationError(_("This is not text."))
    kept = {name: values for name, values in fields.items() if may_be_kept(name)}
    draft, _made = Draft.objects.update_or_create(owner=owner, path=path, defaults={"fields": kept})
    return draft


def drop_draft(owner: User, path: str) -> None:
    Draft.objects.filter(owner=owner, path=path).delete()


def may_be_kept(name: str) -> bool:
    """Whether a field may be written down or shown again: no password, no mark of our own."""
    return not name.startswith(NOT_KEPT) and "password" not in name.lower()


def _is_page(path: str) -> bool:
    if len(path) > LONGEST_PATH or "\0" in path or not path.startswith("/") or path.startswith("//"):
        return False
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
