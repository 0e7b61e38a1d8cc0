"""Questions of the enquiry: the case, the applicant, the family."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.renderer import LongList
from accounts.templatetags.page import countries, languages

from ..calendars import latest_birth
from ..models import LegalDeadline, Programme, Reason, Relation, SafeContact, Scenario, Sex
from ..models.person import Precision
from .base import DATE, OPTIONAL, ActForm, EditForm

OLDEST_YEAR = 1850


def with_blank(choices, words="—"):
    return [("", words), *choices]


class PhoneField(forms.CharField):
    """A number with its country code, kept without spaces. Countries give out numbers faster than any list of them
    grows: the form of the number is judged, not whether it has been given out."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            number = phonenumbers.parse(value)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(_("Give the number with its country code, for example +33 6 39 98 12 07."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class BirthFields(forms.Form):
    """A date of birth of which only the year must be known."""

    birth_year = forms.IntegerField(label=_("Year of birth"), min_value=OLDEST_YEAR, max_value=2200)
    birth_month = forms.IntegerField(label=_("Month of birth"), min_value=1, max_value=12, **OPTIONAL)
    birth_day = forms.IntegerField(label=_("Day of birth"), min_value=1, max_value=31, **OPTIONAL)

    def birth(self, cleaned: dict) -> dict:
        """born_on and born_precision from the three numbers; raises ValidationError for a day that does not exist."""
        year, month, day = (cleaned.pop(name, None) for name in ("birth_year", "birth_month", "birth_day"))
        if day and not month:
            raise ValidationError({"birth_month": _("Give the month too, or leave the day empty.")})
        try:
            born_on, precision = latest_birth(year, month, day)
        except ValueError:
            raise ValidationError({"birth_day": _("This day does not exist.")}) from None
        return {"born_on": born_on, "born_precision": precision}


PERSON_FIELDS = (
    "name", "known_as", "name_original", "sex", "nationality", "languages", "phone", "safe_contact", "safe_note",
    "stays_at", "interpreter_language",
)  # fmt: skip


BIRTH = ("birth_year", "birth_month", "birth_day")
WHO = (
    _("The person"),
    ("name", ("known_as", "name_original"), "relation", "sex", BIRTH, "nationality"),
)
REACH = (
    _("Talking with them"),
    ("languages", "interpreter_language", ("phone", "stays_at"), "safe_contact", "safe_note"),
)
RETURN = (
    _("The return"),
    (
        "programme",
        ("return_country", "return_place"),
        "scenario",
        "reasons",
        ("legal_deadline", "legal_deadline_on"),
        "needs",
    ),
)


class PersonFacts(BirthFields):
    """The facts of a person, asked alike for the applicant and the family."""

    name = forms.CharField(
        label=_("Name as in the document"), max_length=300, help_text=_("All names, in the order of the document.")
    )
    known_as = forms.CharField(label=_("Known as"), max_length=120, **OPTIONAL)
    name_original = forms.CharField(
        label=_("Name in its own script"),
        max_length=300,
        help_text=_("For example in Arabic or Ge'ez letters."),
        **OPTIONAL,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect)
    nationality = forms.ChoiceField(label=_("Nationality"))
    languages = forms.MultipleChoiceField(label=_("Languages spoken"), widget=LongList, **OPTIONAL)
    interpreter_language = forms.ChoiceField(label=_("Interpreter needed for"), **OPTIONAL)
    phone = PhoneField(label=_("Phone"), help_text=_("With country code, for example +33 6 39 98 12 07."), **OPTIONAL)
    safe_contact = forms.ChoiceField(label=_("Safe way of contact"), choices=SafeContact, initial=SafeContact.ANY)
    safe_note = forms.CharField(
        label=_("When and through whom"),
        max_length=200,
        help_text=_("For example: before 14:00, the phone is shared."),
        **OPTIONAL,
    )
    stays_at = forms.CharField(label=_("Stays at"), max_length=200, **OPTIONAL)

    sections = (WHO, REACH)
    field_order = ("name", "known_as", "name_original", "relation", "sex", *BIRTH)  # of errors, too

    def choices_of_people(self) -> None:
        self.fields["nationality"].choices = with_blank(countries())
        self.fields["languages"].choices = languages()
        self.fields["interpreter_language"].choices = with_blank(languages(), _("No interpreter needed"))


