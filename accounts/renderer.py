"""How a form looks: one renderer for every form of the product, so that forms only say what they ask.

Label, hint, error and control belong together by their ids; what may stay empty is marked "optional"; dates use the
calendar of the device; amounts are typed as people write them.
"""

import re

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.formats import get_format
from django.utils.html import escape
from django.utils.safestring import mark_safe

SPACES = re.compile(r"[\s\u00a0\u202f'’]")


def plain_amount(text: str) -> str:
    """«2 205,50» and «2,205.50» as 2205.50. What could mean two things stays as typed and is refused by the field."""
    text = SPACES.sub("", text)
    if "," not in text:
        return text
    if "." in text:
        grouping, mark = (",", ".") if text.rindex(".") > text.rindex(",") else (".", ",")
        return text.replace(grouping, "").replace(mark, ".")
    grouped = re.fullmatch(r"-?\d{1,3}(,\d{3})+", text)
    if grouped and (get_format("DECIMAL_SEPARATOR") != "," or text.count(",") > 1):
        return text.replace(",", "")
    return text.replace(",", ".")


class AmountInput(forms.TextInput):
    """A number field that neither scrolls away nor minds how an office writes its decimals."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return plain_amount(value) if isinstance(value, str) else value


class QuickSelect(forms.Select):
    """A list of choices written in one go: a template for each option costs a list page a quarter of its time."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        options = [
            f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{escape(words)}</option>'
            for key, words in self.choices
        ]
        attributes = flatatt(self.build_attrs({"name": name}, attrs))
        return mark_safe(f"<select{attributes}>{''.join(options)}</select>")  # every part is escaped above


class Tiles(forms.RadioSelect):
    """A choice of a few, as large tiles for the phone."""


class LongList(forms.CheckboxSelectMultiple):
    """Many choices of which a few are taken: a list of its own height, to scroll in."""


class PageField(BoundField):
    """A form field on the page: knows its kind, and dresses its control accordingly."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        widget = field.widget
        widget.attrs.pop("placeholder", None)  # it disappears on typing and says no more than the label
        if type(widget) is forms.NumberInput and isinstance(field, forms.DecimalField | forms.FloatField):
            field.widget = AmountInput(
                {key: value for key, value in widget.attrs.items() if key not in ("step", "min", "max")}
            )
        elif isinstance(widget, forms.SplitDateTimeWidget | forms.SelectDateWidget):
            pass
        elif isinstance(widget, forms.DateTimeInput):
            widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
        elif isinstance(widget, forms.DateInput):
            widget.input_type, widget.format = "date", "%Y-%m-%d"
        elif isinstance(widget, forms.TimeInput):
            widget.input_type, widget.format = "time", "%H:%M"
        elif isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = "4"

    @property
    def kind(self) -> str:
        """tiles, radios, list, checks, check, file, amount or plain."""
        widget = self.field.widget
        kinds = (
            (Tiles, "tiles"),
            (LongList, "list"),
            (forms.CheckboxSelectMultiple, "checks"),  # which Django derives from RadioSelect
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "check"),
            (forms.FileInput, "file"),
            (AmountInput, "amount"),
        )
        return next((kind for widget_class, kind in kinds if isinstance(widget, widget_class)), "plain")

    @property
    def grouped(self) -> bool:
        """Several controls under one question."""
        return self.kind in ("tiles", "radios", "list", "checks")

    @property
    def optional(self) -> bool:
        return not self.field.required and self.kind != "check" and not self.field.disabled

    @property
    def hint_after(self) -> bool:
        """A hint with a link stands behind the control, so that Tab goes from one control to the next."""
        return "<a " in str(self.help_text)

    @property
    def first_id(self) -> str:
        """Where the error summary leads: the control, or the first of several."""
        return f"{self.auto_id}_0" if self.grouped else self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        own = widget.attrs.get("class", "")
        if isinstance(widget, Tiles):
            attrs["class"] = f"btn-check {own}".strip()
        elif self.kind in ("radios", "list", "checks", "check"):
            attrs["class"] = f"form-check-input {own}".strip()
        elif isinstance(widget, forms.Select):
            attrs["class"] = f"form-select {own}".strip()
        elif not widget.is_hidden:
            attrs["class"] = f"form-control {'amount ' if self.kind == 'amount' else ''}{own}".strip()
        if self.kind == "amount":
            attrs.setdefault("inputmode", "decimal")
            attrs.setdefault("autocomplete", "off")
        return attrs


class FieldRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PageField
