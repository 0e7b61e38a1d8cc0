"""What is asked for a referral; forms never write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.calendars import today_at
from cases.forms import ActForm
from cases.forms.base import DATE, NOTE, OPTIONAL
from cases.forms.counselling import PersonChoice
from cases.models import Person
from reintegration.forms import people_of

from .models import Service


class SendReferralForm(ActForm):
    person = PersonChoice(label=_("For whom"), queryset=Person.objects.none())
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none())
    need = forms.CharField(label=_("What is needed, in words the service may read"), **NOTE)
    agreed = forms.BooleanField(label=_("The person agrees to this referral to this service"))

    tell_partner = forms.BooleanField(
        label=_("The partner reads this referral too"), help_text=_("Otherwise it stays with your agency."), **OPTIONAL
    )

    def prepare(self):
        if self.record is None:
            return
        if self.user.is_partner or not (self.record.shared and self.record.shared.is_accepted):
            del self.fields["tell_partner"]
        self.fields["person"].queryset = people_of(self.record, self.user)
        countries = [self.record.return_country, self.user.organisation.country]
        self.fields["service"].queryset = Service.objects.filter(country__in=countries, is_active=True).select_related(
            "provider"
        )


class CompleteReferralForm(ActForm):
    finished_on = forms.DateField(label=_("Finished on"), **DATE)
    outcome = forms.CharField(label=_("What came of it"), **NOTE)

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("finished_on", today_at(self.user.organisation))
