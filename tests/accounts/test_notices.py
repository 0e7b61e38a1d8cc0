"""No message is lost or made twice: not by a refused mail, a killed process, two senders at once, or a lost broker."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextvars import copy_context
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts import bell, notices
from accounts.models import Notice, NoticeState
from accounts.notices import deliver, tell
from tests.accounts.gateway import Gateway, running
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)
KIND = {"kind": "case_assigned", "reference": "AVRR-FR-2026-000001-1"}


@pytest.fixture
def people():
    return Cast()


# A sender whose lease lasts longer than any test.
SENDER = """
import datetime, django
django.setup()
from accounts import notices, principal
principal.become(principal.the_system)
notices.LEASE = datetime.timedelta(hours=1)
notices.deliver()
"""


def say(person, *keys):
    for key in keys:
        tell(person, key=key, **KIND)


def again():
    """Time has passed: leases have ended, and what was put off is due."""
    Notice.objects.filter(state=NoticeState.PENDING).update(lease_until=None, not_before=timezone.now())


def states():
    return sorted(Notice.objects.values_list("state", flat=True))


def test_one_key_is_one_notice_for_ever(people):
    assert tell(people.amina, key="a", **KIND) is True
    assert tell(people.amina, key="a", **KIND) is False
    assert tell(people.claire, key="a", **KIND) is True, "another person is told for themselves"
    assert Notice.objects.count() == 2


def test_a_notice_lives_and_dies_with_what_it_tells(people):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        say(people.amina, "a")
        raise ZeroDivisionError
    assert Notice.objects.count() == 0


def test_the_mail_says_where_to_look_and_nothing_about_anybody(people, settings):
    settings.ADDRESS = "https://homeward.example"
    with running(Gateway(), settings) as gateway:
        say(people.amina, "a")
        assert deliver() == 1 and deliver() == 0
    (letter,) = gateway.letters.values()
    notice = Notice.objects.get()
    assert letter["To"] == "amina@demo.example" and KIND["reference"] in letter["Subject"]
    assert letter["Message-ID"] == f"<notice-{notice.pk}@localhost>"
    assert letter["Idempotency-Key"] == f"notice-{notice.pk}"
    assert f"https://homeward.example/cases/{KIND['reference']}/" in letter.get_content()
    assert notice.state == NoticeState.SENT and notice.sent_at


def test_a_mail_speaks_the_language_of_its_reader(people, settings):
    people.amina.language = "fr"
    people.amina.save()
    say(people.amina, "a")
    with running(Gateway(), settings) as gateway:
        assert deliver() == 1
    (letter,) = gateway.letters.values()
    assert letter["Subject"] == f"{KIND['reference']} vous est confié"
    body = letter.get_content().replace("\xa0", " ").replace("\r\n", "\n").strip()
    assert body == (
        f"Vous vous occupez maintenant de {KIND['reference']}, avec tout ce qui y attend.\n\n"
        f"L’ouvrir : /cases/{KIND['reference']}/"
    )


def test_whoever_has_no_access_any_more_gets_no_mail(people, settings):
    say(people.amina, "a")
    people.amina.is_active = False
    people.amina.save()
    with running(Gateway(), settings) as gateway:
        assert deliver() == 0
    assert gateway.delivered == 0 and states() == ["dead"]


def test_nothing_is_lost_or_doubled_at_a_gateway_that_misbehaves(people, settings):
    manners = ["refuse", "take", "forget", "take", "vanish", "refuse", "take"]
    with running(Gateway(lambda attempt: manners[attempt % len(manners)]), settings) as gateway:
        say(people.amina, *map(str, range(60)))
        for _round in range(15):
            deliver()
            again()
    assert states() == ["sent"] * 60
    assert gateway.delivered == 60
    assert set(gateway.ledger) == {f"<notice-{pk}@localhost>" for pk in Notice.objects.values_list("pk", flat=True)}
    assert gateway.attempts > 60 and max(gateway.ledger.values()) > 1, "the gateway did misbehave"


@pytest.fixture
def steady(monkeypatch):
    """A clock that stands still, and waits that are not spread by chance."""
    monkeypatch.setattr(notices.random, "random", lambda: 0)
    with time_machine.travel(timezone.now(), tick=False):
        yield


def refused(times) -> list[int]:
    """One notice tried so many times at a gateway that refuses it; the seconds until each next try."""
    waits = []
    for _round in range(times):
        again()
        deliver()
        waits.append((Notice.objects.get().not_before - timezone.now()).total_seconds())
    return waits


def told_days_ago(days):
    Notice.objects.update(told_at=timezone.now() - timedelta(days=days))


def test_without_a_gateway_it_is_tried_again_each_hour(people, settings, steady):
    with running(Gateway(lambda attempt: "refuse"), settings):
        say(people.amina, "a")
        assert refused(12) == [30, 60, 120, 240, 480, 960, 1920, *[3600] * 5]


def test_a_gateway_that_is_away_for_days_loses_nothing(people, settings, steady):
    with running(Gateway(lambda attempt: "refuse" if attempt <= 60 else "take"), settings) as gateway:
        say(people.amina, "a")
        told_days_ago(13)
        refused(60)
        assert states() == ["pending"]
        again()
        assert deliver() == 1
    assert gateway.delivered == 1 and states() == ["sent"]


def test_after_two_weeks_it_is_given_up_and_that_is_said(people, settings, steady, client, caplog):
    with running(Gateway(lambda attempt: "refuse"), settings):
        say(people.amina, "a")
        told_days_ago(15)
        refused(notices.ATTEMPTS - 1)
        assert states() == ["pending"], "a clock that stood for weeks gives nothing up at once"
        assert client.get("/readyz").json()["oldest_undelivered_notice_seconds"] == 15 * 86400
        refused(1)
    assert states() == ["dead"]
    assert [record.msg for record in caplog.records if record.levelname == "ERROR"] == ["notice given up"]
    told = client.get("/readyz").json()
    assert (told["notices_given_up"], told["oldest_undelivered_notice_seconds"]) == (1, None)
    Notice.objects.update(read_at=timezone.now())
    assert client.get("/readyz").json()["notices_given_up"] == 0, "it was read in the list"


def test_what_was_read_in_the_list_meanwhile_is_not_tried_again(people, settings, steady):
    with running(Gateway(lambda attempt: "refuse"), settings):
        say(people.amina, "a")
        refused(1)
        Notice.objects.update(read_at=timezone.now())
        refused(1)
    assert states() == ["dead"]
    assert not Notice.objects.given_up().exists()


def test_a_notice_that_cannot_be_written_keeps_no_other_waiting(people, settings):
    tell(people.amina, "no_such_words", key="a")
    say(people.amina, "b")
    with running(Gateway(), settings) as gateway:
        assert deliver() == 1
    assert gateway.delivered == 1 and states() == ["pending", "sent"]


def test_two_senders_at_once_send_each_once(people, settings):
    say(people.amina, *map(str, range(50)))
    sent = []

    def one():
        sent.append(deliver())
        connection.close()

    with running(Gateway(), settings) as gateway:
        threads = [threading.Thread(target=copy_context().run, args=[one]) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(sent) == 50 and gateway.attempts == 50 and states() == ["sent"] * 50


def test_a_killed_sender_is_made_good_by_the_next(people, settings):
    """kill -9 after the gateway has taken a mail and before we know: it goes out again, with the same Message-ID."""
    say(people.amina, "a", "b", "c")
    with running(Gateway(lambda attempt: "wait" if attempt == 2 else "take"), settings) as gateway:
        process = subprocess.Popen(
            [sys.executable, "-c", SENDER],
            env=os.environ | {"DATABASE_URL": test_database(), "EMAIL_URL": f"smtp://127.0.0.1:{gateway.port}"}
            | {"DJANGO_SETTINGS_MODULE": "avrr.settings"},
        )  # fmt: skip
        wait_for(lambda: gateway.attempts == 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert states() == ["pending", "pending", "sent"]
        assert deliver() == 0, "the lease of the dead sender still holds"
        again()
        assert deliver() == 2
    assert states() == ["sent"] * 3
    assert gateway.delivered == 3 and gateway.attempts == 4


def test_a_lost_broker_is_forgotten_and_nothing_with_it(people, settings):
    with socket.socket() as silent:  # takes calls and never answers: worse than a broker that is not there
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for address in ("redis://127.0.0.1:1/0", f"redis://127.0.0.1:{silent.getsockname()[1]}/0"):
            with broker_at(address):
                say(people.amina, address)
                bell.ring("accounts.tasks.deliver_notices")
    with running(Gateway(), settings) as gateway:
        assert deliver() == 2, "the rows are the truth; the clock finds them"
    assert gateway.delivered == 2


def test_a_bell_is_waited_for_by_nobody_and_many_for_the_same_are_one(monkeypatch):
    """A broker that answers only after the last call: whoever waited for it would never come to let it answer."""
    rung, gate = [], threading.Event()
    monkeypatch.setattr(bell.current_app, "send_task", lambda task, **_: (gate.wait(60), rung.append(task)))
    for _number in range(1000):
        bell.ring("accounts.tasks.deliver_notices")
    assert rung == []
    gate.set()
    bell._ringer.submit(lambda: None).result(timeout=20)
    assert 1 <= len(rung) <= 2


def test_my_messages_in_words_marked_as_read(people, client):
    say(people.amina, *map(str, range(30)))
    say(people.claire, "not mine")
    client.force_login(people.amina)
    page = client.get("/messages/").content.decode()
    assert page.count("was given to you") == 25 and "?before=" in page and "Mark all as read" in page
    newest = Notice.objects.filter(recipient=people.amina).latest("pk")
    assert client.get(f"/messages/{newest.pk}/").url == f"/cases/{KIND['reference']}/"
    newest.refresh_from_db()
    assert newest.read_at
    theirs = Notice.objects.get(recipient=people.claire)
    assert client.get(f"/messages/{theirs.pk}/").status_code == 404
    client.post("/messages/read/")
    assert not Notice.objects.filter(recipient=people.amina, read_at=None).exists()
    assert Notice.objects.filter(recipient=people.claire, read_at=None).exists()


def test_every_kind_that_is_told_has_its_words(people):
    """Whatever the code tells has a template whose first line is a subject."""
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    code = "\n".join(
        path.read_text()
        for app in ("accounts", "cases", "reintegration", "referrals", "reports")
        for path in (root / app).rglob("*.py")
    )
    kinds = set(re.findall(r"\btell\(\s*[\w.]+,\s*\"(\w+)\"", code)) | set(re.findall(r"kind=\"(\w+)\", context", code))
    kinds |= set(re.findall(r"_tell_partner\(\w+, \"(\w+)\"", code)) | {"work_due", "work_late", "handover_reminder"}
    there = {path.stem for path in (root / "templates" / "notices").glob("*.txt")}
    assert kinds <= there, kinds - there
    for kind in sorted(there):
        subject, body = notices.words_of(told_of(kind, people.amina))
        assert 5 < len(subject) < 90 and "\n" not in subject and "/" in body and "{" not in subject + body, kind
    people.amina.language = "fr"
    for kind in sorted(there):
        english = notices.words_of(told_of(kind, people.amina))
        letter = notices.mail_of(told_of(kind, people.amina))
        assert letter.subject != english[0], kind
        alike = {*filter(None, letter.body.splitlines())} & {*english[1].splitlines()}
        alike = {line for line in alike if not line.startswith("/")}  # a link that stands alone
        assert not alike, f"{kind} says in English: {alike}"


def told_of(kind, recipient) -> Notice:
    """A notice of a kind, with every fact that any of them tells."""
    facts = {"work": "book_travel", "due_on": "2026-03-10", "away_from": "2026-03-10", "away_until": "2026-03-11"}
    return Notice(pk=1, recipient=recipient, kind=kind, context=facts | {"reference": "R", "version": 2, "site": ""})


def test_database() -> str:
    """The address of the database of this very test, for a process of its own."""
    facts, owner = connection.get_connection_params(), settings.DATABASE_OWNER
    login = quote(owner["USER"]) + (f":{quote(owner['PASSWORD'])}" if owner["PASSWORD"] else "")
    host = facts.get("host", "")
    if host.startswith("/"):
        return f"postgres://{login}@/{facts['dbname']}?host={host}"
    return f"postgres://{login}@{host}:{facts.get('port', 5432)}/{facts['dbname']}"


test_database.__test__ = False


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


class broker_at:  # noqa: N801 (reads as a phrase)
    """The queue is elsewhere for a while."""

    def __init__(self, address):
        self.address = address

    def __enter__(self):
        self.before = current_app.conf.broker_url
        self._move(self.address)

    def __exit__(self, *_):
        bell._ringer.submit(lambda: None).result(timeout=60)  # all bells have been tried
        self._move(self.before)

    def _move(self, address):
        current_app.conf.broker_url = address
        current_app.pool.force_close_all()
        current_app._pool = current_app.amqp._producer_pool = None
