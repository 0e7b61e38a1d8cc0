"""Files the product derives from its sources before it serves: compiled translations and hashed static files.

Both are made again only when their sources changed, so that a start with nothing new costs nothing.
"""

import hashlib
import os
import shutil

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def compile_messages(folder):
    """Compiles each locale/*/LC_MESSAGES/*.po under `folder` that is newer than its .mo; gives their number."""
    stale = [po for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _older(po.with_suffix(".mo"), po)]
    for po in stale:
        with po.open("rb") as source:
            catalogue = read_po(source)
        draft = po.with_suffix(f".{os.getpid()}.new")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(po.with_suffix(".mo"))
    return len(stale)


def _older(made, source):
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def collect_static():
    """Collects and compresses the static files when one of them changed; gives whether it did."""
    stamp = settings.STATIC_ROOT / ".made-from"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return False
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def _static_state():
    digest = hashlib.sha256()
    unserved = apps.get_app_config("staticfiles").ignore_patterns
    for finder in get_finders():
        for path, storage in finder.list(unserved):
            status = os.stat(storage.path(path))
            # Whole seconds: an image keeps no finer times, and must not collect again.
            digest.update(f"{path} {status.st_size} {int(status.st_mtime)}\n".encode())
    return digest.hexdigest()
