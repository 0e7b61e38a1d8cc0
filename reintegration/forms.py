"""What is asked for a plan, a grant, a follow-up; forms never write."""

from decimal import Decimal

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.renderer import Tiles
from accounts.templatetags.page import countries
from cases.calendars import today_at
from cases.forms import ActForm, EditForm
from cases.forms.base import DATE, NOTE, OPTIONAL
from cases.forms.counselling import PersonChoice, StrokesField
from cases.forms.opening import with_blank
from cases.models import DonorLine, Mode, Person, SharedPerson
from cases.statuses import PersonStatus

from .budgets import help_until
from .models import HARM_QUESTIONS, Activity, ContactAttempt, Dimension, Modality, Quote, Remigration, Situation

AMOUNT = {"max_digits": 12, "decimal_places": 2, "min_value": Decimal("0.01")}
OWN = "own currency"  # the source of a rate of 1; never shown
WORDS = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 4000, "required": False}


class WritePlanForm(EditForm):
    goal_economic = forms.CharField(label=_("Economic goals, in their own words"), **WORDS)
    goal_social = forms.CharField(label=_("Social goals, in their own words"), **WORDS)
    goal_psychosocial = forms.CharField(label=_("Psychosocial goals, in their own words"), **WORDS)
    structural_factors = forms.CharField(
        label=_("Local factors that matter, and how the plan answers them"),
        help_text=_("Labour market, services, security, roads, seasons. «None that matter» is an answer."),
        **WORDS,
    )

    def prepare(self):
        super().prepare()
        answers = {a.question: a for a in self.record.harm_answers.all()} if self.record is not None else {}
        for name, question in HARM_QUESTIONS.items():
            answer = answers.get(name)
            self.fields[f"risk_{name}"] = forms.ChoiceField(
                label=question, choices=[("no", _("No")), ("yes", _("Yes"))], widget=Tiles, required=False,
                initial=None if answer is None else ("yes" if answer.is_risk else "no"),
            )  # fmt: skip
            self.fields[f"mitigation_{name}"] = forms.CharField(
                label=_("How this harm is avoided"), max_length=300, required=False,
                initial=answer.mitigation if answer else "",
            )  # fmt: skip

    def facts(self):
        harm = {
            name: (self.cleaned_data[f"risk_{name}"] == "yes", self.cleaned_data[f"mitigation_{name}"])
            for name in HARM_QUESTIONS
            if self.cleaned_data.get(f"risk_{name}")
        }
        changes = {k: v for k, v in super().facts()["changes"].items() if not k.startswith(("risk_", "mitigation_"))}
        return {"changes": changes, "harm": harm}


