"""`manage.py seed --cases N --seed S`: invents many complete cases, to measure with."""

import time
from datetime import date

from django.core.management import call_command
from django.core.management.base import BaseCommand

from avrr.database.logins import as_owner
from bench import seed as bulk


class Command(BaseCommand):
    help = "Adds invented cases by bulk writes; the same for the same seed and day."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, help="the day on which the stories end")

    def handle(self, *, cases, seed: int, today, verbosity=1, **_):
        began = time.monotonic()
        call_command("load_reference", verbosity=0)
        with as_owner():  # rows in bulk, with indexes and triggers put aside
            bulk.seed(cases, seed, today, self.stdout.write if verbosity else lambda text: None)
        if verbosity:
            self.stdout.write(f"{cases} cases in {time.monotonic() - began:.1f} seconds.")
