"""Seeded cases are the same for the same seed, and what the rules of the product would have made of them."""

import hashlib
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from avrr.database.logins import as_owner
from bench.seed import seed
from bench.seed.book import COLUMNS
from cases.models import Case, Counter, Person, SharedCase, SharedPerson, Work, searchable
from cases.references import is_sound
from cases.work import settle
from reintegration.models import FollowUp, Grant, Payment, Plan

pytestmark = pytest.mark.django_db
CASES = 200


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """Seeded once for all questions of this file, and taken back afterwards."""
    with django_db_blocker.unblock(), as_owner(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        seed(CASES, 7)
        yield
        transaction.set_rollback(True)


def content() -> str:
    """One hash over every row of every seeded table."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model, *_columns in COLUMNS.values():
            cursor.execute(f"SELECT md5(string_agg(row::text, '|' ORDER BY id)) FROM {model._meta.db_table} row")
            digest.update(f"{model.__name__} {cursor.fetchone()[0]}".encode())
    return digest.hexdigest()


def what_waits(case: Case) -> dict:
    work = Work.objects.filter(case=case, done_at=None).order_by("pk").values()
    copies = SharedPerson.objects.filter(shared__case=case).order_by("pk").values()
    rows = {
        "case": Case.objects.filter(pk=case.pk).values(),
        "work": work,
        "share": SharedCase.objects.filter(case=case).order_by("pk").values(),
        "copy": copies,
        "follow-up": FollowUp.objects.filter(case=case).order_by("pk").values(),
    }
    return {(kind, row["id"], name): value for kind, of in rows.items() for row in of for name, value in row.items()}


class Again(Exception):
    pass


def hash_of(number: int) -> str:
    """The content after one more seeding, which is taken back."""
    with pytest.raises(Again), transaction.atomic():
        seed(CASES, number, date(2026, 5, 4))
        hash_of.last = content()
        raise Again
    return hash_of.last


def test_the_same_seed_gives_the_same_content(seeded):
    first = hash_of(1)
    assert hash_of(1) == first
    assert hash_of(2) != first


def test_there_are_as_many_cases_as_asked_for_in_all_stages(seeded):
    assert Case.objects.count() == CASES
    assert set(Case.objects.values_list("stage", flat=True)) == set(
        Case.stage.field.choices and dict(Case.stage.field.choices)
    )
    assert all(map(is_sound, Case.objects.values_list("reference", flat=True)))
    assert all(map(is_sound, Grant.objects.values_list("reference", flat=True)))


def test_every_table_is_filled(seeded):
    rare = {"ChildDecision", "Concern", "Remigration", "ContactAttempt", "FitToTravel"}
    empty = {model.__name__ for model, *_columns in COLUMNS.values() if not model.objects.exists()}
    assert empty <= rare


def test_the_rules_agree_with_what_was_seeded(seeded):
    """Open work, what the partner sees, follow-ups: settling changes nothing."""
    for case in Case.objects.still_open().order_by("pk"):
        before = what_waits(case)
        with transaction.atomic():
            settle(Case.objects.select_for_update().get(pk=case.pk))
        after = what_waits(case)
        changed = {at: (before.get(at), after.get(at)) for at in before | after if before.get(at) != after.get(at)}
        assert not changed, (case.reference, case.stage)


def test_nothing_waits_in_a_closed_case(seeded):
    assert not Work.objects.open().filter(case__stage="closed").exists()
    assert not SharedPerson.objects.filter(shared__case__stage="closed").exists()


def test_references_lead_somewhere(seeded):
    """No trigger checked foreign keys during the load, so all are checked here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.relname, a.attname, r.relname, b.attname FROM pg_constraint c "
            "JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            "JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] WHERE c.contype = 'f'"
        )
        for table, column, target, key in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} x WHERE {column} IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM {target} y WHERE y.{key} = x.{column})"
            )
            assert cursor.fetchone()[0] == 0, f"{table}.{column}"


def test_checks_hold(seeded):
    """Every CHECK constraint of every seeded table, asked anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_expr(conbin, conrelid) FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid = ANY(%s::regclass[])",
            [[model._meta.db_table for model, *_columns in COLUMNS.values()]],
        )
        for table, name, expression in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE NOT ({expression})")
            assert cursor.fetchone()[0] == 0, name


def test_money_keeps_the_rules_of_the_triggers(seeded):
    for plan in Plan.objects.exclude(status="draft"):
        assert plan.total <= plan.cap
    for plan in Plan.objects.filter(status="approved"):
        assert sum(grant.approved_amount for grant in plan.case.grants.committed()) <= plan.cap
    for payment in Payment.objects.filter(kind="grant").select_related("grant"):
        assert payment.programme_amount <= payment.grant.approved_amount
        assert payment.paid_by_id != payment.grant.approved_by_id


def test_names_are_found_and_written_in_several_scripts(seeded):
    for person in Person.objects.all():
        assert person.search_name == searchable(person.name, person.known_as, person.name_original)
    originals = " ".join(Person.objects.values_list("name_original", flat=True))
    for letters in ("აბგდ", "እበተሰ", "عمحس"):
        assert set(letters) & set(originals)


def test_the_next_case_has_the_next_number(seeded):
    for counter in Counter.objects.filter(name__startswith="AVRR"):
        references = Case.objects.filter(reference__startswith=f"{counter.name}-")
        assert references.count() == counter.last
    assert Case.objects.create(**next_case()).pk > CASES


def next_case() -> dict:
    case = Case.objects.values().first()
    return case | {
        "id": None,
        "reference": "AVRR-FR-2026-999999-0",
        "stage": "enquiry",
        "outcome": "",
        "closed_on": None,
    }


def test_nothing_lies_ahead_and_triggers_are_awake_again(seeded):
    case = Case.objects.filter(stage="enquiry").first()
    assert not apps.get_model("cases", "Event").objects.filter(at__gt=timezone.now()).exists()
    with pytest.raises(Exception, match="transition|cannot"), transaction.atomic():  # noqa: B017
        Case.objects.filter(pk=case.pk).update(stage="travelling")


def test_seeded_users_cannot_sign_in_outside_a_demo(seeded):
    user = User.objects.get(email="seed-caseworker-1@seed.example")
    assert not user.has_usable_password()
