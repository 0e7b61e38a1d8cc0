"""Say a thing to a user once: the row is written with what it tells, the sending may be tried any number of times.

Rules (docs/decisions/0004-messages.md): one row per key for ever; the row and the change it tells live in one
transaction; a sender works only while its lease holds; mail carries no personal data and the same Message-ID on every
attempt, so that a gateway that honours keys delivers once.
"""

import logging
import random
import socket
from datetime import timedelta
from os import getpid

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from .bell import ring
from .models import Notice, NoticeState, User

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
BATCH = 20
# A refused mail is tried again, hourly in the end. Only after both of these is it given up, and /readyz says so.
ATTEMPTS = 20
TRIED_FOR = timedelta(days=14)


def tell(recipient: User, kind: str, *, key: str, **context) -> bool:
    """Tell `recipient` once under `key`; True when this call made the notice, False when it stood already.

    `kind` names templates/notices/<kind>.txt. `context` may hold references, dates and counts, never a name.
    """
    facts = {"recipient": recipient, "kind": kind, "context": context}
    _notice, made = Notice.objects.get_or_create(key=f"{key}:{recipient.pk}"[:160], defaults=facts)
    if made:
        transaction.on_commit(lambda: ring("accounts.tasks.deliver_notices"))
    return made


def tell_many(notices: list[Notice]) -> int:
    """Write down many notices whose keys name their recipients; returns how many were new. One transaction."""
    if not notices:
        return 0
    with transaction.atomic():
        keys = [notice.key for notice in notices]
        standing = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
        fresh = [notice for notice in notices if notice.key not in standing]
        Notice.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            transaction.on_commit(lambda: ring("accounts.tasks.deliver_notices"))
    return len(fresh)


def claim(now=None) -> list[Notice]:
    """Take up to BATCH unsent notices for this process until the lease ends; others pass them by."""
    me = f"{socket.gethostname()}:{getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE accounts_notice n
                  SET lease_until = now() + %s, lease_owner = %s, attempts = attempts + 1
                 FROM (SELECT id FROM accounts_notice
                        WHERE state = 'pending' AND not_before <= now()
                          AND (lease_until IS NULL OR lease_until < now())
                        ORDER BY not_before, id LIMIT %s FOR UPDATE SKIP LOCKED) taken
                WHERE n.id = taken.id RETURNING n.id""",
            [LEASE, me, BATCH],
        )
        taken = [row[0] for row in cursor.fetchall()]
    return list(Notice.objects.filter(pk__in=taken).select_related("recipient").order_by("pk"))


def deliver() -> int:
    """Send what waits; returns how many were sent. Safe to run twice at once, to be killed, to miss a night."""
    sent = 0
    while batch := claim():
        ends = timezone.now() + LEASE - timedelta(seconds=15)
        for notice in batch:
            if timezone.now() > ends:
                return sent
            sent += _send(notice)
    return sent


def words_of(notice: Notice) -> tuple[str, str]:
    """Subject and text of a notice in the active language, from templates/notices/<kind>.txt."""
    facts = {"notice": notice, "link": link_of(notice), **notice.context}
    subject, _line, body = render_to_string(f"notices/{notice.kind}.txt", facts).strip().partition("\n")
    return subject, body.strip()


def place_of(notice: Notice) -> str:
    """The page a notice is about: its own path, the case or grant of its reference, its job, or «My work»."""
    facts = notice.context
    if notice.kind == "sharing_ended":
        return "/messages/"  # the case itself has left the reader's pages
    if notice.kind == "password_forgotten":
        return "/accounts/password/change/"  # whoever reads it here is signed in
    if reference := facts.get("reference"):
        return f"/grants/{reference}/" if reference.startswith("G-") else f"/cases/{reference}/"
    return facts.get("path") or (f"/jobs/{facts['job']}/" if "job" in facts else "/")


def link_of(notice: Notice) -> str:
    """Where a mail leads. The link to a new password is made here, anew for each mail, and kept nowhere."""
    if notice.kind != "password_forgotten":
        return f"{address()}{place_of(notice)}"
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(notice.recipient)
    parts = {"uidb36": user_pk_to_url_str(notice.recipient), "key": key}
    return f"{address() or notice.context['site']}{reverse('account_reset_password_from_key', kwargs=parts)}"


def address() -> str:
    """Where this installation is reached, as «https://homeward.example»; empty when it was not told."""
    return settings.ADDRESS


def mail_of(notice: Notice) -> EmailMessage:
    """The mail of a notice in its recipient's language; Message-ID and key are the same on every attempt."""
    with translation.override(notice.recipient.language):
        subject, body = words_of(notice)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<notice-{notice.pk}@{domain}>", "Idempotency-Key": f"notice-{notice.pk}"}
    return EmailMessage(subject, body, to=[notice.recipient.email], headers=headers)


def _send(notice: Notice) -> bool:
    mine = Notice.objects.filter(pk=notice.pk, state=NoticeState.PENDING, lease_owner=notice.lease_owner)
    if not notice.recipient.is_active:
        mine.update(state=NoticeState.DEAD, lease_until=None)
        return False
    try:
        mail_of(notice).send()
    except Exception as problem:  # one notice that cannot be made must not keep the others waiting
        log.warning("notice not sent", extra={"kind": notice.kind, "problem": type(problem).__name__})
        _put_off(notice, mine)
        return False
    return bool(mine.update(state=NoticeState.SENT, sent_at=timezone.now(), lease_until=None))


def _put_off(notice: Notice, mine) -> None:
    """Another try later, until it was read in the list of messages or the recipient was not reached for two weeks."""
    wait = timedelta(seconds=min(3600, 15 * 2 ** min(notice.attempts, 8)) * (1 - random.random() / 2))  # noqa: S311
    given_up = notice.attempts >= ATTEMPTS and notice.told_at < timezone.now() - TRIED_FOR
    state = NoticeState.DEAD if given_up or notice.read_at else NoticeState.PENDING
    mine.update(state=state, lease_until=None, not_before=timezone.now() + wait)
    if given_up:
        log.error("notice given up", extra={"notice": notice.pk, "kind": notice.kind, "attempts": notice.attempts})
