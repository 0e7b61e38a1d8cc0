"""How a program signs in to the API: a key of its own, kept only as a hash, with an end date.

An administrator arranges a key and never sees it: only the person in whose name it works collects the secret
(docs/decisions/0007-keys.md).
"""

import hashlib
from datetime import timedelta

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions

from .models import ApiToken
from .principal import become, principal_of

TERM = timedelta(days=365)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def collect(token: ApiToken) -> str:
    """The secret of a key that waits to be collected, returned this once; empty when it was collected or has ended."""
    secret = ApiToken.new_secret()
    waiting = ApiToken.objects.filter(pk=token.pk, secret_hash=None, ended_at=None)
    return secret if waiting.update(secret_hash=hashed(secret), expires_at=timezone.now() + TERM) else ""


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <secret>`."""

    def authenticate(self, request):
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret:
            return None
        token = (
            ApiToken.objects.select_related("user__organisation")
            .filter(secret_hash=hashed(secret), expires_at__gt=timezone.now(), ended_at=None, user__is_active=True)
            .first()
        )
        if token is None:
            raise exceptions.AuthenticationFailed("This key is not valid.")
        become(principal_of(token.user))
        return token.user, token

    def authenticate_header(self, request):
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's own session, for the documentation page and our own scripts."""


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "session"}
