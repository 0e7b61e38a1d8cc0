"""Acts for programs: the same declaration as the page gives each verb its API address and its part of the schema."""

import json
import uuid

from django import forms
from django.http import QueryDict
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import parsers, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from .acting import ACTS, Act, perform
from .forms import EditForm
from .forms.counselling import StrokesField


class DoneSerializer(serializers.Serializer):
    """What was done, and the address of what it was done to."""

    verb = serializers.CharField()
    at = serializers.CharField()


IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="A UUID; the same key is carried out once."
)


def urls_of(acts) -> list:
    """The API addresses of all verbs of an app, given its `acts` module."""
    app = acts.__name__.partition(".")[0]
    mine = [one for one in ACTS.values() if one.does.__module__.partition(".")[0] == app]
    return [path(f"{one.on.path}{one.verb}/", view_of(one), name=f"api_{one.verb}") for one in mine]


def view_of(one: Act):
    """POST carries the verb out. 400 names the fields, 404 is «not there», 409 «not now»."""

    class ActView(APIView):
        parser_classes = [parsers.MultiPartParser] if one.has_file else [parsers.JSONParser]

        @extend_schema(
            operation_id=one.verb,
            tags=[one.does.__module__.partition(".")[0]],
            summary=str(one.title),
            request=serializer_of(one),
            responses={200: DoneSerializer},
            parameters=[IDEMPOTENCY],
        )
        def post(self, request, **where):
            request.user.must(one.verb)
            record = one.on.fetch(request.user, **where)
            serializer_of(one)(data=request.data).is_valid(raise_exception=True)
            data = _form_data(one, record, request)
            form = one.asks(data, request.FILES, record=record, user=request.user)
            if not form.is_valid():
                raise ValidationError({name: [str(e) for e in errors] for name, errors in form.errors.items()})
            goal = perform(one, record, request.user, form.facts(), _key(request))
            return Response({"verb": one.verb, "at": goal})

    ActView.__name__ = f"{one.verb}_view"
    ActView.__doc__ = str(one.lead or one.title)
    return ActView.as_view()


_serializers: dict[str, type] = {}


def serializer_of(one: Act) -> type[serializers.Serializer]:
    """The questions of an act's form as a serializer; what depends on the record is checked by the form itself."""
    if one.verb not in _serializers:
        fields = {name: _field(field) for name, field in one.asks.base_fields.items()}
        name = "".join(part.title() for part in one.verb.split("_")) + "Serializer"
        _serializers[one.verb] = type(name, (serializers.Serializer,), fields)
    return _serializers[one.verb]


def _field(field: forms.Field) -> serializers.Field:
    facts = {"required": field.required, "help_text": str(field.label or "")}
    text = facts | {"allow_blank": not field.required}
    nothing = facts | {"allow_null": not field.required}
    match field:
        case StrokesField():
            return serializers.JSONField(**nothing)
        case forms.FileField():
            return serializers.FileField(**facts)
        case forms.ModelMultipleChoiceField():
            return serializers.ListField(child=serializers.IntegerField(min_value=1), **facts)
        case forms.ModelChoiceField():
            return serializers.IntegerField(min_value=1, **nothing)
        case forms.MultipleChoiceField():
            return serializers.ListField(child=serializers.CharField(max_length=40), **facts)
        case forms.ChoiceField():
            choices = [value for value, _label in field.choices if value not in ("", None)]
            return serializers.ChoiceField(choices, **text) if choices else serializers.CharField(max_length=80, **text)
        case forms.BooleanField():
            return serializers.BooleanField(**facts)
        case forms.IntegerField():
            return serializers.IntegerField(min_value=field.min_value, max_value=field.max_value, **nothing)
        case forms.DecimalField():
            digits = {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
            return serializers.DecimalField(min_value=field.min_value, **digits, **nothing)
        case forms.DateTimeField():
            return serializers.DateTimeField(**nothing)
        case forms.DateField():
            return serializers.DateField(**nothing)
    return serializers.CharField(max_length=getattr(field, "max_length", None), **text)


def _form_data(one: Act, record, request) -> QueryDict:
    """JSON as a form reads it: nothing for null, text for drawn strokes, only text that can be stored.

    For a verb that edits, what is not sent stays as it is.
    """
    opened = issubclass(one.asks, EditForm)
    query = one.asks(record=record, user=request.user).as_opened() if opened else QueryDict(mutable=True)
    for name in request.data:
        value = request.data.getlist(name) if hasattr(request.data, "getlist") else request.data[name]
        if isinstance(one.asks.base_fields.get(name), StrokesField) and isinstance(value, dict):
            value = json.dumps(value)
        texts = [str(v) for v in (value if isinstance(value, list) else [value]) if v is not None]
        if not all(map(_storable, texts)):
            raise ValidationError({name: ["This text holds characters that cannot be stored."]})
        query.setlist(name, texts)
    return query


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _key(request) -> uuid.UUID | None:
    key = request.headers.get("Idempotency-Key")
    try:
        return uuid.UUID(key) if key else None
    except ValueError:
        raise ValidationError({"Idempotency-Key": ["This is not a UUID."]}) from None
