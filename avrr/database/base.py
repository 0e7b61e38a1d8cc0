"""Django's PostgreSQL, told with each transaction who acts (accounts.principal).

The login inherits nothing from the groups it may act for, so a forgotten principal is refused, loudly, and never
answered with an empty list. What is told ends with the transaction: no pooled connection carries it to anybody else.
It travels in front of the statement that needs it and costs no round trip.
"""

from functools import lru_cache

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg2 import InterfaceError, extensions
from psycopg2.extensions import TRANSACTION_STATUS_IDLE as IDLE
from psycopg2.extensions import TRANSACTION_STATUS_INERROR as IN_ERROR

from accounts.principal import Principal, current


@lru_cache(maxsize=4096)
def telling(principal: Principal | None) -> bytes:
    """The statement that makes the rest of a transaction that of `principal`."""
    group, user, organisation = ("none", "", "") if principal is None else _words(principal)
    return (
        f"SELECT set_config('role','{group}',true),set_config('app.user','{user}',true),"
        f"set_config('app.organisation','{organisation}',true);"
    ).encode()


def _words(principal: Principal) -> tuple[str, int, int]:
    assert principal.group.isidentifier()
    return principal.group, int(principal.user), int(principal.organisation)


class Connection(extensions.connection):
    told: Principal | None = None  # what the transaction under way was told


class Cursor(extensions.cursor):
    def execute(self, query, vars=None):
        if self.name:
            self._tell_apart()
            return super().execute(query, vars)
        first = self._to_tell()
        result = super().execute(first + self.mogrify(query, vars)) if first else super().execute(query, vars)
        if isinstance(query, str) and query.startswith("ROLLBACK TO"):
            self.connection.told = None  # it may have undone what was told after the savepoint
        return result

    def executemany(self, query, vars_list):
        for values in vars_list:
            self.execute(query, values)

    def copy_expert(self, sql, file, size=8192):
        self._tell_apart()
        return super().copy_expert(sql, file, size)

    def _to_tell(self) -> bytes:
        connection, status, principal = self.connection, self.connection.get_transaction_status(), current()
        if status == IDLE:
            connection.told = None
        if status == IN_ERROR or principal == connection.told:
            return b""
        connection.told = principal
        return telling(principal)

    def _tell_apart(self) -> None:
        """For statements that stand alone. Outside a transaction what was told would be forgotten at once."""
        if current() is None and self.connection.told is None:
            return
        if self.connection.autocommit:
            raise InterfaceError("COPY and named cursors need a transaction, which is told who acts.")
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT 1")


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        """The owner of the tables acts for nobody and is told nothing."""
        parameters, owner = super().get_connection_params(), settings.DATABASE_OWNER
        if owner and self.settings_dict["USER"] == owner["USER"] != settings.DATABASE["USER"]:
            return parameters
        return parameters | {"connection_factory": Connection, "cursor_factory": Cursor}
