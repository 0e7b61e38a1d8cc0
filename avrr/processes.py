"""Programs the product starts beside itself: each in a process group of its own, and gone when we are gone.

A plain subprocess outlives a parent that is killed, and a Ctrl-C in the terminal reaches it before its parent
can stop things in order. Both are settled here, once, for the servers and all that `manage.py up` watches.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
BIG_LOG = 10 * 1024 * 1024


class Trouble(Exception):
    """What keeps us from starting, in one sentence for the person at the keyboard."""


def _end_with_parent(sig):
    """What the new process does first: it listens to signals, and to the death of the process that started it."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask():
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, sig)

    return ask


@contextlib.contextmanager
def signals_held():
    """Lets Ctrl-C wait until the block is done: a program half started would be one that nobody stops."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(eq=False)
class Process:
    """One program: how to start it, how to end it, and where it writes."""

    name: str
    argv: list
    log: Path | None = None  # without it the program shares our own output
    env: dict | None = None
    user: tuple | None = None  # (uid, gid) to run as
    ends_with: int = signal.SIGTERM  # the signal that asks it to end
    tell: str = ""  # what is written to its input
    listen: bool = False  # whether we read its output, from popen.stdout
    popen: subprocess.Popen | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)
    again_at: float | None = field(default=None, init=False)

    def start(self):
        """Starts the program; raises OSError when it is not there."""
        user = {"user": self.user[0], "group": self.user[1], "extra_groups": []} if self.user else {}
        with signals_held(), self._output() as output:
            self.popen = subprocess.Popen(  # noqa: S603 (our own programs, never a shell)
                [str(part) for part in self.argv],
                env=self.env,
                text=True,
                stdin=subprocess.PIPE if self.tell else subprocess.DEVNULL,
                stdout=subprocess.PIPE if self.listen else output,
                stderr=subprocess.STDOUT if output else None,
                cwd="/" if self.user else None,
                start_new_session=True,
                preexec_fn=_end_with_parent(self.ends_with),
                **user,
            )
        if self.tell:
            with contextlib.suppress(BrokenPipeError), self.popen.stdin as stdin:
                stdin.write(self.tell)
        self.started_at, self.again_at = time.monotonic(), None

    def _output(self):
        if not self.log:
            return contextlib.nullcontext()
        if self.log.exists() and self.log.stat().st_size > BIG_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        return os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    @property
    def alive(self):
        return self.popen is not None and self.popen.poll() is None

    def last_words(self, lines=3):
        """The end of its log, to show why it went."""
        if not self.log or not self.log.exists():
            return ""
        return " / ".join(self.log.read_text(errors="replace").strip().splitlines()[-lines:])

    def ask_to_end(self):
        if self.alive:
            self.popen.send_signal(self.ends_with)

    def kill(self):
        """Ends the program and what it started, at once."""
        if self.popen is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()


def end_all(processes, seconds):
    """Asks all to end, waits at most `seconds` for them together, then kills what is left, children too."""
    for process in processes:
        process.ask_to_end()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(process.alive for process in processes):
        time.sleep(0.05)
    for process in processes:
        process.kill()


def keep_alive(processes, say):
    """One look at all: what has ended is started again, later each time it fails soon after its start."""
    now = time.monotonic()
    for process in processes:
        if process.alive:
            continue
        if process.again_at is None:
            process.kill()  # what it had started itself
            process.failures = process.failures + 1 if now - process.started_at < 60 else 1
            wait = min(2 ** (process.failures - 1), 30)
            process.again_at = now + wait
            say(f"{process.name} ended (code {process.popen.returncode}); it is started again in {wait} s.")
        elif now >= process.again_at:
            process.start()
            say(f"{process.name} runs again.")
