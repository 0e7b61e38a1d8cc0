"""Let days pass in one story: everything that has happened in it moves into the past.

Verbs stamp the present, and rightly so. A story told to the end in one second therefore ages afterwards: all dates of
its rows go back by the days that passed, and what was just done is put into the hours of an office. Then the rules look
again at what waits for whom. The triggers that guard statuses and the story sleep meanwhile: nothing else changes.
"""

from datetime import datetime, timedelta
from itertools import cycle

import pgtrigger
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models import F, Q, Value, When
from django.utils import timezone

from accounts.models import Notice
from cases.models import Case
from cases.work import settle

PATHS = ("case", "person__case", "shared__case", "plan__case", "grant__case", "session__case", "follow_up__case")
FIXED = {"born_on"}
HOURS = cycle([(9, 40), (14, 10), (10, 55), (16, 20), (11, 30), (15, 5)])


def let_pass(case: Case, days: int, since: datetime) -> None:
    """`days` days go by in `case`; what was written after `since` gets a time of day in office hours."""
    now = timezone.now()
    hour, minute = next(HOURS)
    office = timezone.localtime(now).replace(hour=hour, minute=minute) - now
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        with pgtrigger.ignore():
            for model, rows in rows_of(case):
                names = [field.name for field in dated(model)]
                rows.update(**{name: _earlier(model, name, days, since, now, office) for name in names})
        case.refresh_from_db()
        settle(case)


def dated(model) -> list[models.DateField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, models.DateField) and f.name not in FIXED]


def rows_of(case: Case):
    """(model, rows) of everything that belongs to `case`, its history and the notices about it included."""
    yield Case, Case.objects.filter(pk=case.pk)
    for model, path in _models():
        yield model, model.objects.filter(**{path: case.pk})
    grants = list(case.grants.values_list("reference", flat=True))
    yield Notice, Notice.objects.filter(Q(context__reference=case.reference) | Q(context__reference__in=grants))


def _models():
    """Models with dates, each with the path from it to its case."""
    for model in apps.get_models():
        prefix = "pgh_obj" if hasattr(model, "pgh_obj") else ""
        target = model._meta.get_field("pgh_obj").related_model if prefix else model
        if not dated(model) or model is Case:
            continue
        if target is Case:
            yield model, prefix
        elif path := next((path for path in PATHS if _leads(target, path)), None):
            yield model, f"{prefix}__{path}" if prefix else path


def _leads(model, path: str) -> bool:
    try:
        return model.objects.filter(**{path: 0}) is not None
    except (FieldError, AttributeError, ValueError):
        return False


def _earlier(model, name: str, days: int, since: datetime, now: datetime, office: timedelta):
    earlier = F(name) - Value(timedelta(days=days))
    if not isinstance(model._meta.get_field(name), models.DateTimeField):
        return earlier
    fresh = When(**{f"{name}__gte": since, f"{name}__lte": now}, then=Value(office))
    return earlier + models.Case(fresh, default=Value(timedelta(0)))
