"""`make check`: everything a machine can say about the sources without running the tests. All checks always run."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PRODUCTION = {
    "AVRR_PRODUCTION": "1",
    "AVRR_HTTPS": "1",
    "AVRR_DEMO": "0",
    "SECRET_KEY": "only-for-this-check-and-long-enough-to-be-one-0123456789",
    "ALLOWED_HOSTS": "homeward.example",
}
MANAGE = [sys.executable, "manage.py"]
CHECKS = [
    ("lint", [BIN / "ruff", "check", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "."], {}),
    ("imports", [BIN / "lint-imports", "--no-cache"], {}),
    (
        "migrations",
        [sys.executable, "-m", "avrr.servers", *MANAGE, "makemigrations", "--check", "--dry-run"],
        {"AVRR_PRODUCTION": "0"},
    ),
    ("templates", [BIN / "djlint", "templates", "--lint", "--quiet"], {}),
    ("translations", [sys.executable, "bin/check_translations.py"], {"AVRR_PRODUCTION": "0"}),
    ("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def passes(name, command, env):
    """Whether a check passes; what it says is shown only when it does not."""
    unset = {"DEBUG", "AVRR_SECOND_FACTOR", *(PRODUCTION if env is PRODUCTION else ())}
    clean = {key: value for key, value in os.environ.items() if key not in unset}
    done = subprocess.run(command, cwd=ROOT, env={**clean, **env}, capture_output=True, text=True)  # noqa: S603
    print(f"{name:14}{'ok' if done.returncode == 0 else 'FAILED'}", flush=True)  # noqa: T201
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)  # noqa: T201
    return done.returncode == 0


if __name__ == "__main__":
    results = [passes(*check) for check in CHECKS]
    sys.exit(not all(results))
