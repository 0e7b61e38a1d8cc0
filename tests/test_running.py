"""The product started and stopped as a person does it, on servers of its own or on those of somebody else."""

import contextlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
from celery import current_app

from avrr import assets
from avrr.celery import CLOCK
from avrr.folder import free_port, in_use
from avrr.processes import Process, Trouble, keep_alive
from avrr.servers import Servers, socket_folder

ROOT = Path(__file__).resolve().parent.parent
OURS = {"AVRR_PRODUCTION": "0", "AVRR_HTTPS": "0", "AVRR_LOG_LEVEL": "INFO"}
GIVEN = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "AVRR_BIND", "DJANGO_SETTINGS_MODULE"}

STARTED = "SELECT pg_postmaster_start_time()"
WRITTEN = "SELECT array_agg(row(id, email, joined_at)::text ORDER BY id) FROM accounts_user"
AT_ONCE = 8  # what the web server answers at the same time: two processes of four threads
ADMINISTRATOR = {
    "agency": "Maison du retour",
    "country": "FR",
    "time_zone": "Europe/Paris",
    "email": "first@host.example",
    "name": "Ada Keller",
    "password": "retour-2026-only-here",
    "again": "retour-2026-only-here",
}


def get(address, **headers):
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


class Up:
    """One `manage.py up` on a data folder."""

    def __init__(self, data, port, more=None):
        env = {key: value for key, value in os.environ.items() if key not in GIVEN}
        self.port, self.data = port, data
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={**env, **OURS, **(more or {}), "AVRR_DATA": str(data), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said(self):
        """What it says until it is ready or ends."""
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C stops everything" in line:
                break
        return "".join(lines)

    def end(self, sign):
        self.process.send_signal(sign)
        return self.process.wait(timeout=15)

    def descendants(self):
        """Command lines of all processes that work with the data folder or the port."""
        marks = [f"AVRR_DATA={self.data}".encode(), f"-D\0{self.data}/pg".encode()]
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                text = (folder / "environ").read_bytes() + b"\0" + (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if any(mark in text for mark in marks) and int(folder.name) != self.process.pid:
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        return found


@pytest.fixture
def place(tmp_path_factory):
    """A data folder and a port; whatever still runs there afterwards is ended."""
    started = []
    folder = tmp_path_factory.mktemp("up")

    def start(data=folder, port=None, env=None):
        started.append(Up(data, port or free_port(), env))
        return started[-1]

    yield start
    for up in started:
        if up.process.poll() is None:
            up.end(signal.SIGTERM)


class Browser:
    """Somebody's cookies, and the forms they send."""

    def __init__(self, up):
        self.site = f"http://localhost:{up.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, path, fields=None):
        """(status, address it led to, page); with `fields` the form of the page is sent, with its hidden sign."""
        body = None
        if fields is not None:
            sign = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.open(path)[2]).group(1)
            body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": sign}).encode()
        try:
            with self.opener.open(self.site + path, body, timeout=30) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url, error.read().decode()

    def signs_in(self):
        sent = {"login": ADMINISTRATOR["email"], "password": ADMINISTRATOR["password"]}
        return self.open("/accounts/login/", sent)[:2] == (200, f"{self.site}/users/")

    def is_signed_in(self):
        """Many pages at once, so that every connection of the web server is asked; not one may fail."""
        with ThreadPoolExecutor(AT_ONCE) as hands:
            answers = list(hands.map(lambda _: self.open("/users/")[:2], range(2 * AT_ONCE)))
        return set(answers) == {(200, f"{self.site}/users/")}


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_start_stop_start_again_kill(place):
    first = place()
    said = first.said()
    assert f"runs at http://localhost:{first.port}" in said
    assert "makes the first administrator, once" in said
    status, body, headers = get(f"http://localhost:{first.port}/readyz?who=nobody")
    assert (status, json.loads(body)["status"]) == (200, "ready")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert_closed(first.data)

    other = place(first.data)
    assert "already runs on the data folder" in other.said()
    assert other.process.wait(timeout=10) == 1
    busy = place(first.data.parent, first.port)
    assert f"Port {first.port} is in use" in busy.said()
    assert busy.process.wait(timeout=10) == 1
    assert not (first.data.parent / "pg").exists()

    assert first.end(signal.SIGINT) == 0
    assert first.descendants() == []
    assert "who=nobody" not in (first.data / "logs" / "web.log").read_text()

    second = place(first.data)
    assert f"runs at http://localhost:{second.port}" in second.said()

    second.end(signal.SIGKILL)
    assert wait_until(lambda: second.descendants() == [], 15), second.descendants()
    assert not in_use(second.port)


def first_administrator(up, said):
    """Somebody who came by the first link and is signed in."""
    browser = Browser(up)
    link = re.search(r"http://localhost:\d+(/welcome/\S+)", said).group(1)
    assert browser.open(link, ADMINISTRATOR)[:2] == (200, f"{browser.site}/accounts/login/")
    assert browser.signs_in()
    return browser


def ask_database(data, statement):
    """The one answer, or None while there is no database to answer."""
    try:
        connection = psycopg2.connect(host=str(socket_folder(data)), user="postgres", dbname="avrr", connect_timeout=2)
    except psycopg2.OperationalError:
        return None
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_pages_open_as_soon_as_a_restarted_database_answers(place):
    """On the connections that the web server had: each is found dead and made anew, and nobody reads of it."""
    up = place()
    browser = first_administrator(up, up.said())
    assert browser.is_signed_in()
    before = ask_database(up.data, STARTED)
    os.kill(int((up.data / "pg" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGQUIT)
    assert wait_until(lambda: ask_database(up.data, STARTED) not in (None, before), 60)
    assert browser.is_signed_in()


def test_a_second_start_keeps_the_data(place):
    first = place()
    first_administrator(first, first.said())
    kept = ask_database(first.data, WRITTEN)
    assert first.end(signal.SIGINT) == 0

    second = place(first.data)
    said = second.said()
    assert f"runs at http://localhost:{second.port}" in said, said
    assert "/welcome/" not in said, "there is an administrator already"
    assert kept and ask_database(second.data, WRITTEN) == kept
    assert Browser(second).signs_in()


def assert_closed(data):
    for name in ("keys", "files", "logs", "pg"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "keys" / "secret").stat().st_mode) == 0o600
    assert len((data / "keys" / "secret").read_text()) >= 40


def test_a_broken_database_stops_the_start(tmp_path):
    env = {key: value for key, value in os.environ.items() if key not in GIVEN} | OURS
    env |= {"AVRR_DATA": str(tmp_path), "PORT": str(free_port()), "REDIS_URL": "redis://127.0.0.1:1/0"}
    env["DATABASE_URL"] = "postgres://nobody:secret-word@127.0.0.1:1/nothing"
    command = [sys.executable, "manage.py", "up"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "The database of DATABASE_URL cannot be used" in done.stderr
    assert "secret-word" not in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_a_long_data_folder_has_a_short_socket(tmp_path):
    assert socket_folder(tmp_path) == tmp_path / "pg"
    long = tmp_path / ("x" * 120)
    assert len(str(socket_folder(long))) < 80
    assert socket_folder(long) != socket_folder(tmp_path / ("y" * 120))


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("avrr.folder.ROOM", 2**60)
    with pytest.raises(Trouble, match="is full: .* MB are needed"), Servers(tmp_path):
        pass
    assert not (tmp_path / "pg").exists()


def test_what_dies_is_started_again_later_each_time(tmp_path):
    said = []
    program = Process("sleeper", ["sleep", "60"], log=tmp_path / "log")
    program.start()
    for wait in (1, 2):
        program.kill()
        keep_alive([program], said.append)
        assert said[-1] == f"sleeper ended (code -9); it is started again in {wait} s."
        assert not program.alive
        program.again_at = 0
        keep_alive([program], said.append)
        assert said[-1] == "sleeper runs again." and program.alive
    program.kill()


def test_the_clock_rings_for_tasks_that_exist():
    current_app.loader.import_default_modules()
    assert {job["task"] for job in CLOCK.values()} <= set(current_app.tasks)
    assert all(set(job) == {"task", "schedule"} for job in CLOCK.values())


def test_translations_are_compiled_when_stale(tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Cases"\nmsgstr "Dossiers"\n'
    )
    assert assets.compile_messages(tmp_path) == 1
    assert b"Dossiers" in (folder / "django.mo").read_bytes()
    assert assets.compile_messages(tmp_path) == 0
    os.utime(folder / "django.mo", (0, 0))
    assert assets.compile_messages(tmp_path) == 1


def test_ctrl_c_while_it_prepares_leaves_nothing_and_the_next_start_goes_on(place):
    first = place()
    assert wait_until(lambda: any(" prepare" in line for line in first.descendants()), 60)
    assert first.end(signal.SIGINT) in (0, 1)
    assert first.descendants() == [] and not in_use(first.port)
    second = place(first.data)
    said = second.said()
    assert f"runs at http://localhost:{second.port}" in said and re.search(r"Ready in \d+ s\.", said), said
    first_administrator(second, said)


@pytest.fixture
def elsewhere(monkeypatch):
    """The address of an empty database on a server that is not the product's own, and of a broker."""
    server = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    name = f"elsewhere_{os.getpid()}"
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": server._replace(path=f"/{name}").geturl(), "REDIS_URL": os.environ["REDIS_URL"]}
        connection.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_servers_of_somebody_else_are_used_and_left_running(place, elsewhere):
    up = place(env=elsewhere)
    said = up.said()
    assert f"runs at http://localhost:{up.port}" in said, said
    assert not [line for line in up.descendants() if "postgres" in line.split()[0] or "valkey" in line.split()[0]]
    assert not (up.data / "pg").exists()
    first_administrator(up, said)
    assert up.end(signal.SIGINT) == 0
    with contextlib.closing(psycopg2.connect(elsewhere["DATABASE_URL"])) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user WHERE role = 'administrator'")
        assert cursor.fetchone() == (1,)
