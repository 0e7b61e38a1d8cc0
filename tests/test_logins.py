"""As in production: one login owns the tables and prepares, another one serves and may do nothing by itself."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege

from accounts.principal import GROUPS

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "letters-and-digits-1"


def address(login: str, database: str) -> str:
    server = urlsplit(os.environ["DATABASE_URL"])
    place = f"{server.hostname}:{server.port or 5432}" if server.hostname else ""
    return server._replace(netloc=f"{login}:{PASSWORD}@{place}", path=f"/{database}").geturl()


@pytest.fixture(scope="module")
def database():
    """A new database whose owner may make roles and is no superuser; gives (owner, login that will serve, database)."""
    mark = f"production_{os.getpid()}"
    owner, serving = f"{mark}_owner", f"{mark}_serving"
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        ask = cursor.execute
        ask(f"CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD '{PASSWORD}'")
        ask(f"CREATE DATABASE {mark} OWNER {owner}")
        try:
            yield owner, serving, mark
        finally:
            ask(f"DROP DATABASE {mark} WITH (FORCE)")
            ask("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[owner, serving, f"{mark}_other"]])
            for (role,) in cursor.fetchall():  # none stays behind with a password that everybody can read here
                ask(f"ALTER ROLE {role} NOLOGIN NOCREATEROLE PASSWORD NULL")


def prepare(tmp_path, **env):
    """`manage.py prepare` of a production, with nothing of the tests' own in its environment."""
    ours = {"DATABASE_URL", "DATABASE_OWNER_URL", "AVRR_TEST_RUN", "AVRR_DEMO"}
    env = {name: value for name, value in os.environ.items() if name not in ours} | env
    env |= {
        "AVRR_PRODUCTION": "1",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "homeward.example",
        "AVRR_DATA": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "prepare"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)


def test_the_owner_prepares_and_the_other_serves(database, tmp_path):
    owner, serving, name = database
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        ask = connection.cursor()
        ask.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[*GROUPS]])
        for (group,) in ask.fetchall():  # on this server other tests have made them; the owner may give them on
            ask.execute(f"GRANT {group} TO {owner} WITH ADMIN OPTION")
    done = prepare(tmp_path, DATABASE_OWNER_URL=address(owner, name), DATABASE_URL=address(serving, name))
    assert done.returncode == 0, done.stderr
    assert "first link: /" in done.stdout
    with contextlib.closing(psycopg2.connect(address(serving, name))) as connection:
        connection.autocommit = True
        ask = connection.cursor()
        for refused in ("SELECT FROM cases_case", "CREATE TABLE mine ()", "DROP TABLE cases_case", f"SET ROLE {owner}"):
            with pytest.raises(InsufficientPrivilege):
                ask.execute(refused)
        ask.execute("SET ROLE homeward_office; SELECT count(*) FROM cases_case")
        assert ask.fetchall() == [(0,)]


def test_a_production_that_does_not_know_the_owner_says_so(database, tmp_path):
    owner, _serving, name = database
    done = prepare(tmp_path, DATABASE_URL=address(owner, name))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "DATABASE_OWNER_URL must name the login that owns the tables." in done.stderr


def test_an_owner_who_may_make_no_roles_is_told(database, tmp_path):
    owner, _serving, name = database
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"ALTER ROLE {owner} NOCREATEROLE")
    urls = {"DATABASE_OWNER_URL": address(owner, name), "DATABASE_URL": address(f"{name}_other", name)}
    done = prepare(tmp_path, **urls)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "must be allowed to make roles" in done.stderr and PASSWORD not in done.stdout + done.stderr
