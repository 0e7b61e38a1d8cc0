"""`manage.py load_reference`: the words people agree to and sign, which every installation needs.

Texts live in cases/data/legal, one file per language. A text once loaded is never changed: people have signed it. New
words come as a new version, in the file or by the agency itself.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.models import LegalText, Scope

FOLDER = Path(__file__).resolve().parents[2] / "data" / "legal"


class Command(BaseCommand):
    help = "Loads the reference data of every installation; safe to run at every start."

    def handle(self, *, verbosity=1, **_):
        before = LegalText.objects.count()
        LegalText.objects.bulk_create(texts(), ignore_conflicts=True)
        if verbosity:
            self.stdout.write(f"{LegalText.objects.count() - before} legal texts loaded.")


def texts() -> list[LegalText]:
    """Every text of every language file. Raises CommandError when a language lacks a scope."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if missing := set(Scope) - set(content["texts"]):
            raise CommandError(f"{path.name} has no text for: {', '.join(sorted(missing))}")
        found += [
            LegalText(
                scope=scope,
                language=path.stem,
                version=content["version"],
                body="\n\n".join(text["body"]),
                if_no="\n\n".join(text["if_no"]),
                reviewed_by=content["reviewed_by"],
                reviewed_on=content["reviewed_on"],
            )
            for scope, text in content["texts"].items()
        ]
    return found
