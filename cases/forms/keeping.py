"""Questions of assigning, holding, closing, correcting, notes, documents and tasks."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.renderer import plain_amount
from accounts.roles import CASEWORKERS

from ..calendars import today_at
from ..lifecycle import fields_to_correct, outcomes_for, right_values
from ..lifecycle.closing import HOLD_DAYS
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
    resume_on = forms.DateField(
        label=_("Look again on"), help_text=_("You are asked that day whether it can go on."), **DATE
    )

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("resume_on", today_at(self.user.organisation) + timedelta(days=HOLD_DAYS))


class CloseForm(ActForm):
    """Offers the outcomes that fit the stage."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), **NOTE, **OPTIONAL)

    def prepare(self):
        if self.record is not None:
            self.fields["outcome"].choices = [(one.value, one.label) for one in outcomes_for(self.record)]


class CorrectForm(ActForm):
    """Corrects one date or amount of a stage that is over; asks for the reason."""

    field = forms.ChoiceField(label=_("What is corrected"))
    value = forms.CharField(label=_("Right value"), max_length=40)
    note = forms.CharField(label=_("Why"), max_length=300, help_text=_("Both values and the reason stay in the story."))

    def prepare(self):
        if self.record is None:
            return
        known = [self.record._meta.get_field(name) for name in fields_to_correct(self.record)]
        self.fields["field"].choices = [(f.name, str(f.verbose_name).capitalize()) for f in known]
        if codes := [one.code for among in right_values(self.record).values() for one in among]:
            self.fields["value"].help_text = gettext("Of a donor line its code: %s.") % ", ".join(codes)
        kinds = {type(f) for f in known}
        if kinds == {models.DateField}:
            self.fields["value"].widget = forms.DateInput(attrs={"type": "date", "class": "form-control"})
        elif kinds == {models.DateTimeField}:
            self.fields["value"].widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "form-control"})
        if len(known) == 1:
            self.initial.setdefault("field", known[0].name)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("field") and cleaned.get("value"):
            try:
                cleaned["value"] = self._right_value(cleaned["field"], cleaned["value"])
            except ValidationError as wrong:
                self.add_error("value", wrong)
        return cleaned

    def _right_value(self, name: str, typed: str):
        if name in (among := right_values(self.record)):
            return forms.ModelChoiceField(among[name], to_field_name="code").clean(typed)
        return self.record._meta.get_field(name).formfield(localize=False).clean(plain_amount(typed))


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
