"""Rows as lines of COPY, one buffer for each table, with keys given here so that rows can name each other."""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, models
from django.db.models import Max

NULL = "\\N"
FLUSH_AT = 20_000


class Copier:
    """Sends lines to the database on a thread of its own, in our transaction, while the next cases are invented."""

    def __init__(self):
        connection.ensure_connection()
        self._connection, self._thread, self._under_way = connection.connection, ThreadPoolExecutor(1), []

    def send(self, statement: str, lines: list[str]) -> None:
        if len(self._under_way) > 4:
            self._under_way.pop(0).result()
        self._under_way.append(self._thread.submit(self._copy, statement, lines))

    def wait(self) -> None:
        """Until everything has arrived; raises what went wrong."""
        while self._under_way:
            self._under_way.pop(0).result()

    def _copy(self, statement: str, lines: list[str]) -> None:
        with self._connection.cursor() as cursor:
            cursor.copy_expert(statement, io.StringIO("\n".join(lines) + "\n"))


class Table:
    """Takes rows for one model; columns that are not named get the default of their field."""

    def __init__(self, copier: Copier, model, *columns: str):
        self.copier, self.model, self.lines = copier, model, []
        fields = model._meta.concrete_fields
        unknown = set(columns) - {field.column for field in fields}
        assert not unknown, f"{model.__name__} has no {', '.join(sorted(unknown))}"
        others = [field for field in fields if field.column not in columns and not field.primary_key]
        self._rest = "".join(f"\t{_default(field)}" for field in others)
        names = [model._meta.pk.column, *columns, *(field.column for field in others)]
        self._copy = f"COPY {model._meta.db_table} ({', '.join(names)}) FROM STDIN"
        self.last = model.objects.aggregate(last=Max("pk"))["last"] or 0

    def new(self) -> int:
        """The key of a row to come."""
        self.last += 1
        return self.last

    def put(self, key: int, *values) -> None:
        self.lines.append(f"{key}\t" + "\t".join(map(str, values)) + self._rest)
        if len(self.lines) >= FLUSH_AT:
            self.flush()

    def add(self, *values) -> int:
        """A row with a new key, which is returned."""
        self.last += 1
        self.put(self.last, *values)
        return self.last

    def flush(self) -> None:
        if self.lines:
            self.copier.send(self._copy, self.lines)
            self.lines = []

    def finish(self) -> None:
        """Lets the next row of the product have the next key."""
        with connection.cursor() as cursor:
            table = self.model._meta.db_table
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), greatest(%s, 1), %s > 0)",
                [table, self.model._meta.pk.column, self.last, self.last],
            )
            cursor.execute(f"ANALYZE {table}")


def _default(field: models.Field) -> str:
    value = field.get_default()
    if value is None:
        return NULL
    return {list: "{}", bool: str(value)}.get(type(value), str(value))


@contextmanager
def without_indexes(tables: list[Table]):
    """Indexes that keep no rule are made once at the end: quicker than row by row."""
    names = [table.model._meta.db_table for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique ORDER BY 1",
            [names],
        )
        indexes = cursor.fetchall()
        cursor.execute("SET LOCAL lock_timeout = 0; SET LOCAL maintenance_work_mem = '256MB'")
        if indexes:
            cursor.execute("DROP INDEX " + ", ".join(name for name, _definition in indexes))
        yield
        for _name, definition in indexes:
            cursor.execute(definition)


@contextmanager
def quiet(tables: list[Table]):
    """No trigger looks at each row meanwhile; what they guard, the data keep (tests/cases/test_seed.py)."""
    names = [table.model._meta.db_table for table in tables]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            cursor.execute("".join(f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in names))
            yield
            cursor.execute("".join(f"ALTER TABLE {name} ENABLE TRIGGER USER;" for name in names))
