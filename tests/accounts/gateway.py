"""A mail gateway for tests: a real SMTP server that keeps a ledger by Message-ID and can misbehave on purpose."""

import asyncio
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from avrr.folder import free_port


class Gateway:
    """`ledger` counts how often each Message-ID was taken; a gateway that honours keys delivers each of them once.

    `behave(attempt)` names what happens to the n-th message: "take", "refuse" (451, not taken), "forget" (taken, but
    answered with 451), "vanish" (taken, then the line is cut), "wait" (taken, answered after a long time).
    """

    def __init__(self, behave=lambda attempt: "take"):
        self.behave, self.attempts = behave, 0
        self.ledger, self.letters = Counter(), {}
        self.port = free_port()

    async def handle_DATA(self, server, _session, envelope):
        self.attempts += 1
        manner = self.behave(self.attempts)
        if manner == "refuse":
            return "451 Later, please"
        letter = message_from_bytes(envelope.original_content, policy=policy.default)
        self.ledger[letter["Message-ID"]] += 1
        self.letters[letter["Message-ID"]] = letter
        if manner == "vanish":
            server.transport.abort()
        if manner == "wait":
            await asyncio.sleep(30)
        return "451 Later, please" if manner == "forget" else "250 Kept"

    @property
    def delivered(self) -> int:
        """What people find in their mailboxes if keys are honoured."""
        return len(self.ledger)


@contextmanager
def running(gateway: Gateway, settings):
    """The gateway answers, and the product sends its mail there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", gateway.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    server = Controller(gateway, hostname="127.0.0.1", port=gateway.port)
    server.start()
    try:
        yield gateway
    finally:
        server.stop()
