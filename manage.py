#!/usr/bin/env python
"""The command line of the application; `python manage.py up` starts everything."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avrr.settings")
    from django.core.management import execute_from_command_line

    from accounts.principal import acting_as, the_system

    with acting_as(the_system):
        execute_from_command_line(sys.argv)
