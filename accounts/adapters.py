"""What we tell allauth: nobody signs up by themselves, nobody signs in who may not, and its mails go by our outbox."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.utils import timezone

from .notices import tell
from .roles import Role


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user and (not user.is_active or user.role == Role.SYSTEM):
            self.authentication_failed(request, **credentials)
            return None
        return user

    def populate_username(self, request, user):
        """There are no user names here."""

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just signed in is not asked for the password a second time, as little as who just repeated it."""
        signed_in = get_authentication_records(self.request, self.request.user)
        if signed_in and time.time() - signed_in[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_password_reset_mail(self, user, email, context):
        """A row at once, the mail later: the answer takes no longer for an address that is known here.

        The link is made when the mail is (accounts.notices.link_of), so that no secret lies in the outbox.
        """
        if user.is_active and user.role != Role.SYSTEM:
            site = f"{self.request.scheme}://{self.request.get_host()}"
            tell(user, "password_forgotten", key=f"password:{_minute()}", site=site)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Whatever changed about signing in, the person is told of it, where they can still act."""
        tell(user, "sign_in_changed", key=f"sign-in:{_minute()}", path="/accounts/2fa/")


def _minute() -> str:
    return f"{timezone.now():%Y%m%d%H%M}"
