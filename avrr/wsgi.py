"""Where the web server (avrr.web) finds the application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avrr.settings")

application = get_wsgi_application()
# What is loaded by now lives as long as the process: no collection looks at it again, and no page waits for that.
gc.collect()
gc.freeze()
gc.set_threshold(10_000)  # a page makes some thousand objects, all gone with it; the default looks for them every 700
