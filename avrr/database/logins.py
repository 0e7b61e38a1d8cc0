"""With which logins the product connects: the owner of the tables makes and changes them, another one serves people.

In production both are given: DATABASE_URL, and for `prepare` and backups alone DATABASE_OWNER_URL. Elsewhere one
address is enough: it is the owner's, and the login that serves is made beside it, with a password only we can derive.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

WHERE = ("HOST", "PORT", "USER", "PASSWORD")
LIMITS = "-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"  # milliseconds


def logins(env, *, production: bool, secret: str) -> tuple[dict, dict | None]:
    """The login that serves and the owner, each as settings.DATABASES has it; None where the owner is not known."""
    serving = env.db_url("DATABASE_URL", default="postgres://localhost/avrr")
    serving["OPTIONS"] = serving.get("OPTIONS", {}) | {"connect_timeout": 5, "options": LIMITS}
    serving |= {
        "ENGINE": "avrr.database",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": env.int("AVRR_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a transaction is told who acts; a cursor may outlive it
        "TEST": {"NAME": env.str("AVRR_TEST_DATABASE", default="test_avrr")},
    }
    if env.str("DATABASE_OWNER_URL", default=""):
        return serving, env.db_url("DATABASE_OWNER_URL")
    if production:
        return serving, None
    mark = hashlib.sha256(secret.encode()).hexdigest()[:8]
    password = hmac.new(secret.encode(), b"database login", hashlib.sha256).hexdigest()
    return serving | {"USER": f"homeward_app_{mark}", "PASSWORD": password}, serving


def connect_as(login: dict) -> None:
    """From now on the default connection is this login's."""
    connection.close()
    connection.settings_dict.update({name: login[name] for name in WHERE})


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the default connection is the owner's, who may do everything and acts for nobody.

    Raises ImproperlyConfigured where the owner is not known, and while a transaction is open.
    """
    before = {name: connection.settings_dict[name] for name in WHERE}
    if settings.DATABASE_OWNER is None:
        raise ImproperlyConfigured("DATABASE_OWNER_URL must name the login that owns the tables.")
    if before["USER"] == settings.DATABASE_OWNER["USER"]:
        yield
        return
    if connection.in_atomic_block:
        raise ImproperlyConfigured("The owner of the tables does not join a transaction of the product.")
    connect_as(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        connect_as(before)
