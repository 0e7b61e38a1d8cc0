"""A moment in the life of a case is reached by the verbs once a run; later tests get the rows that those verbs wrote.

Most tests begin with the same few moments, and the way there took more of the run than what they ask. A factory marked
`kept` plays its verbs for the first test that needs them in a process and keeps the rows; for the next test, in a
transaction that has only the cast in it, the same rows come back under the same keys, and the clock goes on from where
it stood. A test that has written anything first, or works in a shared database, plays the verbs as before.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, wraps
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils import timezone, translation

from accounts.principal import SYSTEM, Principal, acting_as
from avrr.database.walls import history_tables, insist

START = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
Rows = dict[tuple[str, Any], str]


class Moment(NamedTuple):
    made: models.Model
    rows: dict[str, list[str]]  # by table
    changed: list[tuple[str, str]]  # table and key of those of them that were there before
    at: datetime


KEEPER = "homeward_tests"  # may write what the system may, and without triggers; only the tests' database has it
_moments: dict[tuple, Moment] = {}


def kept(factory):
    """Mark a factory of a cast, whose further arguments are facts, and which gives one record."""

    @wraps(factory)
    def made(cast, *args, **facts):
        key = (factory.__name__, *map(_word, (args, facts)), translation.get_language(), _minute())
        if any("?" in str(part) for part in key) or not is_untouched(cast):
            return factory(cast, *args, **facts)
        if moment := _moments.get(key):
            return _brought_back(moment, cast)
        before = _rows()
        record = factory(cast, *args, **facts)
        _moments[key] = Moment(record, *_difference(before, _rows()), timezone.now())
        return record

    return made


def is_untouched(cast) -> bool:
    """Nothing but the cast has been written in this test, whose transaction is rolled back at its end."""
    return connection.in_atomic_block and getattr(cast, "written", None) == written()


def written() -> int:
    """How many rows this connection has written; only good for comparing inside one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]


def _minute() -> int:
    return (timezone.now() - START) // timedelta(minutes=1)


def _word(value) -> str:
    """An argument as part of a key; a question mark where it cannot be known by its value."""
    match value:
        case models.Model():
            return f"{value._meta.label}:{value.pk}"
        case dict():
            return "{" + ",".join(f"{name}={_word(value[name])}" for name in sorted(value)) + "}"
        case list() | tuple() | set():
            return "[" + ",".join(map(_word, value)) + "]"
        case None | str() | int() | Decimal() | date() | timedelta():
            return repr(value).replace("?", "")
    return "?"


@cache
def _tables() -> dict[str, tuple[str, str]]:
    """By table: its primary key, and the columns that are given and not derived."""
    tables = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, key.attname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                 FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                                                    AND NOT a.attisdropped AND a.attgenerated = ''
                 JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
                 JOIN pg_attribute key ON key.attrelid = c.oid AND key.attnum = i.indkey[0]
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'django_migrations'
                GROUP BY 1, 2"""
        )
        for table, key, columns in cursor.fetchall():
            tables[table] = (key, columns)
    return tables


def _rows() -> Rows:
    """Every row there is, as JSON, by table and key."""
    each = (f"SELECT '{table}', {key}::text, to_jsonb(t)::text FROM {table} t" for table, (key, _) in _tables().items())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {(table, key): row for table, key, row in cursor.fetchall()}


def _difference(before: Rows, after: Rows) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    rows, changed = defaultdict(list), []
    for place, row in after.items():
        if before.get(place) != row:
            rows[place[0]].append(row)
            if place in before:
                changed.append(place)
    return rows, changed


def _brought_back(moment: Moment, cast) -> models.Model:
    """The rows as they were written: triggers have judged them already and do not run a second time."""
    statements, values = ["SET LOCAL session_replication_role = replica"], []
    for table, key in moment.changed:
        statements.append(f"DELETE FROM {table} WHERE {_tables()[table][0]}::text = %s")
        values.append(key)
    for table, rows in moment.rows.items():
        columns = _tables()[table][1]
        statements.append(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s)"
        )
        values.append("[" + ",".join(rows) + "]")
    statements.append("SET LOCAL session_replication_role = origin")
    with acting_as(Principal(KEEPER)), connection.cursor() as cursor:
        cursor.cursor.execute("; ".join(statements), values)
    cast.clock.move_to(moment.at)
    return type(moment.made)._base_manager.get(pk=moment.made.pk)


def make_keeper(login: str) -> None:
    """As the owner of the tables. What ages a story ages its history, too."""
    insist(f"DO $$ BEGIN CREATE ROLE {KEEPER} INHERIT; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    insist(f"GRANT {SYSTEM} TO {KEEPER}")
    insist(f"GRANT SET ON PARAMETER session_replication_role TO {KEEPER}")
    insist(f"GRANT UPDATE ON {', '.join(history_tables())} TO {KEEPER}")
    insist(f"GRANT {KEEPER} TO {login}")
