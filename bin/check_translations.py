"""Whether every word of the screens is translated; with --write, brings the catalogues up to date with the sources.

The sources are read in a copy, so that a check changes nothing. gettext is needed here, never to run the program.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["fr"]
DOMAINS = ["django", "djangojs"]
SOURCES = ["accounts", "avrr", "cases", "reintegration", "referrals", "reports", "templates", "static", "locale"]
PLACEHOLDER = re.compile(r"%\([^)]+\)[sd]|%[sd]|\{[a-z_0-9]*\}")
SKIPPED = shutil.ignore_patterns("vendor", "__pycache__", "*.mo", "migrations", "fonts")


def collect(root, language, domain):
    """Runs makemessages in `root`."""
    command = [sys.executable, "manage.py", "makemessages", "-l", language, "-d", domain]
    command += ["--no-location", "--no-wrap", "-v", "0"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)  # noqa: S603


def fresh(folder):
    """The catalogues as the sources ask for them, made in a copy under `folder`: {path: catalogue}."""
    root = Path(folder)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=SKIPPED)
    shutil.copy(ROOT / "manage.py", root)
    (root / "locale").mkdir(exist_ok=True)
    for language in LANGUAGES:
        for domain in DOMAINS:
            collect(root, language, domain)
    return {po.relative_to(root): polib.pofile(str(po)) for po in sorted(root.glob("locale/*/LC_MESSAGES/*.po"))}


def faults(path, wanted):
    """What is wrong with the catalogue at `path`, one sentence each."""
    if not (ROOT / path).exists():
        return [f"{path} is missing."] if any(not entry.obsolete for entry in wanted) else []
    there = polib.pofile(str(ROOT / path))
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in there if not entry.obsolete}
    asked = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in wanted if not entry.obsolete}
    found = [f"{path}: not in the catalogue: {key[1]!r}" for key in sorted(asked - known, key=str)]
    found += [f"{path}: no longer in the sources: {key[1]!r}" for key in sorted(known - asked, key=str)]
    for entry in there:
        if not entry.obsolete:
            found += [f"{path}: {fault}: {entry.msgid!r}" for fault in entry_faults(entry)]
    return found


def entry_faults(entry):
    """What is wrong with one translation."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts):
        return ["not translated"]
    if entry.fuzzy:
        return ["fuzzy"]
    # A singular may say «one» instead of the number, so plural forms may use fewer placeholders, never others.
    wanted = sorted(PLACEHOLDER.findall(entry.msgid))
    many = set(PLACEHOLDER.findall(entry.msgid_plural)) | set(wanted)
    if entry.msgid_plural:
        return [] if all(set(PLACEHOLDER.findall(text)) <= many for text in texts) else ["placeholders differ"]
    return [] if sorted(PLACEHOLDER.findall(entry.msgstr)) == wanted else ["placeholders differ"]


def main(write):
    if write:
        for language in LANGUAGES:
            for domain in DOMAINS:
                collect(ROOT, language, domain)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = [fault for path, wanted in fresh(folder).items() for fault in faults(path, wanted)]
    print("\n".join(found) or "Every word is translated.")  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv))
