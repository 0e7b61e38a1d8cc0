"""Who is signed in, with organisation and office at once: every page asks for them."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class SignIn(AuthenticationBackend):
    def get_user(self, user_id):
        try:
            user = User.objects.select_related("organisation", "office").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
