"""Makes a bare machine ready and runs one of our commands: `python3 bin/bootstrap.py run`. Called by make.

Only the standard library, and nothing newer than old Pythons can read, so that each thing missing is told in one
sentence. What is installed: .venv from the hash-locked requirements, again only when the lock changes.
"""

import ctypes
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OWN_BROWSER = """
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))
"""
ROOM = 2 * 1024**3  # bytes for .venv with everything
DATABASES = ("postgres", "postgresql", "psql", "pgsql")
BROKERS = ("redis", "rediss", "unix")
LOCAL = {"AVRR_PRODUCTION": "0", "AVRR_HTTPS": "0", "AVRR_DEMO": "1", "AVRR_SECOND_FACTOR": "0"}


def stop(sentence):
    """Ends with this sentence and code 1."""
    sys.exit(sentence)


def call(*command, env=None):
    """Runs a command to its end; gives whether it succeeded."""
    return subprocess.call([str(part) for part in command], cwd=str(ROOT), env=env) == 0  # noqa: S603


def become(*command):
    """Turns into the command, so that Ctrl-C and exit code are the command's own."""
    sys.stdout.flush()
    os.chdir(str(ROOT))
    os.execv(str(command[0]), [str(part) for part in command])  # noqa: S606


# --- What must be there ---


def check_python():
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            become(newer, *sys.argv)
    found = ".".join(str(part) for part in sys.version_info[:2])
    stop(f"Python 3.11 or newer is needed, this is {found}: apt-get install python3.11 python3.11-venv")


def check_room():
    free = shutil.disk_usage(str(ROOT)).free
    if free < ROOM:
        stop(f"The disk of {ROOT} is full: {free >> 20} MB are free, {ROOM >> 20} MB are needed to install.")


