"""Questions of assigning, holding, closing, correcting, notes, documents and tasks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import CASEWORKERS

from ..calendars import today_at
from ..lifecycle import fields_to_correct
from ..models import DocumentKind, Outcome
from .base import DATE, NOTE, OPTIONAL, ActForm


class AssignForm(ActForm):
    owner = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.none())

    def prepare(self):
        if self.user is not None:
            self.fields["owner"].queryset = User.objects.filter(
                organisation=self.user.organisation_id, role__in=CASEWORKERS, is_active=True
            )


class HoldForm(ActForm):
    reason = forms.CharField(label=_("Why it is on hold"), max_length=300)


class CloseForm(ActForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), **NOTE, **OPTIONAL)


class CorrectForm(ActForm):
    """Corrects one date or amount of a stage that is over; asks for the reason."""

    field = forms.ChoiceField(label=_("What is corrected"))
    value = forms.DateField(label=_("Right value"), **DATE)
    note = forms.CharField(label=_("Why"), max_length=300, help_text=_("Both values and the reason stay in the story."))

    def prepare(self):
        if self.record is not None:
            names = sorted(fields_to_correct(self.record))
            labels = [(name, self.record._meta.get_field(name).verbose_name) for name in names]
            self.fields["field"].choices = [(name, str(label).capitalize()) for name, label in labels]


class NewNoteForm(ActForm):
    note = forms.CharField(label=_("Note"), max_length=4000, **NOTE)


class DocumentForm(ActForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind)
    title = forms.CharField(label=_("Title"), max_length=120)
    upload = forms.FileField(
        label=_("File"), help_text=_("A photo or a PDF, 10 MB at most. Place and camera are removed.")
    )
    made_on = forms.DateField(label=_("Date of the document or photo"), **DATE, **OPTIONAL)
    place = forms.CharField(label=_("Place"), max_length=120, **OPTIONAL)


class TaskForm(ActForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Until"), **DATE)
    for_user = forms.ModelChoiceField(label=_("For"), queryset=User.objects.none(), empty_label=_("Me"), **OPTIONAL)

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            colleagues = User.objects.filter(organisation=self.user.organisation_id, is_active=True)
            self.fields["for_user"].queryset = colleagues.exclude(pk=self.user.pk)
            self.initial.setdefault("due_on", today_at(self.user.organisation))
