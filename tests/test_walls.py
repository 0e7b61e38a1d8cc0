"""Nobody answers for a question: the database refuses it. What each group may do is what the program gives it."""

import contextlib
import io
from threading import Thread

import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction

from accounts.models import User
from accounts.principal import (
    ANYBODY,
    AUDITOR,
    GROUPS,
    OFFICE,
    PARTNER,
    SYSTEM,
    Principal,
    acting_as,
    anybody,
    current,
    principal_of,
    the_system,
)
from avrr.celery import app
from avrr.database.logins import as_owner
from avrr.database.walls import case_tables, history_tables
from cases.models import Case, Event
from tests import make
from tests.people import USERS

REFUSED = "permission denied for table"


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def answers(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_a_question_for_which_nobody_answers_is_refused(cast):
    case = make.opened(cast)
    for question in (Case.objects.count, User.objects.first, case.save, lambda: Event.objects.all().delete()):
        with pytest.raises(ProgrammingError, match=REFUSED), acting_as(None), transaction.atomic():
            question()
    assert Case.objects.count() == 1, "and what was refused harms nothing else"


@pytest.mark.parametrize("table", sorted(case_tables()))
def test_who_is_not_signed_in_sees_no_table_of_cases(db, table):
    for verb in (f"SELECT FROM {table}", f"DELETE FROM {table}", f"TABLE {table}"):
        with pytest.raises(ProgrammingError, match=REFUSED), acting_as(anybody), transaction.atomic():
            answers(verb)


def test_history_is_only_added_to(cast):
    make.opened(cast)
    assert "cases_casehistory" in history_tables()
    for table in sorted(history_tables()):
        for verb in (f"UPDATE {table} SET pgh_label = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
                answers(verb)


@pytest.mark.parametrize("name", USERS)
def test_each_person_acts_with_their_group(cast, name):
    user = getattr(cast, name)
    group = {"ada": ANYBODY, "audit": AUDITOR, "horizon": PARTNER, "hawa": PARTNER, "lantern": PARTNER}.get(
        name, OFFICE
    )
    assert principal_of(user) == Principal(group, user.pk, user.organisation_id)
    with acting_as(principal_of(user)):
        assert role() == group
        assert answers("SELECT current_setting('app.organisation')") == [(str(user.organisation_id),)]
    user.is_active = False
    assert principal_of(user) == anybody


def test_an_auditor_reads_what_was_done_and_no_content(cast, audit):
    make.opened(cast)
    with acting_as(principal_of(audit)):
        assert answers("SELECT e.verb, c.reference FROM cases_event e JOIN cases_case c ON c.id = e.case_id")
        for content in ("note FROM cases_event", "subject FROM cases_event", "return_place FROM cases_case",
                        "name FROM cases_person"):  # fmt: skip
            with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
                answers(f"SELECT {content}")


def test_the_system_and_a_stranger(db):
    assert principal_of(User.objects.the_system()).group == SYSTEM
    assert principal_of(AnonymousUser()) == anybody


def test_what_was_told_is_told_again_after_a_savepoint(cast, amina):
    with acting_as(principal_of(amina)), transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting_as(the_system):
            assert role() == SYSTEM
            raise ZeroDivisionError
        assert role() == OFFICE
        with pytest.raises(ProgrammingError), transaction.atomic():
            answers("SELECT nothing FROM nowhere")
        assert role() == OFFICE


def test_what_is_told_ends_with_the_transaction(transactional_db):
    with transaction.atomic():
        assert role() == SYSTEM
    raw = connection.connection
    for told in (lambda: None, lambda: User.objects.count()):
        told()
        with acting_as(None):
            assert answers("SELECT session_user = current_user, current_setting('app.user', true)") == [(True, "")]
    assert connection.connection is raw


def test_a_statement_alone_is_told_too(transactional_db):
    assert not connection.in_atomic_block and role() == SYSTEM
    with acting_as(anybody), pytest.raises(ProgrammingError, match=REFUSED):
        Case.objects.count()
    assert Case.objects.count() == 0


def test_a_thread_of_its_own_acts_for_nobody(transactional_db):
    seen = []

    def ask():
        try:
            seen.append(User.objects.count())
        except ProgrammingError as error:
            seen.append(str(error))
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert REFUSED in seen[0]


def test_copy_needs_a_transaction(transactional_db):
    with pytest.raises(psycopg2.InterfaceError, match="need a transaction"), connection.cursor() as cursor:
        cursor.copy_expert("COPY accounts_office FROM STDIN", io.StringIO(""))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert("COPY accounts_office FROM STDIN", io.StringIO(""))


def test_the_login_that_serves_owns_nothing_and_inherits_nothing(db):
    login = settings.DATABASE["USER"]
    with as_owner_beside() as ask:
        assert ask("SELECT rolsuper, rolinherit, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
                   " WHERE rolname = %s", login) == [(False,) * 5]  # fmt: skip
        assert not ask("SELECT relname FROM pg_class WHERE relowner = %s::regrole", f'"{login}"')
        granted = "SELECT table_name, grantee FROM information_schema.table_privileges WHERE table_schema = 'public'"
        assert not ask(f"{granted} AND grantee IN (%s, 'PUBLIC')", login)
        groups = ask(
            "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)", [*GROUPS]
        )
        assert sorted(groups) == sorted((group, False, False, False) for group in GROUPS)


@contextlib.contextmanager
def as_owner_beside():
    """Asks the catalogue over a connection of the owner's beside the test's own."""
    facts = connection.get_connection_params() | {"user": settings.DATABASE_OWNER["USER"]}
    facts = {name: value for name, value in facts.items() if name not in ("connection_factory", "cursor_factory")}
    with contextlib.closing(psycopg2.connect(**facts)) as raw, raw.cursor() as cursor:

        def ask(sql, *values):
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else None

        yield ask
        raw.commit()


def test_an_installation_whose_wall_is_open_is_not_ready(transactional_db, client):
    assert client.get("/readyz").json()["walls"] == "stand"
    with as_owner_beside() as ask:
        ask(f'GRANT SELECT ON cases_case TO "{settings.DATABASE["USER"]}"')
    try:
        answer = client.get("/readyz")
    finally:
        with as_owner_beside() as ask:
            ask(f'REVOKE ALL ON cases_case FROM "{settings.DATABASE["USER"]}"')
    assert (answer.status_code, answer.json()["walls"]) == (503, "open")


def test_the_owner_does_not_join_a_transaction(db):
    with pytest.raises(Exception, match="does not join"), as_owner():
        pass


def test_a_task_acts_as_the_system():
    @app.task
    def who():
        return current()

    with acting_as(None):
        assert who() == the_system and current() is None


def test_a_request_acts_for_who_asks_and_leaves_nothing_behind(cast, client, amina):
    """With a session and with a key."""
    make.opened(cast)
    _token, secret = make.key(amina)
    client.force_login(amina)
    seen = []

    def notice(go, *rest):
        seen.append(current())
        return go(*rest)

    for address, headers in (("/cases/", {}), ("/api/v1/cases/", {"Authorization": f"Bearer {secret}"})):
        seen.clear()
        with acting_as(None), connection.execute_wrapper(notice):
            assert client.get(address, headers=headers).status_code == 200
            assert current() is None
        assert seen[0] == anybody and seen[-1] == principal_of(amina)
        assert set(seen) == {anybody, principal_of(amina)}
        client.logout()
