"""Tells Django of this app, and the table of fields what it keeps."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from . import own_fields  # noqa: F401
