"""Who acts, as the database is told (docs/decisions/0012-walls.md).

Each request, task and command acts as somebody. avrr.database tells PostgreSQL with every transaction, which then gives
the rights of that group and no others; a statement for which nobody answers is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from .roles import HOST, PARTNERS, Role

ANYBODY = "homeward_anybody"  # before signing in, and administrators, who work with no case
AUDITOR = "homeward_auditor"  # what was done when by whom, and no word of content
OFFICE = "homeward_office"  # staff of a host agency
PARTNER = "homeward_partner"  # people of an origin-country partner
SYSTEM = "homeward_system"  # the clock, commands, what follows by itself
GROUPS = (ANYBODY, AUDITOR, OFFICE, PARTNER, SYSTEM)
_GROUP = {Role.SYSTEM: SYSTEM, Role.AUDITOR: AUDITOR} | dict.fromkeys(HOST, OFFICE) | dict.fromkeys(PARTNERS, PARTNER)


@dataclass(frozen=True)
class Principal:
    """`group` is a role of the database; `user` and `organisation` are keys, 0 for none."""

    group: str
    user: int = 0
    organisation: int = 0


anybody = Principal(ANYBODY)
the_system = Principal(SYSTEM)

_acting: ContextVar[Principal | None] = ContextVar("acting", default=None)
current = _acting.get
become = _acting.set  # for the rest of what `acting_as` has begun


@contextmanager
def acting_as(principal: Principal | None) -> Iterator[None]:
    """Inside the block the database gives the rights of `principal`; with None it gives those of the login itself."""
    token = _acting.set(principal)
    try:
        yield
    finally:
        _acting.reset(token)


def principal_of(user) -> Principal:
    """As whom a user of the product acts; somebody who is not signed in or no longer active has nobody's rights."""
    if not user.is_authenticated or not user.is_active:
        return anybody
    return Principal(_GROUP.get(user.role, ANYBODY), user.pk, user.organisation_id or 0)
