"""What an installation is made of: safe settings, a bootstrap that says what is missing, locks, the compose file."""

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
import yaml

from avrr.celery import app as celery_app

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
GOOD_SECRET = "a-long-enough-secret-that-is-only-known-to-this-test"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = load(ROOT / "bin" / "bootstrap.py")
translations = load(ROOT / "bin" / "check_translations.py")


# --- Settings ---


def start_settings(**variables):
    env = {key: value for key, value in os.environ.items() if key not in ("SECRET_KEY", "AVRR_PRODUCTION", "DEBUG")}
    code = "from django.conf import settings; print(settings.DEBUG, settings.SESSION_COOKIE_SECURE)"
    env |= {"DJANGO_SETTINGS_MODULE": "avrr.settings", "AVRR_HTTPS": "1", **variables}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.mark.parametrize(
    "variables",
    [{}, {"SECRET_KEY": "short"}, {"SECRET_KEY": GOOD_SECRET, "DEBUG": "1"}],
    ids=["no secret", "short secret", "debug"],
)
def test_production_refuses_unsafe_settings(variables):
    done = start_settings(**variables)
    assert done.returncode == 1
    assert "Production refuses to start" in done.stderr


def test_production_refuses_to_be_a_demo():
    done = start_settings(SECRET_KEY=GOOD_SECRET, AVRR_DEMO="1")
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith("The demo's passwords are public: set AVRR_DEMO=0, or AVRR_PRODUCTION=0 to try it out.")
    )


@pytest.mark.parametrize(("value", "asked"), [("1", ["--demo"]), ("0", [])])
def test_seeding_invents_the_demo_only_where_there_is_one(monkeypatch, value, asked):
    calls = []
    monkeypatch.setenv("AVRR_DEMO", value)
    monkeypatch.setattr(bootstrap, "ready", lambda lock: None)
    monkeypatch.setattr(bootstrap, "call", lambda *command: calls.append(command) or True)
    monkeypatch.setattr(bootstrap, "become", lambda *command: calls.append(command))
    bootstrap.seed(["10", "1"])
    prepared, seeded = ([str(part) for part in command] for command in calls)
    assert prepared[-1 - len(asked) :] == ["prepare", *asked] and "seed" in seeded


def test_production_starts_with_a_secret():
    assert start_settings(SECRET_KEY=GOOD_SECRET).stdout.split() == ["False", "True"]


SOURCES = sorted((ROOT / "avrr").rglob("*.py"))


def read_by_the_program() -> set[str]:
    text = "\n".join(source.read_text() for source in SOURCES)
    return set(re.findall(r"(?:env\.\w+|environ\.get|env\.get)\(\s*\"([A-Z][A-Z_]+)\"", text))


def test_every_variable_is_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text()
    read = read_by_the_program() | set(re.findall(r"\$\{([A-Z_]+)", text)) - {"HOMEWARD_VERSION"}
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read - named - {"XDG_RUNTIME_DIR"} == set()


# --- Bootstrap ---


def run_bootstrap(**variables):
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "bin/bootstrap.py", "run"]
    return subprocess.run(command, cwd=ROOT, env=env | variables, capture_output=True, text=True, timeout=30)


