"""The groups of the database and what each may do: made by the owner after every migration, from the models themselves.

A table holds case data when it is that of Case or points, over whatever way, to one that does; nobody lists it, so none
is forgotten (docs/decisions/0012-walls.md). tests/test_walls.py holds the database to it.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.utils import Error

from accounts.principal import AUDITOR, GROUPS, OFFICE, PARTNER, SYSTEM

ALL_ROWS = "SELECT, INSERT, UPDATE, DELETE"
ONLY_ADDED_TO = "SELECT, INSERT"
WITH_CASES = (OFFICE, PARTNER, SYSTEM)
OWN_THINGS = {"cases.Job"}  # asked for by somebody and shown to them alone, whatever their work
AUDITED = {  # the columns an auditor's question may touch, by table
    "cases_event": ("id", "case_id", "organisation_id", "verb", "at", "by_id", "concern_id"),
    "cases_case": ("id", "reference", "organisation_id"),
}
TRIES = 10


def case_tables() -> set[str]:
    """The tables that hold something of a case."""
    every = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in OWN_THINGS]
    found = {apps.get_model("cases", "Case")}
    while more := {model for model in every if model not in found and _points_to(model) & found}:
        found |= more
    return {model._meta.db_table for model in found}


def _points_to(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.related_model}


def history_tables() -> set[str]:
    """The tables that triggers write and nobody changes."""
    return {m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")}


def make_roles() -> None:
    """The groups, and the login that serves and may act for each of them. They belong to the whole server."""
    login = settings.DATABASE
    for group in GROUPS:
        insist(f"DO $$ BEGIN CREATE ROLE {group} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    if login["USER"] == settings.DATABASE_OWNER["USER"]:
        return
    user = connection.ops.quote_name(login["USER"])
    insist(f"DO $$ BEGIN CREATE ROLE {user} LOGIN NOINHERIT; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    insist(f"ALTER ROLE {user} LOGIN NOINHERIT PASSWORD %s", [login["PASSWORD"]])
    insist(f"GRANT {', '.join(GROUPS)} TO {user}")


def insist(statement: str, values=None) -> None:
    """Two that make the same role at the same moment get in each other's way once."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
                return
        except Error as error:
            if "concurrently updated" not in str(error) and "already exists" not in str(error) or not left:
                raise


def raise_walls() -> None:
    """Give each group its rights and take all others away, at one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        groups = ", ".join(GROUPS)
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {groups}")
        cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {groups}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {groups}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {groups}")
        holding, histories = case_tables(), history_tables()
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            to = ", ".join(WITH_CASES if table in holding else GROUPS)
            rights = ONLY_ADDED_TO if table in histories else ALL_ROWS
            cursor.execute(f"GRANT {rights} ON {name} TO {to}")
        for table, columns in AUDITED.items():
            cursor.execute(f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {AUDITOR}")
