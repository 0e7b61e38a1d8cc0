"""`manage.py migrate`: as the owner of the tables; afterwards every group has the rights the program gives it."""

from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import ProgrammingError

from avrr.database.logins import as_owner
from avrr.database.walls import make_roles, raise_walls

NO_ROLES = "The login that owns the tables must be allowed to make roles: ALTER ROLE owner CREATEROLE."


class Command(migrate.Command):
    def execute(self, *args, **options):
        with as_owner():  # the checks that come before ask the database, too
            try:
                make_roles()
            except ProgrammingError:
                raise CommandError(NO_ROLES) from None
            super().execute(*args, **options)

    def handle(self, *args, **options):
        super().handle(*args, **options)
        call_command("createcachetable", verbosity=0)
        raise_walls()
