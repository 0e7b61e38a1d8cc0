"""What every form of a verb can do: know record and user, come back as it was typed, merge with what others wrote."""

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ActForm(forms.Form):
    """Asks a person what a verb needs. Built with the record it is done to and the user who does it.

    `sections` orders a long form: (heading, names of fields); names in a tuple of their own stand in one row. Fields
    that no section names follow at the end.
    """

    sections: tuple = ()

    def __init__(self, *args, record=None, user=None, **kwargs):
        self.record, self.user = record, user
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Hook: choices and first values that depend on record and user."""

    def sectioned(self) -> list[tuple[str, list[list]]]:
        """The form in its sections: (heading, rows of bound fields)."""
        left = [field.name for field in self.visible_fields()]
        parts = []
        for heading, names in self.sections:
            rows = [(name,) if isinstance(name, str) else name for name in names]
            rows = [[self[name] for name in row if name in left] for row in rows]
            left = [name for name in left if all(name != field.name for row in rows for field in row)]
            parts.append((heading, [row for row in rows if row]))
        if left and parts:
            parts[-1][1].extend([self[name]] for name in left)
        return parts

    def facts(self) -> dict:
        """What is handed to the verb as keywords."""
        return dict(self.cleaned_data)

    def restore(self, data) -> None:
        """Show what was typed before, without judging it."""
        for name, field in self.fields.items():
            if not isinstance(field, forms.FileField) and not field.widget.value_omitted_from_data(
                data, {}, self.add_prefix(name)
            ):
                self.initial[name] = field.widget.value_from_datadict(data, {}, self.add_prefix(name))

    def take_errors(self, problem: ValidationError) -> None:
        """Put a verb's ValidationError beside the fields it names; unknown names go on top."""
        if not hasattr(problem, "error_dict"):
            self.add_error(None, problem)
            return
        for name, errors in problem.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def context(self) -> dict:
        """Hook: what the page shows beside the questions."""
        return {}

    def typed(self) -> list[tuple[str, str]]:
        """(label, words) of what was sent, to be shown when it could not be taken."""
        rows = [(self.fields[name].label or name, value) for name, value in self.cleaned_data.items() if value]
        return [(label, str(value)) for label, value in rows if not hasattr(value, "read")]

    def case(self):
        """The case or share whose page this form belongs to."""
        record = self.record
        if record is None or hasattr(record, "reference") and hasattr(record, "return_country"):
            return record
        return side(record, self.user)

    def subject(self) -> dict | None:
        case = self.case()
        return case and {"name": case.display_name, "reference": getattr(case, "reference", "")}

    def back_url(self) -> str:
        return self.record.get_absolute_url() if self.record is not None else "/"


def side(record, user):
    """The case as this user sees it: the partner's share, or the host's case."""
    if user is not None and user.is_partner:
        return getattr(record, "shared", None)
    return getattr(record, "case", None)


class EditForm(ActForm):
    """Changes facts of a record. Only fields that this user changed are written; what somebody else changed since the
    page was opened stays, and where both changed the same field the user is shown both and decides."""

    MODEL_FIELDS: tuple[str, ...] = ()

    def prepare(self):
        for field in self.fields.values():
            field.show_hidden_initial = True
        for name, value in self.present().items():
            self.initial.setdefault(name, value)

    def present(self) -> dict:
        """The record's values now, by form field."""
        return {name: getattr(self.record, name) for name in self.fields if _has(self.record, name)}

    def clean(self):
        cleaned = super().clean()
        now = self.present()
        for name in self.changed_data:
            field, bound = self.fields[name], self[name]
            if name not in now:
                continue
            if field.has_changed(_seen(field, bound), now[name]) and name in cleaned and cleaned[name] != now[name]:
                words = _("Meanwhile somebody else changed this to «%s». Send again to keep yours.")
                self.add_error(name, words % _shown(now[name]))
                self._show_as_seen(bound, now[name])
        return cleaned

    def as_opened(self) -> QueryDict:
        """What a browser would send from the freshly opened page: nothing changed. A program's answers go on top."""
        query = QueryDict(mutable=True)
        for name, value in self.present().items():
            texts = _texts(self.fields[name], value)
            query.setlist(name, texts)
            query.setlist(self[name].html_initial_name, texts)
        return query

    def _show_as_seen(self, bound, value) -> None:
        """The page that goes back has seen the other's value: sending it again is a decision, not an accident."""
        self.data = self.data.copy()
        self.data.setlist(bound.html_initial_name, _texts(bound.field, value))

    def facts(self):
        return {"changes": {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}}


def _texts(field, value) -> list[str]:
    values = value if isinstance(value, list) else [field.prepare_value(value)]
    return ["" if v is None else str(v) for v in values]


def _has(record, name: str) -> bool:
    try:
        record._meta.get_field(name)
    except FieldDoesNotExist:
        return hasattr(record, name)
    return True


def _seen(field, bound):
    """The value that stood in the page when it was opened (Django's hidden initial)."""
    hidden = field.hidden_widget()
    raw = hidden.value_from_datadict(bound.form.data, bound.form.files, bound.html_initial_name)
    try:
        return field.to_python(raw)
    except ValidationError:
        return raw


def _shown(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


OPTIONAL = {"required": False}
DATE = {"widget": forms.DateInput(attrs={"type": "date"})}
NOTE = {"widget": forms.Textarea(attrs={"rows": 4})}


class NoteForm(ActForm):
    note = forms.CharField(label=gettext_lazy("Note"), max_length=2000, required=False, **NOTE)


class ReasonForm(ActForm):
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
