"""What people are asked about access: who, from where, in which role; forms never write."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from .models import Office, Organisation, User
from .roles import ROLES_OF, OrganisationKind, Role
from .templatetags.page import by_name, countries, locale

ASKED_ROLES = [(role.value, role.label) for role in Role if role != Role.SYSTEM]
PASSWORD = {"strip": False, "widget": forms.PasswordInput(attrs={"autocomplete": "new-password"})}


def time_zones() -> list[tuple[str, str]]:
    """Choices of time zones: «Le Caire (Africa/Cairo)», by the name of the town in the active language."""
    return _time_zones(str(locale()))


@lru_cache
def _time_zones(language: str) -> list[tuple[str, str]]:
    names = [name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))]
    towns = [(name, f"{get_timezone_location(name, locale=language, return_city=True)} ({name})") for name in names]
    return [("UTC", "UTC"), *sorted(towns, key=by_name)]


def weekdays() -> list[tuple[str, str]]:
    """Choices of the days of a week, Monday first, as Organisation.weekend counts them."""
    return [(str(number), name.capitalize()) for number, name in sorted(locale().days["stand-alone"]["wide"].items())]


class NothingForm(forms.Form):
    """A yes to the question of the page; there is nothing to fill in."""


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The link goes there. It is also the name to sign in with.")
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=ASKED_ROLES)
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        with_people = [kind for kind, roles in ROLES_OF.items() if roles]
        self.fields["organisation"].queryset = Organisation.objects.filter(kind__in=with_people, is_active=True)
        self.fields["office"].queryset = Office.objects.select_related("organisation").order_by("organisation", "name")
        self.fields["office"].label_from_instance = lambda office: f"{office.organisation}, {office.name}"


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(
        User.objects.none(), label=_("Deputy"), help_text=_("Sees your work among the own in this time.")
    )
    away_from = forms.DateField(label=_("First day away"), widget=forms.DateInput)
    away_until = forms.DateField(label=_("Last day away"), widget=forms.DateInput)

    def __init__(self, *args, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = deputies


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Name of the program"), max_length=80)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Works in the name of"),
        help_text=_("The program may see and do what this person may. The person is told."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["user"].label_from_instance = lambda user: f"{user.name}, {user.get_role_display()}"


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OrganisationKind,
        widget=forms.RadioSelect,
        help_text=_("Fixed for ever: what its people may do and see hangs on it."),
    )
    country = forms.ChoiceField(label=_("Country"))
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    email = forms.EmailField(label=_("Office e-mail"), required=False)
    phone = forms.CharField(label=_("Office phone"), max_length=32, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")
    weekend = forms.MultipleChoiceField(
        label=_("Days of rest"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["5", "6"],
        help_text=_("They do not count when an answer is due in so many working days."),
    )
    offices = forms.CharField(
        label=_("Offices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Places where people are received, one on each line. Offices stay once they are named."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args, is_new=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].disabled = not is_new
        self.fields["country"].choices = [("", "—"), *countries()]
        self.fields["time_zone"].choices = time_zones()
        self.fields["weekend"].choices = weekdays()

    def clean_weekend(self):
        return "".join(sorted(self.cleaned_data["weekend"]))

    def clean_offices(self):
        lines = [line.strip()[:80] for line in self.cleaned_data["offices"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class WelcomeForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(label=_("Password"), **PASSWORD)
    again = forms.CharField(label=_("The same password again"), **PASSWORD)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and "again" in cleaned and cleaned.pop("again") != cleaned["password"]:
            self.add_error("again", _("This is not the same password."))
        return cleaned


class FirstForm(WelcomeForm):
    """The first of all: the administrator of a new installation and their agency."""

    email = forms.EmailField(label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    agency = forms.CharField(label=_("Name of your agency"), max_length=120)
    country = forms.ChoiceField(label=_("Country of your agency"))
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")
    field_order = ("agency", "country", "time_zone", "email", "name", "password", "again")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries()]
        self.fields["time_zone"].choices = time_zones()
