"""Tells accounts what people can have in hand, the work table its words, and the table of fields what it keeps."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self):
        from . import fields, holdings, work_kinds  # noqa: F401
