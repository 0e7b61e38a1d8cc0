"""The product as people meet it: web server, worker and mail stand-in on the invented demo, for the browser tests.

Migrating and inventing the demo is done once per test run, into a template; each pytest worker copies that within a
second and has a product of its own, so that no test meets another's words.
"""

import contextlib
import fcntl
import http.client
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2.extras import DictCursor

from avrr.folder import free_port
from avrr.processes import Process, end_all

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds until the web server must answer
LONG_CONNECTIONS = {"AVRR_WEB_PROCESSES": "1", "AVRR_WEB_THREADS": "4"}


def named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def connect(url: str):
    """A connection for one statement after the other."""
    parts = urlsplit(url)
    socket = dict(part.split("=", 1) for part in parts.query.split("&") if part).get("host")
    connection = psycopg2.connect(
        host=socket or parts.hostname,
        port=parts.port,
        user=parts.username,
        password=parts.password,
        dbname=parts.path.strip("/"),
        cursor_factory=DictCursor,
    )
    connection.autocommit = True
    return connection


class Product:
    """One running product. `address` is where it is; `ask` reads its database, `letters` its mail."""

    def __init__(self, worker: str):
        self.server = os.environ["DATABASE_URL"]
        self.prefix = f"{os.environ.get('AVRR_TEST_DATABASE', 'test_avrr')}_browser"
        self.database, self.template = f"{self.prefix}_{worker}", f"{self.prefix}_template"
        self.folder = Path(os.environ["AVRR_DATA"]) / "browser"
        self.worker, self.programs = worker, []
        self.port, self.smtp_port, self.mail_port = free_port(), free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def env(self, database: str) -> dict:
        return os.environ | {
            **LONG_CONNECTIONS,
            "DATABASE_URL": named(self.server, database),
            "AVRR_DATA": str(self.folder),
            "AVRR_STATIC": str(self.folder / "static"),
            "AVRR_QUEUE_PREFIX": self.database,
            "AVRR_DEMO": "1",
            "AVRR_BIND": f"127.0.0.1:{self.port}",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
        }

    # --- Start and end ---

    def start(self):
        self.folder.mkdir(exist_ok=True)
        (self.folder / "files").mkdir(exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.folder / "made").exists():
                self._make_template()
                (self.folder / "made").touch()
            self._copy_template()
        mail = ["-m", "avrr.mailbox", "--smtp-port", self.smtp_port, "--http-port", self.mail_port]
        self._run("mailbox", *mail, "--folder", self.folder / f"mail-{self.worker}")
        self._run("web", "-m", "gunicorn", "-c", "python:avrr.web", "avrr.wsgi")
        self._run("worker", "-m", "celery", "-A", "avrr", "worker", "-c", "1", "--without-gossip", "--without-mingle")
        self._wait_until_ready()

    def stop(self):
        end_all(self.programs[::-1], 5)
        self._drop(self.database)

    def _run(self, name: str, *arguments):
        log = self.folder / f"{name}-{self.worker}.log"
        program = Process(name, [sys.executable, *arguments], log=log, env=self.env(self.database))
        program.start()
        self.programs.append(program)

    def _make_template(self):
        """Everything that takes long, once: static files beside migrations and the demo."""
        self._drop(self.template)
        self._command(f"CREATE DATABASE {self.template}")
        env = self.env(self.template)
        files = self._manage(env, "collectstatic", "--noinput", "-v0")
        for command in (["migrate", "-v0"], ["seed_demo", "-v0"]):
            assert self._manage(env, *command).wait() == 0, command
        assert files.wait() == 0

    @staticmethod
    def _manage(env, *arguments):
        return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)

    def _copy_template(self):
        self._drop(self.database)
        self._command(f"CREATE DATABASE {self.database} TEMPLATE {self.template}")

    def _drop(self, database):
        self._command(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _command(self, statement):
        with contextlib.closing(connect(self.server)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)

    def _wait_until_ready(self):
        web = next(program for program in self.programs if program.name == "web")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert web.alive, web.last_words(20)
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{self.address}/readyz", timeout=5).close()
                return
            time.sleep(0.1)
        raise AssertionError(f"The web server did not answer: {web.last_words(20)}")

    # --- What a test asks ---

    def ask(self, statement: str, *values) -> list:
        """Rows of the product's database."""
        own = named(self.server, self.database)
        with contextlib.closing(connect(own)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] if len(row) == 1 else tuple(row) for row in cursor.fetchall()]

    def letters(self) -> list[dict]:
        """The mail that was sent, from the mail stand-in."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.mail_port}/ledger.json", timeout=5) as answer:
            return json.load(answer)

    def ring(self, task: str):
        """What the clock does in its time: asks the worker to run a task."""
        self._do(f"import avrr.celery; from celery import current_app; current_app.send_task({task!r})")

    def let_pass(self, reference: str, days: int):
        """`days` days go by in one story."""
        self._do(
            "from avrr.wsgi import application; from django.utils import timezone; from cases.models import Case;"
            "from avrr.demo.days import let_pass; from avrr.database.logins import connect_as;"
            "from django.conf import settings; connect_as(settings.DATABASE_OWNER);"
            f"let_pass(Case.objects.get(reference={reference!r}), {days}, since=timezone.now())"
        )

    def _do(self, code: str):
        code = f"from accounts.principal import become, the_system; become(the_system); {code}"
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.env(self.database), check=True)

    def post(self, path: str, fields: dict, cookies: dict) -> tuple[int, str]:
        """Sends a form as a browser would, without following where it leads: (status, place)."""
        header = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = urllib.parse.urlencode(fields).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", path, body, {"Cookie": header, "Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
