"""`manage.py prepare`: brings database and files to the state of this program; safe to run at every start."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from avrr import assets
from avrr.database.logins import as_owner

from .seed_demo import NO_DEMO

FIRST_LINK = "first link: "


class Command(BaseCommand):
    help = "Migrates, loads reference data, compiles translations and static files; with --demo invents people."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="invent the demo's people when there is no user")
        parser.add_argument("--files-only", action="store_true", help="leave the database alone, to build an image")

    def handle(self, *, demo, files_only, **_):
        if demo and not settings.DEMO:
            raise CommandError(NO_DEMO)
        if not files_only:
            self.reach_database()
        self.make_files()
        if not files_only:
            self.make_data(demo)

    def make_data(self, demo):
        self.migrate()
        call_command("load_reference", verbosity=0)
        if not self.has_users():
            self.make_demo() if demo else self.offer_first_link()

    def make_files(self):
        assets.compile_messages(settings.LOCALE_PATHS[0])
        if assets.collect_static():
            self.say("Static files collected.")

    def reach_database(self):
        """Raises CommandError, in one sentence, when DATABASE_URL leads nowhere."""
        try:
            with as_owner():
                connection.ensure_connection()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        except Error as error:
            reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
            raise CommandError(f"The database of DATABASE_URL cannot be used: {reason}") from None

    def migrate(self):
        with as_owner():
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            self.say(f"{len(missing)} migrations to apply.")
        call_command("migrate", interactive=False, verbosity=0)

    def has_users(self):
        from accounts.models import User
        from accounts.roles import Role

        return User.objects.exclude(role=Role.SYSTEM).exists()

    def make_demo(self):
        """All of the demo or nothing: an interrupted start invents it anew."""
        self.say("Inventing the people of the demo.")
        call_command("seed_demo", verbosity=0)

    def offer_first_link(self):
        from accounts.lifecycle import first_link

        self.say(f"{FIRST_LINK}{first_link()}")

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
