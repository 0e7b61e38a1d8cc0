"""What every test has: quick passwords, plain static files. Servers and folders come from tests/services.py."""

from django.conf import settings


def pytest_configure():
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
