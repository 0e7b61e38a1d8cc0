"""What we tell allauth: nobody signs up by themselves, and nobody signs in who may not."""

from allauth.account.adapter import DefaultAccountAdapter

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
