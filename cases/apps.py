"""Tells accounts what people can have in hand, and the work table its words."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self):
        from . import holdings, work_kinds  # noqa: F401