class ActivityForm(ActForm):
    dimension = forms.ChoiceField(label=_("Dimension"), choices=Dimension, widget=Tiles)
    title = forms.CharField(label=_("What is done"), max_length=200)
    modality = forms.ChoiceField(label=_("How it is given"), choices=Modality)
    cost = forms.DecimalField(
        label=_("Cost in the programme's currency"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0"),
        initial=Decimal("0"),
    )
    by_when = forms.DateField(label=_("By when"), **DATE, **OPTIONAL)
    who = forms.CharField(label=_("Who does it"), max_length=120, **OPTIONAL)


class DropActivityForm(ActForm):
    activity = forms.ModelChoiceField(label=_("Which line"), queryset=Activity.objects.none())

    def prepare(self):
        if self.record is not None:
            self.fields["activity"].queryset = self.record.activities.all()
            self.fields["activity"].label_from_instance = lambda activity: activity.title


class AgreePlanForm(ActForm):
    signed_how = forms.ChoiceField(
        label=_("Signed how"), widget=forms.RadioSelect, initial="drawn",
        choices=[("drawn", _("Signed on the screen")), ("mark", _("Mark, before a witness")), ("paper", _("On paper"))],
    )  # fmt: skip
    strokes = StrokesField(required=False)
    witness = forms.CharField(label=_("Witness"), max_length=120, **OPTIONAL)
    upload = forms.FileField(label=_("Scan or photo of the signed paper"), **OPTIONAL)


class RequestGrantForm(ActForm):
    activity = forms.ModelChoiceField(label=_("Line of the plan"), queryset=Activity.objects.none())
    item = forms.CharField(label=_("What is needed"), max_length=160)
    specification = forms.CharField(label=_("Exactly what, and why this"), **NOTE, **OPTIONAL)
    expected_cost = forms.DecimalField(label=_("Expected cost in the programme's currency"), **AMOUNT)
    donor_line = forms.ModelChoiceField(label=_("Donor line"), queryset=DonorLine.objects.none())
    late_reason = forms.CharField(label=_("Why it is asked for so late"), max_length=300, **OPTIONAL)

    def prepare(self):
        if self.record is None:
            return
        self._ask_why_only_when_late()
        lines = DonorLine.objects.filter(programme=self.record.case.programme_id, is_active=True)
        self.fields["activity"].queryset = self.record.activities.exclude(modality=Modality.CASH)
        self.fields["activity"].label_from_instance = lambda activity: activity.title
        self.fields["donor_line"].queryset = lines
        if len(lines) == 1:
            self.initial.setdefault("donor_line", lines[0].pk)

    def _ask_why_only_when_late(self):
        until = help_until(self.record.case)
        if until is None or until >= today_at(self.user.organisation):
            del self.fields["late_reason"]
            return
        self.fields["late_reason"].required = True
        self.fields["late_reason"].help_text = gettext("Help is asked for until %s; later with a reason.") % (
            date_format(until)
        )


class RatedForm(ActForm):
    """An amount in its own currency with the dated rate typed on the line; the programme's own currency needs none."""

    amount = forms.DecimalField(label=_("Amount"), **AMOUNT)
    currency = forms.CharField(
        label=_("Currency"), min_length=3, max_length=3, help_text=_("ISO code, for example XOF.")
    )
    rate = forms.DecimalField(
        label=_("Rate"), max_digits=18, decimal_places=8, min_value=Decimal("0.00000001"), required=False,
        help_text=_("How much of this currency makes 1 of the programme's currency."),
    )  # fmt: skip
    rate_on = forms.DateField(label=_("Date of the rate"), **DATE, **OPTIONAL)
    rate_source = forms.CharField(
        label=_("Source of the rate"), max_length=80, help_text=_("For example InforEuro November."), **OPTIONAL
    )

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("rate_on", today_at(self.user.organisation))
        if own := self.own_currency():
            self.fields["rate"].help_text = _(
                "How much of this currency makes 1 %(currency)s. An amount in %(currency)s needs no rate."
            ) % {"currency": own}

    def own_currency(self) -> str:
        """The programme's currency."""
        return self.record.currency if self.record is not None else ""

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("currency"):
            return cleaned
        if cleaned["currency"] == self.own_currency() and cleaned.get("rate") is None and "rate" not in self.errors:
            own = {"rate": Decimal(1), "rate_on": today_at(self.user.organisation), "rate_source": OWN}
            return cleaned | own
        for name in ("rate", "rate_on", "rate_source"):
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Another currency than the programme's needs its rate, with date and source."))
        return cleaned


class QuoteForm(RatedForm):
    supplier = forms.CharField(label=_("Supplier"), max_length=160)
    town = forms.CharField(label=_("Town"), max_length=80, **OPTIONAL)
    dated = forms.DateField(label=_("Date of the quote"), **DATE)
    valid_until = forms.DateField(label=_("Valid until"), **DATE, **OPTIONAL)
    guarantee = forms.CharField(label=_("Guarantee"), max_length=80, **OPTIONAL)
    delivery = forms.CharField(label=_("Delivery"), max_length=80, **OPTIONAL)
    upload = forms.FileField(label=_("Photo or PDF of the quote"), **OPTIONAL)
    field_order = ("supplier", "town", "amount", "currency", "rate", "rate_on", "rate_source", "dated", "valid_until")

    def prepare(self):
        super().prepare()
        earlier = self.record.quotes.last() if self.record is not None else None
        for name in ("currency", "rate", "rate_on", "rate_source") if earlier else ():
            self.initial[name] = getattr(earlier, name)


class ChooseQuoteForm(ActForm):
    quote = forms.ModelChoiceField(
        label=_("Quote"), queryset=Quote.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    choice_reason = forms.CharField(label=_("Why this one"), **NOTE)
    returnee_choice = forms.CharField(label=_("The returnee's own wish"), max_length=200, **OPTIONAL)

    def prepare(self):
        if self.record is not None:
            self.fields["quote"].queryset = self.record.quotes.select_related("supplier")
            self.fields["quote"].label_from_instance = lambda q: f"{q.supplier}: {q.amount} {q.currency}"


class OrderForm(ActForm):
    ordered_on = forms.DateField(label=_("Ordered on"), **DATE)
    order_number = forms.CharField(label=_("Order number"), max_length=40, **OPTIONAL)

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("ordered_on", today_at(self.user.organisation))


class DeliverForm(ActForm):
    delivered_on = forms.DateField(label=_("Delivered on"), **DATE)
    delivery_place = forms.CharField(label=_("Place"), max_length=120, **OPTIONAL)
    received_by = forms.CharField(label=_("Received by"), max_length=120)
    as_chosen = forms.TypedChoiceField(
        label=_("Are the goods what was chosen?"), coerce=lambda value: value == "yes", widget=Tiles,
        choices=[("yes", _("Yes, as chosen")), ("no", _("No, something else"))],
    )  # fmt: skip
    difference = forms.CharField(label=_("What differs"), max_length=300, **OPTIONAL)
    upload = forms.FileField(label=_("Photo of the goods or the signed receipt"))

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("delivered_on", today_at(self.user.organisation))


class PayForm(RatedForm):
    paid_on = forms.DateField(label=_("Paid on"), **DATE)
    upload = forms.FileField(label=_("Proof of payment"))
    field_order = ("amount", "currency", "rate", "rate_on", "rate_source", "paid_on", "upload")

    def prepare(self):
        super().prepare()
        chosen = self.record.chosen if self.record is not None else None
        for name in ("amount", "currency", "rate", "rate_on", "rate_source") if chosen else ():
            self.initial[name] = getattr(chosen, name)


class ArrivalCashForm(RatedForm):
    person = PersonChoice(label=_("Given to"), queryset=SharedPerson.objects.none())
    donor_line = forms.ModelChoiceField(label=_("Donor line"), queryset=DonorLine.objects.none())
    paid_on = forms.DateField(label=_("Given on"), **DATE)
    upload = forms.FileField(label=_("Signed receipt"))
    field_order = ("person", "amount", "currency", "rate", "rate_on", "rate_source", "donor_line", "paid_on", "upload")

    def own_currency(self):
        return self.record.programme.currency if self.record is not None else ""

    def prepare(self):
        super().prepare()
        if self.record is not None:
            lines = DonorLine.objects.filter(programme=self.record.programme_id, is_active=True)
            self.fields["person"].queryset = self.record.people.filter(status=PersonStatus.ARRIVED)
            self.fields["donor_line"].queryset = lines
            if len(lines) == 1:
                self.initial.setdefault("donor_line", lines[0].pk)


class FollowUpForm(ActForm):
    held_on = forms.DateField(label=_("Date"), **DATE)
    mode = forms.ChoiceField(label=_("How"), choices=Mode)
    economic = forms.ChoiceField(label=_("Economic situation"), choices=Situation, widget=Tiles)
    social = forms.ChoiceField(label=_("Social situation"), choices=Situation, widget=Tiles)
    psychosocial = forms.ChoiceField(label=_("How they feel"), choices=Situation, widget=Tiles)
    findings = forms.CharField(label=_("What they told and what was seen"), **NOTE, **OPTIONAL)
    needs_attention = forms.BooleanField(label=_("The host agency should look at this"), **OPTIONAL)

    def prepare(self):
        if self.user is not None and self.user.organisation_id:
            self.initial.setdefault("held_on", today_at(self.user.organisation))


class AttemptForm(ActForm):
    mode = forms.ChoiceField(label=_("How"), choices=Mode, initial=Mode.PHONE)
    result = forms.ChoiceField(label=_("Result"), choices=ContactAttempt.Result, widget=Tiles)
    note = forms.CharField(label=_("Note"), max_length=200, **OPTIONAL)


class MissForm(ActForm):
    reason = forms.CharField(label=_("Why it could not be held"), max_length=300)


class RemigrationForm(ActForm):
    person = PersonChoice(label=_("Who"), queryset=Person.objects.none())
    way = forms.ChoiceField(label=_("How"), choices=Remigration.Way, widget=forms.RadioSelect)
    known_on = forms.DateField(label=_("Since when"), **DATE)
    country = forms.ChoiceField(label=_("To which country"), **OPTIONAL)
    source = forms.CharField(label=_("Who said so"), max_length=120)

    def prepare(self):
        self.fields["country"].choices = with_blank(countries())
        if self.record is not None:
            self.fields["person"].queryset = people_of(self.record, self.user).filter(arrived_on__isnull=False)


def people_of(record, user):
    """The people of a case as far as this user knows them: a partner chooses among those shared with it."""
    people = Person.objects.filter(case=record.case)
    return people.filter(copies__shared=record) if user is not None and user.is_partner else people
