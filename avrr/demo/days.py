"""Let days pass in one story: everything that has happened in it moves into the past.

Verbs stamp the present, and rightly so. A story told to the end in one second therefore ages afterwards: all dates of
its rows go back by the days that passed, and what was just done is put into the hours of an office. The triggers that
guard statuses and the story sleep meanwhile: nothing but dates changes. What waits for whom is looked at by the next
verb, or by whoever tells the story.
"""

from datetime import datetime, timedelta
from functools import cache
from itertools import cycle

import pgtrigger
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Notice
from cases.models import Case, WalkIn, Work

TOWARDS_CASE = ("pgh_obj", "case", "person", "shared", "plan", "grant", "session", "follow_up")
FIXED = {"born_on"}
HOURS = cycle([(9, 40), (14, 10), (10, 55), (16, 20), (11, 30), (15, 5)])
NOTICES = """
    UPDATE accounts_notice SET told_at = %(then)s WHERE told_at BETWEEN %(since)s AND %(now)s;
    UPDATE accounts_notice SET told_at = told_at - make_interval(days => %(days)s)
     WHERE told_at < %(since)s AND context->>'reference' IN
           (SELECT reference FROM cases_case WHERE id = %(case)s
            UNION ALL SELECT reference FROM reintegration_grant WHERE case_id = %(case)s)"""


def let_pass(case: Case, days: int, since: datetime) -> None:
    """`days` days go by in `case`; what was written after `since` gets a time of day in office hours."""
    now = timezone.now()
    hour, minute = next(HOURS)
    office = timezone.localtime(now).replace(hour=hour, minute=minute) - now
    then = now + office - timedelta(days=days)
    given = {"case": case.pk, "days": days, "since": since, "now": now, "office": office, "then": then}
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(cursor.mogrify(f"{aging()};{NOTICES}", given).decode())
    case.refresh_from_db()


def let_pass_for(walk_in: WalkIn, days: int) -> None:
    """The same for a walk-in, which has no case until it is answered."""
    with transaction.atomic(), pgtrigger.ignore():
        for rows in (
            WalkIn.objects.filter(pk=walk_in.pk),
            Work.objects.filter(kind="answer_walk_in", subject=str(walk_in.pk)),
            Notice.objects.filter(key__regex=rf"^walk-in(-answer)?:{walk_in.pk}:"),
        ):
            rows.update(**{field.name: F(field.name) - timedelta(days=days) for field in dated(rows.model)})
    walk_in.refresh_from_db()


@cache
def aging() -> str:
    """One statement for each table that belongs to a case, its history included."""
    return ";".join(
        f"UPDATE {model._meta.db_table} SET {', '.join(map(_earlier, fields))} WHERE {where}"  # noqa: S608 (own names)
        for model in apps.get_models()
        if (fields := dated(model)) and (where := _of_case(model))
    )


def dated(model) -> list[models.DateField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, models.DateField) and f.name not in FIXED]


def _earlier(field: models.DateField) -> str:
    name = field.column
    if not isinstance(field, models.DateTimeField):
        return f"{name} = {name} - %(days)s"
    began = "%(since)s - interval '4 hours'" if name == "held_at" else "%(since)s"  # a talk is written down after it
    fresh = f"CASE WHEN {name} BETWEEN {began} AND %(now)s THEN %(office)s ELSE interval '0' END"
    return f"{name} = {name} - make_interval(days => %(days)s) + {fresh}"


def _of_case(model) -> str:
    """The condition for rows of the case, through the records they hang on; empty for tables without a case."""
    if model is Case:
        return "id = %(case)s"
    for name in TOWARDS_CASE:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.related_model is Case:
            return f"{field.column} = %(case)s"
        if further := _of_case(field.related_model):
            return f"{field.column} IN (SELECT id FROM {field.related_model._meta.db_table} WHERE {further})"  # noqa: S608
    return ""
