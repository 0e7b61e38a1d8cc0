"""`manage.py seed_demo`: invents the people and cases of the demo, once."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from avrr import demo
from avrr.database.logins import as_owner

NO_DEMO = "This installation is no demo, and the passwords of the demo are public: AVRR_DEMO=1 would make it one."


class Command(BaseCommand):
    help = "Invents the demo; does nothing when its people are already there."

    def handle(self, *, verbosity=1, **_):
        if not settings.DEMO:
            raise CommandError(NO_DEMO)
        with as_owner(), transaction.atomic():  # days pass in these stories, and in their history
            call_command("load_reference", verbosity=0)
            made = demo.invent()
        if verbosity:
            self.stdout.write("The demo is ready." if made else "The demo was already there.")
