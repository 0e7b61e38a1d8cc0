"""`manage.py seed_demo`: invents the people and cases of the demo, once."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from avrr import demo


class Command(BaseCommand):
    help = "Invents the demo; does nothing when its people are already there."

    def handle(self, *, verbosity=1, **_):
        with transaction.atomic():
            call_command("load_reference", verbosity=0)
            made = demo.invent()
        if verbosity:
            self.stdout.write("The demo is ready." if made else "The demo was already there.")
