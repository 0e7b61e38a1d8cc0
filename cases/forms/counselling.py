"""Questions of counselling, consent, declaration, withdrawal."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.templatetags.page import languages

from ..gates import adults, people_in
from ..models import CounsellingOutcome, Declaration, Given, LegalText, Mode, Person, Scope, Topic
from ..models.programme import CONSENT_SCOPES
from ..statuses import NOT_LEFT
from .base import NOTE, OPTIONAL, ActForm
from .opening import with_blank

MOST_POINTS = 20_000
FARTHEST = 10_000


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.display_name


class PeopleChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person):
        return person.display_name


class CounsellingForm(ActForm):
    held_at = forms.DateTimeField(
        label=_("Date and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    mode = forms.ChoiceField(label=_("How"), choices=Mode, initial=Mode.IN_PERSON)
    language = forms.ChoiceField(label=_("Language"))
    interpreter = forms.CharField(
        label=_("Interpreter"), max_length=120, help_text=_("Name, or empty if there was none."), **OPTIONAL
    )
    alone_with = PersonChoice(
        label=_("Held alone with"), queryset=Person.objects.none(), empty_label=_("Not alone"),
        help_text=_("What is said alone is shown only on this person's own page."), **OPTIONAL,
    )  # fmt: skip
    present = PeopleChoice(label=_("Who was present"), queryset=Person.objects.none(), **OPTIONAL)
    others_present = forms.CharField(label=_("Other people present"), max_length=200, **OPTIONAL)
    topics = forms.MultipleChoiceField(label=_("Topics"), choices=Topic, widget=forms.CheckboxSelectMultiple)
    handed_out = forms.CharField(label=_("Information handed out"), max_length=300, **OPTIONAL)
    note = forms.CharField(label=_("Note"), **NOTE, **OPTIONAL)

    sections = (
        ("", (("held_at", "mode"), ("language", "interpreter"), "alone_with", "present", "others_present")),
        (_("What was talked about"), ("topics", "handed_out", "note")),
        (_("What each adult wishes now"), ()),
    )

    def prepare(self):
        self.fields["language"].choices = with_blank(languages())
        self.initial.setdefault("held_at", timezone.localtime().replace(second=0, microsecond=0, tzinfo=None))
        if self.record is None:
            return
        case = self.record
        self.fields["alone_with"].queryset = case.people.filter(pk__in=[p.pk for p in people_in(case)])
        self.fields["present"].queryset = self.fields["alone_with"].queryset
        for person in adults(case):
            self.fields[f"wish_{person.number}"] = forms.ChoiceField(
                label=_("What %s wishes now") % person.display_name,
                choices=with_blank(CounsellingOutcome.Wish.choices, _("Not present, or not asked")),
                required=False,
            )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("alone_with") and not cleaned.get("present"):
            self.add_error("present", _("Say who was present."))
        return cleaned

    def facts(self):
        cleaned = dict(self.cleaned_data)
        wishes = {p.pk: cleaned.pop(f"wish_{p.number}", "") for p in adults(self.record)}
        return cleaned | {"wishes": wishes, "present": list(cleaned["present"])}


class TextChoice(forms.ModelChoiceField):
    """The very text that was shown; what it is about follows from it."""

    def label_from_instance(self, text):
        return text.get_scope_display()


class SignedForm(ActForm):
    """Questions common to everything a person gives with their hand: the text, language, interpreter, witness, scan."""

    SCOPES: tuple = ()

    text = TextChoice(label=_("What it is about"), queryset=LegalText.objects.none())
    read_in = forms.ChoiceField(label=_("Language in which it was read to them"))
    interpreter = forms.CharField(label=_("Interpreter"), max_length=120, **OPTIONAL)
    witness = forms.CharField(label=_("Witness"), max_length=120, **OPTIONAL)
    upload = forms.FileField(label=_("Scan or photo of the paper"), **OPTIONAL)

    def prepare(self):
        self.fields["text"].queryset = LegalText.objects.filter(scope__in=self.SCOPES)
        self.fields["read_in"].choices = with_blank(languages())
        if self.spoken:
            self.initial.setdefault("read_in", self.spoken[0])

    @property
    def spoken(self) -> list:
        return getattr(self.record, "languages", None) or []

    def context(self):
        """The texts to be read, in the person's language and, beside it, in the caseworker's; theirs is recorded."""
        pairs = [(self._theirs(scope), LegalText.objects.current(scope, [get_language()])) for scope in self.SCOPES]
        texts = [(theirs, None if ours == theirs else ours) for theirs, ours in pairs if theirs]
        self.offer([theirs for theirs, _ours in texts])
        return {"texts": texts}

    def offer(self, texts: list[LegalText]) -> None:
        """Offer exactly the texts that the page shows."""
        field = self.fields["text"]
        field.widget.choices = with_blank([(text.pk, field.label_from_instance(text)) for text in texts])

    def _theirs(self, scope) -> LegalText | None:
        """The text in their language; the one that was sent, when the page comes back with an error."""
        sent = getattr(self, "cleaned_data", {}).get("text")
        return sent if sent and sent.scope == scope else LegalText.objects.current(scope, self.spoken)


class ConsentForm(SignedForm):
    SCOPES = CONSENT_SCOPES

    partner = forms.ModelChoiceField(
        label=_("Named partner"),
        queryset=Organisation.objects.none(),
        help_text=_("For sharing with a partner only."),
        **OPTIONAL,
    )
    agreed = forms.TypedChoiceField(
        label=_("Answer"), choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect, help_text=_("A no never reduces the help that does not need it."),
    )  # fmt: skip
    how = forms.ChoiceField(label=_("Given how"), choices=Given, initial=Given.SIGNED)
    field_order = ("text", "partner", "agreed", "read_in", "how", "interpreter", "witness", "upload")

    def prepare(self):
        super().prepare()
        partners = Organisation.objects.partners()
        if self.record is not None:
            partners = partners.filter(country=self.record.case.return_country) or partners
        self.fields["partner"].queryset = partners

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("text")
        if text and text.scope == Scope.PARTNER and not cleaned.get("partner"):
            self.add_error("partner", _("Name the partner: consent is never given to «any partner»."))
        return cleaned


class StrokesField(forms.CharField):
    """A drawn signature: {"width", "height", "strokes": lists of points}. Anything else than numbers is refused.

    Cleans to the same shape with points as [x, y]; None when nothing was drawn.
    """

    widget = forms.HiddenInput(attrs={"data-not-kept": ""})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            drawn = json.loads(value)
            strokes = [[[_number(point[0]), _number(point[1])] for point in stroke] for stroke in drawn["strokes"]]
            width, height = _number(drawn["width"]), _number(drawn["height"])
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            raise ValidationError(_("This signature cannot be read. Draw it again.")) from None
        points = sum(len(stroke) for stroke in strokes)
        if points == 0:
            return None
        if points > MOST_POINTS or width <= 0 or height <= 0:
            raise ValidationError(_("This signature cannot be read. Draw it again."))
        return {"width": width, "height": height, "strokes": strokes}


def _number(value) -> float:
    number = round(float(value), 1)
    if not -FARTHEST <= number <= FARTHEST:
        raise ValueError
    return number


class DeclarationForm(SignedForm):
    SCOPES = (Scope.DECLARATION,)

    text = TextChoice(
        label=_("Text that was read"), queryset=LegalText.objects.none(),
        widget=forms.HiddenInput(attrs={"data-not-kept": ""}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("Signed how"), choices=Declaration.How, initial=Declaration.How.DRAWN, widget=forms.RadioSelect
    )
    strokes = StrokesField(required=False)
    field_order = ("text", "read_in", "how", "strokes", "witness", "interpreter", "upload")

    def offer(self, texts):
        self.initial["text"] = texts[0].pk if texts else None


class PeopleForm(ActForm):
    people = PeopleChoice(label=_("Who"), queryset=Person.objects.none())

    def prepare(self):
        if self.record is not None:
            self.fields["people"].queryset = self.choices_of_people()

    def choices_of_people(self):
        return self.record.case.people.taking_part()

    def facts(self):
        return dict(self.cleaned_data) | {"people": list(self.cleaned_data["people"])}


class WithdrawForm(PeopleForm):
    """No reason is asked."""

    def choices_of_people(self):
        return self.record.people.filter(status__in=NOT_LEFT)
