"""The data folder (AVRR_DATA): what an installation started by `manage.py up` keeps, closed to others."""

import os
import secrets
import shutil
import socket

from .processes import Trouble

# PostgreSQL may run as another user, so the folder itself can be passed through; these cannot.
CLOSED = ["keys", "files", "logs", "beat", "valkey"]
ROOM = 300 * 1024 * 1024


def open_folder(data):
    """Makes the data folder with its closed folders inside.

    Raises Trouble when it cannot be made or the disk is full.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        for name in CLOSED:
            (data / name).mkdir(exist_ok=True)
            (data / name).chmod(0o700)
    except OSError as error:
        raise Trouble(f"The data folder {data} cannot be made: {error.strerror}.") from None
    free = shutil.disk_usage(data).free
    if free < ROOM:
        raise Trouble(f"The disk of {data} is full: {free >> 20} MB are free, {ROOM >> 20} MB are needed.")


def secret_key(data):
    """The secret of this installation, made on first use and readable by its owner only."""
    path = data / "keys" / "secret"
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def write_secret(path, text):
    """Writes a whole file or none, readable by its owner only."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def free_port():
    """A TCP port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def in_use(port):
    """Whether something answers on this port of the machine."""
    for address in ("127.0.0.1", "::1"):
        try:
            socket.create_connection((address, port), timeout=1).close()
            return True
        except OSError:
            continue
    return False
