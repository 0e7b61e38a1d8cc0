"""Rows as lines of COPY, one buffer for each table, with keys given here so that rows can name each other."""

import io
from contextlib import contextmanager

from django.db import connection, models
from django.db.models import Max

NULL = "\\N"
FLUSH_AT = 20_000


class Table:
    """Takes rows for one model; columns that are not named get the default of their field."""

    def __init__(self, model, *columns: str):
        self.model, self.lines = model, []
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
            with connection.cursor() as cursor:
                cursor.copy_expert(self._copy, io.StringIO("\n".join(self.lines) + "\n"))
            self.lines.clear()

    def finish(self) -> None:
        """Writes what is left and lets the next row of the product have the next key."""
        self.flush()
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
