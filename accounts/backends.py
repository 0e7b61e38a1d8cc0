"""Who is signed in, with organisation and office at once: every page asks for them."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class SignIn(AuthenticationBackend):
    def get_user(self, user_id):
        user = User.objects.select_related("organisation", "office").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