def said(done):
    """The one sentence the bootstrap ended with."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_busy_port_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        assert f"Port {port} is in use" in said(run_bootstrap(PORT=port))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a number"),
        ({"DATABASE_URL": "my database"}, "DATABASE_URL is not an address"),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL is not an address"),
        ({"DATABASE_URL": "postgres://host:port/name"}, "DATABASE_URL is not an address"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/name"}, "no database answers at 127.0.0.1, port 1"),
        ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL is not an address"),
    ],
)
def test_broken_addresses_are_one_sentence(variables, sentence):
    assert sentence in said(run_bootstrap(**{"PORT": free_port(), **variables}))


def stops_with(function, *arguments):
    with pytest.raises(SystemExit) as stop:
        function(*arguments)
    return str(stop.value)


def test_an_old_python_is_one_sentence(monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    assert stops_with(bootstrap.check_python).startswith("Python 3.11 or newer is needed")


def test_a_missing_venv_module_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert re.fullmatch(
        r"Python's venv module is missing: apt-get install python3\.\d+-venv", stops_with(bootstrap.make_venv)
    )
    assert not (tmp_path / "venv").exists()


def test_a_full_disk_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOM", 2**60)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    assert "is full" in stops_with(bootstrap.ensure_venv, "requirements.lock")


def test_missing_pango_says_what_to_type(monkeypatch):
    def missing(name):
        raise OSError(name)

    monkeypatch.setattr(bootstrap.ctypes, "CDLL", missing)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    sentence = stops_with(bootstrap.ensure_pango)
    assert sentence.endswith(
        "Please type: sudo apt-get install -y --no-install-recommends "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def test_a_missing_browser_says_what_to_type(monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap, "call", lambda *command, **_: False)
    assert stops_with(bootstrap.ensure_browser).endswith("Please type: sudo apt-get install -y chromium")


def test_packages_are_installed_once_per_lock(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "call", lambda *command, **_: calls.append(command) or True)
    monkeypatch.setattr(bootstrap, "ROOM", 0)
    bootstrap.ensure_venv("requirements.lock")
    assert [command[2] for command in calls] == ["import pip", "pip"]
    bootstrap.ensure_venv("requirements.lock")
    assert len(calls) == 2


# --- Locks ---


def names(path):
    return {re.split(r"[\[=]", line)[0] for line in path.read_text().splitlines() if re.match(r"[a-z]", line)}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_pins_everything_by_hash(name):
    lock = (ROOT / f"{name}.lock").read_text()
    pins = re.findall(r"^([a-z0-9.-]+)==(\S+)(?: ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", lock, re.MULTILINE))
    assert names(ROOT / f"{name}.txt") <= {package for package, _ in pins}
    assert not re.search(r"https?:|file:|@ |--index|--find-links", lock)


def test_every_direct_dependency_has_its_reason():
    reasons = (ROOT / "docs" / "decisions" / "0001-the-stack.md").read_text()
    wanted = names(ROOT / "requirements.txt") | names(ROOT / "requirements-dev.txt")
    assert {name for name in wanted if f"| {name} |" not in reasons} == set()


# --- Compose ---


def test_the_compose_file_follows_the_schema():
    schema = json.loads((ROOT / "tests" / "vendor" / "compose-spec.json").read_text())
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


def test_the_compose_file_runs_the_parts_of_production():
    services = COMPOSE["services"]
    assert set(services) == {"prepare", "web", "worker", "beat", "db", "broker", "mail"}
    assert services["db"]["image"].startswith("postgres:18")
    assert services["broker"]["image"].startswith("redis:8")
    assert "--appendonly yes --maxmemory-policy noeviction" in services["broker"]["command"][-1]
    assert all("healthcheck" in service for name, service in services.items() if name != "prepare")
    mounts = [mount for service in services.values() for mount in service.get("volumes", [])]
    assert {mount.partition(":")[0] for mount in mounts} == set(COMPOSE["volumes"])


def test_the_compose_file_has_no_default_secret():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "DATABASE_PASSWORD", "REDIS_PASSWORD", "ALLOWED_HOSTS"):
        uses = re.findall(r"\$\{" + name + r"(.?.?)", text)
        assert uses and set(uses) == {":?"}


NOT_PASSED = {  # read by the program and not passed on by the compose file, and why
    "AVRR_DATA": "the image says it", "AVRR_STATIC": "the image says it", "AVRR_BIND": "the image says it",
    "AVRR_UPLOAD_TEMP": "a folder for uploads under way: /tmp of the container",
    "PORT": "outside the container; inside it is always 8000",
    "AVRR_PRODUCTION": "on unless said otherwise", "AVRR_HTTPS": "on in production", "DEBUG": "never in production",
    "AVRR_DEMO": "never in production", "AVRR_MAILBOX_PORT": "of the demo", "AVRR_TEST_DATABASE": "of the tests",
    "XDG_RUNTIME_DIR": "of the desktop", "DATABASE_OWNER_URL": "for `prepare` alone",
}  # fmt: skip


def test_the_compose_file_passes_on_what_the_program_reads():
    passed = set(COMPOSE["services"]["web"]["environment"])
    assert read_by_the_program() - passed == set(NOT_PASSED) & read_by_the_program()
    assert not passed & set(NOT_PASSED) and passed <= read_by_the_program()


def test_the_compose_file_has_the_defaults_of_the_program():
    text = "".join(source.read_text() for source in SOURCES)
    for name, default in re.findall(r"(\w+): \$\{\w+:-(\w*)\}", (ROOT / "docker-compose.yml").read_text()):
        if found := re.search(rf'"{name}", (?:default=)?"?([\w *]*)"?\)', text):
            own = found[1].replace("30 * 60", "1800").replace("PRODUCTION", "1")
            assert own == default, name


@pytest.mark.parametrize(("minutes", "is_well"), [(None, False), (0, True), (10, False)])
def test_a_clock_that_stands_still_is_seen(tmp_path, minutes, is_well):
    if minutes is not None:
        (tmp_path / "schedule.db").touch()
        then = time.time() - minutes * 60
        os.utime(tmp_path / "schedule.db", (then, then))
    shell, command = COMPOSE["services"]["beat"]["healthcheck"]["test"]
    assert shell == "CMD-SHELL" and "-s /tmp/schedule" in " ".join(COMPOSE["services"]["beat"]["command"])
    done = subprocess.run(["sh", "-c", command.replace("/tmp", str(tmp_path))], check=False)
    assert (done.returncode == 0) is is_well
    assert celery_app.conf.beat_sync_every == 1


def test_the_image_runs_without_root_and_compiler():
    final = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert "\nUSER homeward" in final
    assert not re.search(r"gcc|build-essential|-dev\b|pip install", final)


# --- Translations ---


@pytest.mark.parametrize(
    ("entry", "faults"),
    [
        ({"msgid": "Cases", "msgstr": "Dossiers"}, []),
        ({"msgid": "Cases", "msgstr": ""}, ["not translated"]),
        ({"msgid": "Cases", "msgstr": "Dossiers", "flags": ["fuzzy"]}, ["fuzzy"]),
        ({"msgid": "%(n)s of {all}", "msgstr": "{all}, %(n)s"}, []),
        ({"msgid": "since %(day)s", "msgstr": "depuis %(jour)s"}, ["placeholders differ"]),
        ({"msgid": "one", "msgid_plural": "%(n)s", "msgstr_plural": {0: "un", 1: "%(n)s"}}, []),
        ({"msgid": "one", "msgid_plural": "%(n)s", "msgstr_plural": {0: "un", 1: ""}}, ["not translated"]),
    ],
)
def test_what_counts_as_translated(entry, faults):
    assert translations.entry_faults(translations.polib.POEntry(**entry)) == faults
