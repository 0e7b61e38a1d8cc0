"""Questions of giving work to a colleague."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import CASEWORKERS, PARTNERS

from .base import ActForm


def colleagues(user: User):
    """Those of the own organisation who can look after a case or share."""
    roles = PARTNERS if user.is_partner else CASEWORKERS
    return User.objects.visible_to(user).filter(role__in=roles, is_active=True)


class AssignShareForm(ActForm):
    worker = forms.ModelChoiceField(label=_("Who looks after it"), queryset=User.objects.none())

    def prepare(self):
        if self.user is not None:
            self.fields["worker"].queryset = colleagues(self.user)


class ReassignForm(forms.Form):
    """The cases themselves are chosen in the table of the page."""

    to = forms.ModelChoiceField(label=_("Give to"), queryset=User.objects.none())
    tasks = forms.BooleanField(label=_("Give the open tasks, too"), required=False)
    reviews = forms.BooleanField(label=_("Give the concerns to review, too"), required=False)

    def __init__(self, *args, user, giver, tasks, reviews, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(user).exclude(pk=giver.pk)
        if not tasks:
            del self.fields["tasks"]
        if not reviews:
            del self.fields["reviews"]
