"""Tells the work table of the rules of this app, and the table of fields what it keeps."""

from django.apps import AppConfig


class ReintegrationConfig(AppConfig):
    name = "reintegration"

    def ready(self):
        from . import fields, work  # noqa: F401
