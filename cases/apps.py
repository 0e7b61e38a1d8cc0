"""Tells accounts what people can have in hand."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self):
        from . import holdings  # noqa: F401
