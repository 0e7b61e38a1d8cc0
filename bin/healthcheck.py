"""Asks the web server of this container whether it is ready, under a name it serves; exit code 0 means yes."""

import os
import sys
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"
port = os.environ.get("AVRR_BIND", "127.0.0.1:8000").split(",")[0].rpartition(":")[2]
request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": host})  # noqa: S310
try:
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
        sys.exit(answer.status != 200)
except OSError as error:
    sys.exit(f"not ready: {error}")
