"""What every test has: quick passwords, plain static files, the cast. Servers come from tests/services.py."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone, translation

from accounts.principal import acting_as, the_system

A_TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
NAMES = ("amina", "claire", "bashir", "samuel", "mira", "faye", "ada", "audit", "nadia", "horizon", "hawa", "lantern")


def pytest_configure():
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The owner of the tables makes the test database."""
    from avrr.database.logins import connect_as

    connect_as(settings.DATABASE_OWNER)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests work with the login that serves people, as the product does, and with the walls of a product."""
    from django.test import TransactionTestCase

    from avrr.database.logins import as_owner, connect_as
    from tests.kept import make_keeper

    empty = TransactionTestCase._fixture_teardown

    def empty_as_owner(case):
        with as_owner():
            empty(case)

    with django_db_blocker.unblock():
        make_keeper(settings.DATABASE["USER"])
        connect_as(settings.DATABASE)
        TransactionTestCase._fixture_teardown = empty_as_owner
        yield
        TransactionTestCase._fixture_teardown = empty
        connect_as(settings.DATABASE_OWNER)


@pytest.fixture(autouse=True, scope="session")
def at_work():
    """A test is the office itself, and whoever signs in acts as themselves."""
    with acting_as(the_system):
        yield


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English and in the server's time zone, whatever the one before it left on."""
    with translation.override("en"), timezone.override(None):
        yield


@pytest.fixture
def clock():
    """Office hours of a Tuesday; `clock.shift(timedelta(days=30))` lets time pass."""
    with time_machine.travel(A_TUESDAY) as traveller:
        yield traveller


@pytest.fixture
def cast(db, clock):
    """Everybody, their organisations and their programme (tests/people.py)."""
    from tests.kept import written
    from tests.people import Cast

    cast = Cast()
    cast.clock, cast.written = clock, written()
    return cast


@pytest.fixture
def committed(transactional_db, clock):
    """The cast in a database that threads and other processes share; emptying it took the system's own user along."""
    from accounts.models import User
    from tests.people import Cast

    User.objects.get_or_create(role="system", defaults={"name": "The system", "email": "system@homeward.invalid"})
    return Cast()


def person(name: str):
    @pytest.fixture(name=name)
    def somebody(cast):
        return getattr(cast, name)

    return somebody


globals().update({name: person(name) for name in NAMES})
