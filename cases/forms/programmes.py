"""Questions of the frame: amounts and terms of a programme, its donor lines, suspended countries."""

from decimal import Decimal

from babel.numbers import list_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from accounts.templatetags.page import countries

from .base import DATE, OPTIONAL

AMOUNT = {"min_value": Decimal("0"), "max_digits": 12, "decimal_places": 2}
DAYS = {"min_value": 1, "max_value": 366}
MONTHS = {"min_value": 1, "max_value": 60}


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Short, for lists and reports."))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Agency"))
    host_country = forms.ChoiceField(label=_("Host country"))
    return_countries = forms.MultipleChoiceField(
        label=_("Countries of return"), widget=forms.SelectMultiple(attrs={"size": 8})
    )
    currency = forms.CharField(
        label=_("Currency"), min_length=3, max_length=3, initial="EUR", help_text=_("ISO code, for example EUR.")
    )
    arrival_cash = forms.DecimalField(label=_("Cash on arrival, per person"), **AMOUNT)
    cap_adult = forms.DecimalField(label=_("In-kind help, per adult"), **AMOUNT)
    cap_minor = forms.DecimalField(label=_("In-kind help, per minor"), **AMOUNT)
    small_purchase_limit = forms.DecimalField(label=_("One quote is enough up to"), **AMOUNT)
    quotes_needed = forms.IntegerField(label=_("Quotes needed above that"), min_value=1, max_value=9, initial=3)
    registration_days = forms.IntegerField(label=_("Days from hand-over to departure"), initial=19, **DAYS)
    itinerary_working_days = forms.IntegerField(
        label=_("Working days from flight details to departure"), initial=5, **DAYS
    )
    answer_working_days = forms.IntegerField(label=_("Partner's working days to answer"), initial=5, **DAYS)
    arrival_working_days = forms.IntegerField(label=_("Working days for help on arrival"), initial=14, **DAYS)
    plan_days = forms.IntegerField(label=_("Days from arrival to the agreed plan"), initial=30, **DAYS)
    help_months = forms.IntegerField(label=_("Months in which help is given"), initial=12, **MONTHS)
    follow_up_months = forms.CharField(
        label=_("Follow-ups, months after arrival"),
        initial="3, 6, 12",
        help_text=_("Numbers with commas between them."),
    )
    is_active = forms.BooleanField(label=_("Open for new cases"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.hosts()
        self.fields["host_country"].choices = [("", "—"), *countries()]
        self.fields["return_countries"].choices = countries()

    def clean_currency(self):
        code = self.cleaned_data["currency"].upper()
        if code not in list_currencies():
            raise ValidationError(_("This is not the code of a currency."))
        return code

    def clean_follow_up_months(self):
        parts = [part.strip() for part in self.cleaned_data["follow_up_months"].split(",") if part.strip()]
        if not parts or not all(part.isdecimal() and len(part) < 3 and 1 <= int(part) <= 60 for part in parts):
            raise ValidationError(_("Write months as numbers from 1 to 60, with commas between them."))
        return sorted({int(part) for part in parts})


class DonorLineForm(forms.Form):
    donor = forms.ModelChoiceField(Organisation.objects.none(), label=_("Donor"))
    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=120)
    is_active = forms.BooleanField(label=_("Open for new spending"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["donor"].queryset = Organisation.objects.filter(kind=OrganisationKind.DONOR)


class SuspensionForm(forms.Form):
    country = forms.ChoiceField(label=_("Country"))
    from_on = forms.DateField(label=_("From"), **DATE)
    until_on = forms.DateField(label=_("Last day"), help_text=_("Empty while nobody knows."), **OPTIONAL, **DATE)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Shown to those who prepare a return."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries()]
