"""Questions of screening, concerns and the decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.renderer import Tiles
from accounts.roles import Role

from ..calendars import today_at
from ..models import ChildDecision, Concern, Level, Vulnerability
from .base import DATE, NOTE, OPTIONAL, ActForm


def reviewers(user: User):
    """Supervisors of the agency of `user`, other than themselves."""
    mine = User.objects.filter(organisation=user.organisation_id, role=Role.SUPERVISOR, is_active=True)
    return mine.exclude(pk=user.pk)


class ScreeningForm(ActForm):
    held_on = forms.DateField(label=_("Date"), **DATE)
    alone = forms.BooleanField(label=_("Held alone with this person"), **OPTIONAL)
    individual = forms.ChoiceField(label=_("Individual: health, mind, papers, debts"), choices=Level, widget=Tiles)
    family = forms.ChoiceField(label=_("Family and household"), choices=Level, widget=Tiles)
    community = forms.ChoiceField(label=_("Community of return"), choices=Level, widget=Tiles)
    structural = forms.ChoiceField(label=_("Services, security and rights there"), choices=Level, widget=Tiles)
    vulnerabilities = forms.MultipleChoiceField(
        label=_("Vulnerabilities seen"), choices=Vulnerability, widget=forms.CheckboxSelectMultiple, **OPTIONAL
    )
    health_followed = forms.CharField(
        label=_("Health care needed there, and is it available"), max_length=300, **OPTIONAL
    )
    note = forms.CharField(label=_("Note"), help_text=_("Only your agency reads it."), **NOTE, **OPTIONAL)

    reviewer = forms.ModelChoiceField(
        label=_("Supervisor who looks at it"),
        queryset=User.objects.none(),
        empty_label="—",
        help_text=_("For signs of trafficking or a child without its parents: the case waits for this person."),
        **OPTIONAL,
    )

    def prepare(self):
        if self.user is not None:
            self.initial.setdefault("held_on", today_at(self.user.organisation))
            self.fields["reviewer"].queryset = reviewers(self.user)


class ConcernForm(ActForm):
    kind = forms.ChoiceField(label=_("Kind of concern"), choices=Concern.Kind, widget=forms.RadioSelect)
    detail = forms.CharField(label=_("What was said or seen"), **NOTE)
    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"),
        queryset=User.objects.none(),
        empty_label="—",
        help_text=_("Only you and this person will see this concern."),
    )

    def prepare(self):
        if self.user is not None:
            self.fields["reviewer"].queryset = reviewers(self.user)


class ReleaseForm(ActForm):
    reason = forms.CharField(label=_("Why the case can go on"), **NOTE)


class ChildDecisionForm(ActForm):
    result = forms.ChoiceField(label=_("Result"), choices=ChildDecision.Result, widget=forms.RadioSelect)
    authority = forms.CharField(label=_("Who determined it"), max_length=200)
    decided_on = forms.DateField(label=_("Date"), **DATE)
    receiving_adult = forms.CharField(label=_("Adult who receives the child"), max_length=200, **OPTIONAL)
    receiving_relation = forms.CharField(label=_("Relation to the child"), max_length=100, **OPTIONAL)
    receiving_contact = forms.CharField(label=_("How to reach this adult"), max_length=200, **OPTIONAL)
    reviewer = forms.ModelChoiceField(
        label=_("Supervisor who reads it"),
        queryset=User.objects.none(),
        empty_label="—",
        help_text=_("For a return: the case waits until this person releases it, with a reason."),
        **OPTIONAL,
    )

    def prepare(self):
        if self.user is not None:
            self.fields["reviewer"].queryset = reviewers(self.user)


class AskDecisionForm(ActForm):
    note = forms.CharField(label=_("For the person who decides"), **NOTE, **OPTIONAL)


COMPLAINT = _(
    "You can complain within 30 days to the head of the agency, in any language, by letter or in person; your right to "
    "ask again is untouched."
)


class DecideForm(ActForm):
    eligible = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("Eligible")), ("no", _("Refused"))], coerce=lambda v: v == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), help_text=_("Needed for a refusal."), **NOTE, **OPTIONAL)
    complaint_information = forms.CharField(
        label=_("How to complain"), help_text=_("Goes with a refusal."), initial=COMPLAINT, **NOTE, **OPTIONAL
    )


class OutsideDecisionForm(DecideForm):
    authority = forms.CharField(label=_("Authority"), max_length=200)
    authority_reference = forms.CharField(label=_("Its reference"), max_length=80)
    authority_date = forms.DateField(label=_("Its date"), **DATE)
    field_order = ("authority", "authority_reference", "authority_date", "eligible", "reason", "complaint_information")
