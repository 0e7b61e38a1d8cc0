"""The API's documentation as pages of our own, read from its OpenAPI schema and in the words of the acts.

Programs ask for /api/v1/schema/; people read here what each operation takes and gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator

from cases.acting import ACTS

Words = str | Promise

AREAS = {  # what the first part of an address is about
    "cases": _("Cases"),
    "shared": _("Cases shared with a partner"),
    "work": _("Open work"),
    "plans": _("Plans"),
    "grants": _("Help in kind"),
    "follow-ups": _("Follow-ups"),
    "payments": _("Payments"),
    "referrals": _("Referrals"),
    "services": _("Services"),
    "concerns": _("Protection concerns"),
    "consents": _("Consents"),
    "facts": _("Facts that were recorded wrongly"),
    "tasks": _("Tasks"),
    "walk-ins": _("Returnees who come without a case"),
    "texts": _("Texts to agree to or to sign"),
}
PLACES = {  # the same in every operation
    "cursor": _("Which part of the list; an answer names the addresses of the next and the previous one."),
    "page_size": _("How many in one answer, 200 at most."),
    "Idempotency-Key": _("A UUID of your own. What is sent twice with the same key is done once."),
    "reference": _("The reference, as it stands on the page."),
    "number": _("The number of the person in the family, from 1."),
    "id": _("The number that a list gives."),
    "kind": _("What was recorded."),
}
ANSWERS = {
    "next": _("Address of the next part of the list."),
    "previous": _("Address of the part before."),
    "results": _("The rows."),
    "verb": _("What was done."),
    "at": _("The address of what it was done to."),
}
KINDS = {
    "string": _("text"),
    "integer": _("whole number"),
    "boolean": _("true or false"),
    "array": _("list"),
    "object": _("object"),
    "date": _("date, as 2026-03-31"),
    "date-time": _("date and time, as 2026-03-31T14:00:00Z"),
    "decimal": _("amount as text, as \u201c12.50\u201d"),
    "binary": _("file"),
    "uri": _("address"),
}


@dataclass
class Field:
    """One thing that is sent or answered. `codes` are the only values it can have, when they are few."""

    name: str
    kind: Words
    words: Words = ""
    codes: list[str] = field(default_factory=list)
    most: int | None = None  # characters
    is_needed: bool = False


@dataclass
class Operation:
    """What a program can ask for: GET reads, POST carries a verb out."""

    name: str
    method: str
    path: str
    facts: dict
    parts: dict  # the named objects of the schema

    @property
    def area(self) -> Words:
        return AREAS[self.path.split("/")[3]]

    @property
    def title(self) -> Words:
        if self.name in ACTS:
            return ACTS[self.name].title
        return _("List them") if self.name.endswith("_list") else _("Read one")

    @property
    def takes_file(self) -> bool:
        return "multipart/form-data" in self._body()

    def places(self) -> list[Field]:
        """What stands in the address or in a header."""
        return [
            Field(one["name"], _kind(one["schema"]), PLACES.get(one["name"], ""), is_needed=one.get("required", False))
            for one in self.facts.get("parameters", [])
        ]

    def asks(self) -> list[Field]:
        """What is sent, in the words of the form that people fill in."""
        schema = next((body["schema"] for body in self._body().values()), {})
        found = list(self._fields(schema))
        questions = ACTS[self.name].asks.base_fields if self.name in ACTS else {}
        for one in found:
            one.words = questions[one.name].label if one.name in questions else one.words
        return found

    def gives(self) -> list[Field]:
        schema = self.facts["responses"]["200"]["content"]["application/json"]["schema"]
        return list(self._fields(schema))

    def _body(self) -> dict:
        return self.facts.get("requestBody", {}).get("content", {})

    def _fields(self, schema: dict, before="") -> Iterator[Field]:
        schema = self._resolved(schema)
        for name, part in schema.get("properties", {}).items():
            inner = self._resolved(part.get("items", part))
            codes = [str(code) for code in inner.get("enum", []) if code not in ("", None)]
            words = part.get("title") or ("" if before else ANSWERS.get(name, ""))
            needed = name in schema.get("required", [])
            yield Field(f"{before}{name}", _kind(part), words, codes, inner.get("maxLength"), needed)
            if "properties" in inner:
                yield from self._fields(inner, f"{before}{name} \u203a ")

    def _resolved(self, schema: dict) -> dict:
        if "$ref" in schema:
            return self.parts[schema["$ref"].rpartition("/")[2]]
        return schema


def _kind(schema: dict) -> Words:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind  # the other one is "null"
    return KINDS.get(schema.get("format", ""), KINDS[kind])


@lru_cache
def operations(language: str) -> dict[str, Operation]:
    """Every operation by its name, in the words of `language`."""
    with translation.override(language):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    parts = schema["components"]["schemas"]
    return {
        facts["operationId"]: Operation(facts["operationId"], method.upper(), path, facts, parts)
        for path, methods in schema["paths"].items()
        for method, facts in methods.items()
    }


def api_docs(request):
    """How a program signs in, and all operations by what they are about."""
    every = operations(translation.get_language()).values()
    areas = [(words, [one for one in every if one.area == words]) for words in AREAS.values()]
    return render(request, "api/operations.html", {"areas": areas})


def api_operation(request, name):
    """What one operation takes and gives."""
    found = operations(translation.get_language()).get(name)
    if found is None:
        raise Http404
    context = {"operation": found, "places": found.places(), "asks": found.asks(), "gives": found.gives()}
    return render(request, "api/operation.html", context)
