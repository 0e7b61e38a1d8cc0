"""Questions of hand-over, papers, journey, departure, arrival and walk-ins."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from accounts.templatetags.page import countries, languages

from ..calendars import today_at
from ..duplicates import lookalikes
from ..lifecycle import partners_agreed_to
from ..models import Person, Programme, Scenario, Sex, SharedPerson, TravelDocument
from ..statuses import NOT_LEFT, PersonStatus
from .base import DATE, NOTE, OPTIONAL, ActForm
from .counselling import PeopleChoice, PeopleForm
from .opening import BirthFields, with_blank

MOMENT = {"widget": forms.DateTimeInput(attrs={"type": "datetime-local"})}


class MomentField(forms.DateTimeField):
    """A time as a ticket prints it: in the time zone of the organisation at that end of the journey."""

    organisation = None

    def to_python(self, value):
        with timezone.override(self.organisation and self.organisation.zone):
            return super().to_python(value)


class HandoverForm(ActForm):
    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Organisation.objects.none(),
        help_text=_("Those that somebody in this case agreed to."),
    )
    agreement = forms.CharField(
        label=_("Agreement with this partner"), max_length=120, initial=_("Framework agreement"),
        help_text=_("Under which its people keep these data safe."),
    )  # fmt: skip
    travel_from = forms.DateField(label=_("Earliest day of travel"), **DATE, **OPTIONAL)

    def prepare(self):
        if self.record is not None:
            partners = partners_agreed_to(self.record)
            self.fields["partner"].queryset = partners
            if len(partners) == 1:
                self.initial.setdefault("partner", partners[0].pk)


class TravelDocumentForm(ActForm):
    kind = forms.ChoiceField(label=_("Document"), choices=TravelDocument.Kind)
    number = forms.CharField(label=_("Number"), max_length=40, **OPTIONAL)
    asked_on = forms.DateField(label=_("Asked for on"), **DATE, **OPTIONAL)
    issued_on = forms.DateField(label=_("Issued on"), **DATE, **OPTIONAL)
    valid_until = forms.DateField(label=_("Valid until"), **DATE, **OPTIONAL)
    kept_where = forms.CharField(label=_("Where the original is"), max_length=120, **OPTIONAL)

    def prepare(self):
        paper = getattr(self.record, "travel_document", None) if self.record is not None else None
        for name in self.fields if paper else ():
            self.initial.setdefault(name, getattr(paper, name))


class FitToTravelForm(ActForm):
    is_fit = forms.TypedChoiceField(
        label=_("What the doctor says"), choices=[("yes", _("Fit to travel")), ("no", _("Not fit to travel"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    examined_on = forms.DateField(label=_("Examined on"), **DATE)
    valid_until = forms.DateField(label=_("Valid until"), **DATE)
    conditions = forms.CharField(
        label=_("Conditions"), max_length=300, help_text=_("For example a wheelchair, oxygen or an escort."), **OPTIONAL
    )


class BookTravelForm(ActForm):
    flight = forms.CharField(label=_("Flight or transport"), max_length=120)
    departs_from = forms.CharField(label=pgettext_lazy("place", "From"), max_length=120)
    departs_at = MomentField(label=_("Departs at"), help_text=_("Local time, as on the ticket."), **MOMENT)
    arrives_in = forms.CharField(label=_("Arrives in"), max_length=120)
    arrives_at = MomentField(label=_("Arrives at"), help_text=_("Local time there, as on the ticket."), **MOMENT)
    help_needed = forms.CharField(label=_("Help on the way and at arrival"), max_length=300, **OPTIONAL)
    why_changed = forms.CharField(
        label=_("Why it changes"), max_length=200, help_text=_("For a change of journey."), **OPTIONAL
    )

    def prepare(self):
        shared = self.record.shared if self.record is not None else None
        if shared is not None:
            self.fields["departs_at"].organisation = shared.organisation
            self.fields["arrives_at"].organisation = shared.partner
        earlier = self.record.itineraries.first() if self.record is not None else None
        if earlier is None:
            self.fields.pop("why_changed") if self.record is not None else None
            return
        for name in ("flight", "departs_from", "arrives_in", "help_needed"):
            self.initial.setdefault(name, getattr(earlier, name))
        self.initial.setdefault("why_changed", earlier.why_cancelled[:200])


class DepartureForm(PeopleForm):
    departed_on = forms.DateField(label=_("Departed on"), **DATE)

    def prepare(self):
        super().prepare()
        if self.record is not None:
            self.initial.setdefault("people", [p.pk for p in self.fields["people"].queryset])
            self.initial.setdefault("departed_on", self.record.journey and self.record.journey.departs_on)

    def choices_of_people(self):
        return self.record.people.filter(status__in=NOT_LEFT)


class NoDepartureForm(PeopleForm):
    note = forms.CharField(label=_("What happened"), max_length=300)
    try_again = forms.TypedChoiceField(
        label=_("What next"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Book another journey")), ("no", _("No other journey: close when nobody is on the way"))],
    )  # fmt: skip

    def choices_of_people(self):
        return self.record.people.filter(status__in=[PersonStatus.TAKING_PART, PersonStatus.DEPARTED])


class DepartureConfirmedForm(PeopleForm):
    note = forms.CharField(
        label=_("How you know it"), max_length=300, help_text=_("For example who saw them board, or who called.")
    )

    def choices_of_people(self):
        return self.record.people.filter(status=PersonStatus.DEPARTED)


class ArrivalForm(ActForm):
    people = PeopleChoice(label=_("Who arrived"), queryset=SharedPerson.objects.none())
    arrived_on = forms.DateField(label=_("Arrived on"), **DATE)

    def prepare(self):
        if self.record is not None:
            expected = self.record.people.filter(status__in=[PersonStatus.TAKING_PART, PersonStatus.DEPARTED])
            self.fields["people"].queryset = expected
            self.initial.setdefault("people", [p.pk for p in expected])
        if self.user is not None:
            self.initial.setdefault("arrived_on", today_at(self.user.organisation))

    def facts(self):
        return dict(self.cleaned_data) | {"people": list(self.cleaned_data["people"])}


class WalkInForm(BirthFields, ActForm):
    organisation = forms.ModelChoiceField(label=_("Host agency"), queryset=Organisation.objects.none())
    name = forms.CharField(label=_("Name as in the document"), max_length=300)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect)
    nationality = forms.ChoiceField(label=_("Nationality"))
    languages = forms.MultipleChoiceField(label=_("Languages spoken"), **OPTIONAL)
    phone = forms.CharField(label=_("Phone"), max_length=32, **OPTIONAL)
    return_country = forms.ChoiceField(label=_("Country of return"))
    return_place = forms.CharField(label=_("Place of return"), max_length=120, **OPTIONAL)
    departed_on = forms.DateField(label=_("Departed on"), **DATE)
    arrived_on = forms.DateField(label=_("Arrived on"), **DATE)
    told = forms.CharField(label=_("What they told"), help_text=_("Not why they once left."), **NOTE, **OPTIONAL)
    agrees = forms.BooleanField(label=_("The person agrees that we ask this host agency"))

    field_order = ("organisation", "name", "sex", "birth_year", "birth_month", "birth_day")

    def prepare(self):
        self.fields["organisation"].queryset = Organisation.objects.hosts()
        self.fields["nationality"].choices = with_blank(countries())
        self.fields["return_country"].choices = with_blank(countries())
        self.fields["languages"].choices = languages()
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("return_country", self.user.organisation.country)

    def facts(self):
        cleaned = dict(self.cleaned_data)
        cleaned.pop("agrees")
        return self.birth(cleaned) | cleaned

    def back_url(self):
        return "/arrivals/"


class KnownPerson(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return f"{person.name}, {person.case.reference}, {person.case.get_stage_display()}"


class AnswerWalkInForm(ActForm):
    ours = forms.TypedChoiceField(
        label=_("Did they return with your agency?"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes, open the case")), ("no", _("No, not known here"))],
    )  # fmt: skip
    known = KnownPerson(
        label=_("This is that case"), queryset=Person.objects.none(), empty_label=_("None of them: open a new case"),
        help_text=_("The partner accompanies it from now on."), **OPTIONAL,
    )  # fmt: skip
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), **OPTIONAL)
    scenario = forms.ChoiceField(label=_("Kind of return"), choices=Scenario, widget=forms.RadioSelect, **OPTIONAL)
    note = forms.CharField(label=_("Reason for a no"), max_length=300, **OPTIONAL)

    def prepare(self):
        if self.user is None or self.record is None:
            return
        self.fields["programme"].queryset = Programme.objects.open_for(self.user)
        them = self.record
        self.found = lookalikes(
            self.user, names=[them.name], born_on=them.born_on, precision=them.born_precision, phone=them.phone
        )
        alike = Person.objects.filter(pk__in=[one.person.pk for one in self.found])
        self.fields["known"].queryset = alike.select_related("case")
        if not self.found:
            self.fields["known"].widget = forms.HiddenInput()

    def context(self):
        return {"found": self.found}

    def back_url(self):
        return "/"
