"""Real servers for the tests: PostgreSQL and Valkey of our own in a folder that is thrown away.

A pytest plugin (`-p tests.services` in pyproject.toml), because settings are read before any conftest: the addresses
must stand in the environment by then. Only the controlling process starts servers; its xdist workers inherit the
environment. DATABASE_URL and REDIS_URL, when set, are used instead.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

ENVIRONMENT = {
    "AVRR_PRODUCTION": "0",
    "AVRR_HTTPS": "0",
    "AVRR_DEMO": "0",
    "AVRR_SECOND_FACTOR": "0",
    "AVRR_LOG_LEVEL": "ERROR",
    "SECRET_KEY": "only-for-tests-and-thrown-away-with-them-0123456789",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's loop runs in the thread of the test
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_started = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests():
    """Comes before pytest-django reads the settings: wrappers run first."""
    if "AVRR_TEST_RUN" not in os.environ:
        start()
    return (yield)


def start():
    """Sets the environment and starts what it does not name."""
    from avrr.assets import compile_messages
    from avrr.servers import Servers

    root = Path(__file__).resolve().parent.parent
    folder = Path(tempfile.mkdtemp(prefix="homeward-"))
    (folder / "static").mkdir()
    os.environ |= {**ENVIRONMENT, "AVRR_DATA": str(folder), "AVRR_TEST_RUN": "1"}
    if browser := next(filter(None, map(shutil.which, BROWSERS)), None):
        os.environ.setdefault("AVRR_BROWSER", browser)
    servers = Servers(folder, durable=False)
    _started.append((servers, folder))
    servers.start()
    os.environ |= servers.urls
    compile_messages(root / "locale")


def pytest_unconfigure():
    while _started:
        servers, folder = _started.pop()
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)
