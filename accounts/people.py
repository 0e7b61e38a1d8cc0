"""Small facts about people: their language, what they have read, who is named on a page."""

from collections.abc import Iterable
from operator import attrgetter

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from .models import Notice, User


def speak(user: User, language: str) -> None:
    """The language of pages and mails for this person; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=language)


def by_pk(pks: Iterable[int]) -> dict[int, User]:
    """Those who are named on a page that may be seen, by their keys."""
    return User.objects.order_by().in_bulk(set(pks))


def fill_in(*wanted: tuple[Iterable[Model], str]) -> None:
    """Fill the users of many records of several kinds with one query: `fill_in((works, "for_user"), (events, "by"))`.

    A join costs each query of a page more than this one query costs the page (docs/decisions/0006-fast-pages.md).
    """
    pairs = [(record, name) for records, name in wanted for record in records]
    users = by_pk({getattr(record, f"{name}_id") for record, name in pairs} - {None})
    for record, name in pairs:
        setattr(record, name, users.get(getattr(record, f"{name}_id")))


def at_hand(record: Model, **rows: QuerySet) -> Model:
    """Read related rows once for all that a page asks of `record`, each by the name of its relation. Gives the record.

    Plain queries, put in order here: `prefetch_related` is made for many records and costs one record twice as much;
    for few rows an ORDER BY takes Django longer to write than Python to carry out (docs/decisions/0006-fast-pages.md).
    """
    for found in rows.values():
        found._result_cache = _in_order(found)
    record._prefetched_objects_cache = getattr(record, "_prefetched_objects_cache", {}) | rows
    return record


def _in_order(found: QuerySet) -> list[Model]:
    """The rows as Meta.ordering wants them."""
    rows, model = list(found.order_by()), found.model._meta
    for name in reversed(model.ordering):
        bare = name.removeprefix("-")
        column = bare if bare == "pk" else model.get_field(bare).attname
        rows.sort(key=attrgetter(column), reverse=name != bare)
    return rows


def read_notices(user: User, pk: int | None = None) -> int:
    """Mark one message, or all, as read; returns how many were not."""
    unread = Notice.objects.visible_to(user).unread()
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())
