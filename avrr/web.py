"""How gunicorn serves the application, on any installation: `gunicorn -c python:avrr.web avrr.wsgi`.

There is no access log: avrr.logs writes one line per request, without addresses, queries or names.
"""

import logging
import os

from gunicorn import glogging

from . import logs


class Logger(glogging.Logger):
    """gunicorn's own messages in the form of ours, and none about requests."""

    def setup(self, cfg):
        logs.configure({"level": cfg.loglevel.upper()})
        self.error_log = logging.getLogger("gunicorn.error")
        self.access_log = logging.getLogger("gunicorn.access")

    def access(self, *_):
        """Requests are told by RequestLogMiddleware."""


bind = os.environ.get("AVRR_BIND", "127.0.0.1:8000").split(",")
worker_class = "gthread"
workers = int(os.environ.get("AVRR_WEB_PROCESSES", "2"))
threads = int(os.environ.get("AVRR_WEB_THREADS", "4"))
preload_app = True  # loaded once, shared by all processes
timeout = 120
graceful_timeout = 5
max_requests = 5000  # a process that has served so many is replaced, which ends slow leaks
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 (heartbeat file)
control_socket_disable = True
logger_class = Logger