class OpenCaseForm(PersonFacts, ActForm):
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    return_country = forms.ChoiceField(label=_("Country of return"), help_text=_("It need not be the nationality."))
    return_place = forms.CharField(label=_("Place of return"), max_length=120, **OPTIONAL)
    scenario = forms.ChoiceField(label=_("Kind of return"), choices=Scenario, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons for return"), choices=Reason, widget=forms.CheckboxSelectMultiple,
        help_text=_("What the person says; several can be true."),
    )  # fmt: skip
    legal_deadline = forms.ChoiceField(
        label=_("Legal deadline"), choices=with_blank(LegalDeadline.choices, _("None known")), **OPTIONAL
    )
    legal_deadline_on = forms.DateField(label=_("Date of the deadline"), **DATE, **OPTIONAL)

    sections = (WHO, REACH, RETURN)

    def prepare(self):
        self.choices_of_people()
        self.fields["return_country"].choices = with_blank(countries())
        if self.user is not None:
            programmes = Programme.objects.open_for(self.user)
            self.fields["programme"].queryset = programmes
            if len(programmes) == 1:
                self.initial.setdefault("programme", programmes[0].pk)

    def clean(self):
        return check_deadline(self, super().clean())

    def facts(self):
        cleaned = dict(self.cleaned_data)
        birth = self.birth(cleaned)
        applicant = {name: cleaned.pop(name) for name in PERSON_FIELDS} | birth
        return {"applicant": applicant, **cleaned}

    def back_url(self):
        return "/cases/"


class PersonForm(PersonFacts, ActForm):
    relation = forms.ChoiceField(
        label=_("Relation to the applicant"), choices=[c for c in Relation.choices if c[0] != Relation.APPLICANT]
    )

    def prepare(self):
        self.choices_of_people()

    def facts(self):
        cleaned = dict(self.cleaned_data)
        return self.birth(cleaned) | cleaned


class EditPersonForm(PersonFacts, EditForm):
    def prepare(self):
        self.choices_of_people()
        super().prepare()

    def present(self):
        person = self.record
        born = person.born_on
        return super().present() | {
            "birth_year": born.year,
            "birth_month": born.month if person.born_precision != Precision.YEAR else None,
            "birth_day": born.day if person.born_precision == Precision.DAY else None,
        }

    def facts(self):
        changes = super().facts()["changes"]
        if any(name.startswith("birth_") for name in changes):
            changes |= self.birth(dict(self.cleaned_data))
        return {"changes": {name: value for name, value in changes.items() if not name.startswith("birth_")}}


class EditCaseForm(EditForm):
    sections = (RETURN,)

    return_country = forms.ChoiceField(label=_("Country of return"))
    return_place = forms.CharField(label=_("Place of return"), max_length=120, **OPTIONAL)
    scenario = forms.ChoiceField(label=_("Kind of return"), choices=Scenario, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons for return"), choices=Reason, widget=forms.CheckboxSelectMultiple
    )
    legal_deadline = forms.ChoiceField(
        label=_("Legal deadline"), choices=with_blank(LegalDeadline.choices, _("None known")), **OPTIONAL
    )
    legal_deadline_on = forms.DateField(label=_("Date of the deadline"), **DATE, **OPTIONAL)
    needs = forms.CharField(
        label=_("What the partner should prepare"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("The partner reads this before it answers. No names, no illnesses."), **OPTIONAL,
    )  # fmt: skip

    def prepare(self):
        self.fields["return_country"].choices = with_blank(countries())
        super().prepare()

    def clean(self):
        return check_deadline(self, super().clean())


def check_deadline(form, cleaned: dict) -> dict:
    """A deadline has both a kind and a date, or neither."""
    if bool(cleaned.get("legal_deadline")) != bool(cleaned.get("legal_deadline_on")):
        missing = "legal_deadline_on" if cleaned.get("legal_deadline") else "legal_deadline"
        form.add_error(missing, _("Give both the kind and the date of the deadline, or neither."))
    return cleaned
