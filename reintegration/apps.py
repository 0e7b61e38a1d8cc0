"""Tells the work table of the rules of this app."""

from django.apps import AppConfig


class ReintegrationConfig(AppConfig):
    name = "reintegration"

    def ready(self):
        from . import work  # noqa: F401
