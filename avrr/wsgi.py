"""Where the web server (avrr.web) finds the application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avrr.settings")

application = get_wsgi_application()
