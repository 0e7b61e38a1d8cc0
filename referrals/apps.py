"""Tells the work table of the rules of this app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self):
        from . import work  # noqa: F401