def check_port():
    """Nobody else may answer where we will."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65535:
        stop(f"PORT must be a number from 1 to 65534, not {text!r}.")
    for address in ("127.0.0.1", "::1"):
        if answers(address, int(text)):
            stop(f"Port {text} is in use: stop what runs there, or choose another with PORT=8100 make run.")


def answers(host, port):
    try:
        socket.create_connection((host, port), timeout=3).close()
    except OSError:
        return False
    return True


def check_addresses():
    """DATABASE_URL and REDIS_URL, when set, must be addresses; the database must answer."""
    for name, schemes in (("DATABASE_URL", DATABASES), ("REDIS_URL", BROKERS)):
        url = os.environ.get(name)
        if not url:
            continue
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or 5432
        except ValueError:
            stop(f"{name} is not an address: after the host comes a port number.")
        if parts.scheme not in schemes or (name == "DATABASE_URL" and not parts.path.strip("/")):
            stop(f"{name} is not an address like {schemes[0]}://user:password@host/name.")
        if name == "DATABASE_URL" and host and "%" not in host and not answers(host, port):
            stop(f"DATABASE_URL leads nowhere: no database answers at {host}, port {port}.")


def ensure_venv(lock):
    """Makes .venv and installs `lock` into it, unless that very lock is what it holds."""
    mark = hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f".{lock}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == mark:
        return
    check_room()
    working = PYTHON.exists() and call(PYTHON, "-c", "import pip")
    if not working:
        make_venv()
    print("Installing what the program needs; this is done once and takes a minute.", flush=True)  # noqa: T201
    if not call(
        PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", ROOT / lock
    ):
        stop("The packages could not be installed; pip says why above.")
    stamp.write_text(mark)


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        name = "python{}.{}-venv".format(*sys.version_info[:2])
        stop(f"Python's venv module is missing: apt-get install {name}")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(str(VENV))
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"{VENV} could not be made: {error}")


def ensure_packages(packages, purpose):
    """Installs Debian packages when we are root, otherwise says the one command to type."""
    command = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(f"{purpose} is missing. Please type: sudo {command}")
    print(f"Installing {purpose}.", flush=True)  # noqa: T201
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    if not call(*command.split(), "-q", env=env) and not (
        call("apt-get", "update", "-q", env=env) and call(*command.split(), "-q", env=env)
    ):
        stop(f"{purpose} could not be installed; apt-get says why above.")


def missing_libraries():
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def ensure_pango():
    """Pango lays out the PDFs; no Python package carries it."""
    if missing_libraries():
        ensure_packages(missing_libraries(), "Pango, which lays out the PDFs,")
        if missing_libraries():
            stop("Pango was installed and still cannot be loaded: " + ", ".join(missing_libraries()))


def ensure_browser():
    """A Chromium for the tests: one that is there, Debian's, or Playwright's own."""
    if any(map(shutil.which, BROWSERS)) or call(PYTHON, "-c", OWN_BROWSER):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ensure_packages(["chromium"], "Chromium, which the tests walk through,")
    elif not call(PYTHON, "-m", "playwright", "install", "chromium-headless-shell"):
        stop("The tests need a browser. Please type: sudo apt-get install -y chromium")


# --- The commands ---


def ready(lock):
    os.umask(0o022)  # the database server may run as another user and must read its programs
    check_addresses()
    ensure_venv(lock)
    ensure_pango()
    for name, value in LOCAL.items():
        os.environ.setdefault(name, value)


def demo():
    return ["--demo"] if os.environ["AVRR_DEMO"] not in ("0", "false", "off", "no") else []


def run(_):
    check_port()
    ready("requirements.lock")
    become(PYTHON, "manage.py", "up", *demo())


def manage(arguments):
    ready("requirements.lock")
    become(PYTHON, "-m", "avrr.servers", PYTHON, "manage.py", *arguments)


def seed(arguments):
    ready("requirements.lock")
    with_servers = [PYTHON, "-m", "avrr.servers", PYTHON, "manage.py"]
    if not call(*with_servers, "prepare", *demo()):
        sys.exit(1)
    today = ["--today", arguments[2]] if arguments[2:] else []
    become(*with_servers, "seed", "--cases", arguments[0], "--seed", arguments[1], *today)


def bench(arguments):
    ready("requirements-dev.lock")
    os.environ.setdefault("AVRR_DATA", str(ROOT / "var" / "bench"))  # never among the data of the demo
    become(PYTHON, "-m", "avrr.servers", PYTHON, "-m", "bench.pages", *arguments)


def test(arguments):
    ready("requirements-dev.lock")
    ensure_browser()
    for name in LOCAL:
        os.environ.pop(name, None)  # the tests say themselves what they are
    workers = str(min(os.cpu_count() or 1, 4))
    become(PYTHON, "-m", "pytest", *([] if "-n" in arguments else ["-n", workers, "--dist", "worksteal"]), *arguments)


def ensure_gettext():
    if not shutil.which("xgettext"):
        ensure_packages(["gettext"], "gettext, which collects the words to translate,")


def check(_):
    ready("requirements-dev.lock")
    ensure_gettext()
    become(PYTHON, "bin/check.py")


def messages(_):
    ready("requirements-dev.lock")
    ensure_gettext()
    become(PYTHON, "bin/check_translations.py", "--write")


def lock(_):
    ready("requirements-dev.lock")
    for name in ("requirements", "requirements-dev"):
        options = ["--universal", "--generate-hashes", "--python-version", "3.11", "--quiet"]
        options += ["--custom-compile-command", "make lock", "--output-file", f"{name}.lock", f"{name}.txt"]
        if not call(VENV / "bin" / "uv", "pip", "compile", *options):
            stop(f"{name}.lock could not be made; uv says why above.")


COMMANDS = {f.__name__: f for f in (run, test, check, seed, bench, messages, lock, manage)}


def main():
    check_python()
    os.environ["PATH"] += os.pathsep + "/usr/sbin" + os.pathsep + "/sbin"
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        stop("Usage: bootstrap.py " + "|".join(COMMANDS))
    try:
        COMMANDS[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        stop(f"The start was given up: {error}")


if __name__ == "__main__":
    main()
