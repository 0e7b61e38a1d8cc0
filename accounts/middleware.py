"""Who is signed in: their language and time zone, the session kept alive, a second factor where one is required."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from .principal import acting_as, anybody, become, principal_of

RENEW_EVERY = 60  # seconds; not every request writes the session
FOR_PROBES = ("/healthz", "/readyz")  # they ask nobody who they are
WITHOUT_SECOND_FACTOR = ("/accounts/", "/i18n/", "/static/")


class PrincipalMiddleware:
    """A request acts for nobody in particular until it is known who asks; what it became ends with it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_as(anybody):
            return self.get_response(request)


def _bare(user):
    """The user behind Django's lazy wrapper, which makes four calls of each of the hundreds a page asks of the user."""
    return getattr(user, "_wrapped", user) if user.is_authenticated else user


class SignedInMiddleware:
    """Renews the session at most once a minute, and lets nobody on without a second factor where one is required."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in FOR_PROBES:
            return self.get_response(request)
        response = self._answer(request)
        if request.user.is_authenticated:
            # «Back» after signing out on a shared computer shows nothing, and no proxy keeps a page.
            patch_cache_control(response, private=True, no_store=True)
        return response

    def _answer(self, request):
        user = request.user = _bare(request.user)
        become(principal_of(user))
        timezone.deactivate()
        if user.is_authenticated:
            if not user.is_active:
                logout(request)
                return redirect(settings.LOGIN_URL)
            self._language(request, user)
            timezone.activate(user.organisation.zone if user.organisation else settings.TIME_ZONE)
            self._renew(request)
            needs_factor = settings.SECOND_FACTOR_REQUIRED and not request.path.startswith(WITHOUT_SECOND_FACTOR)
            if needs_factor and not is_mfa_enabled(user):
                return redirect("mfa_activate_totp")
        return self.get_response(request)

    @staticmethod
    def _language(request, user):
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language

    @staticmethod
    def _renew(request):
        now = int(time.time())
        if now - request.session.get("seen", 0) >= RENEW_EVERY and request.path != "/session/left/":
            request.session["seen"] = now
