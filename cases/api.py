"""Cases for programs: read through the same door as the pages, changed by the same verbs."""

import re

from django.urls import include, path
from rest_framework import routers, serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

from . import acts
from .acting_api import urls_of
from .fields import SHARED_FACTS
from .filters import CaseFilter
from .lifecycle import see_handover
from .models import Case, LegalText, Person, SharedCase, SharedPerson, Work


class NewestFirst(CursorPagination):
    """Pages by cursor, newest first; no totals."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-pk"

    def decode_cursor(self, request):
        """A mark that none of our answers named is not there, as for any address that leads nowhere."""
        cursor = super().decode_cursor(request)
        if cursor and cursor.position is not None and not re.fullmatch("[0-9]{1,18}", cursor.position):
            raise NotFound(self.invalid_cursor_message)
        return cursor


class Readable(viewsets.ReadOnlyModelViewSet):
    """What a user may see of one kind of record. Whoever may see nothing of it finds nothing there."""

    pagination_class = NewestFirst
    lookup_value_regex = "[A-Za-z0-9-]{1,24}"

    def get_queryset(self):
        found = self.queryset.model.objects.visible_to(self.request.user)
        return self.with_related(found)

    def with_related(self, found):
        return found


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ["number", *SHARED_FACTS, "birth_place", "interpreter_language", "stays_at"]


class SharedPersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = SharedPerson
        fields = ["number", *SHARED_FACTS]


CASE_FIELDS = [
    "reference",
    "stage",
    "stage_since",
    "programme",
    "owner",
    "office",
    "host_country",
    "return_country",
    "return_place",
    "scenario",
    "reasons",
    "legal_deadline",
    "legal_deadline_on",
    "needs",
    "opened_at",
    "applied_on",
    "departed_on",
    "arrived_on",
    "held_since",
    "outcome",
    "closed_on",
    "next_due_on",
]


class CaseSerializer(serializers.ModelSerializer):
    people = PersonSerializer(many=True, read_only=True)

    class Meta:
        model = Case
        fields = [*CASE_FIELDS, "people"]


class SharedCaseSerializer(serializers.ModelSerializer):
    people = SharedPersonSerializer(many=True, read_only=True)

    class Meta:
        model = SharedCase
        fields = [
            "reference", "status", "return_country", "return_place", "adults", "minors", "needs", "travel_from",
            "title", "stage", "is_held", "host_contact", "needs_list", "expected_on", "departed_on", "arrived_on",
            "sent_at", "answer_due_on", "answered_at", "people",
        ]  # fmt: skip


class WorkSerializer(serializers.ModelSerializer):
    reference = serializers.SerializerMethodField()

    class Meta:
        model = Work
        fields = ["id", "reference", "kind", "subject", "title", "for_role", "for_user", "since", "due_on"]

    def get_reference(self, work) -> str:
        return (work.shared or work.case).reference if work.shared_id or work.case_id else ""


class LegalTextSerializer(serializers.ModelSerializer):
    class Meta:
        model = LegalText
        fields = ["id", "scope", "language", "version", "body", "if_no"]


class CaseViewSet(Readable):
    """The cases of the own agency."""

    queryset = Case.objects.none()
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    lookup_field = "reference"

    def with_related(self, found):
        return found.prefetch_related("people")


class SharedCaseViewSet(Readable):
    """What was shared with a partner; before it accepts, the preview only."""

    queryset = SharedCase.objects.none()
    serializer_class = SharedCaseSerializer
    lookup_field = "reference"

    def with_related(self, found):
        return found.prefetch_related("people")

    def get_object(self):
        found = self.get_queryset().filter(reference=self.kwargs["reference"]).order_by("-pk").first()
        if found is None:
            raise NotFound
        see_handover(found, by=self.request.user)
        return found

    def paginate_queryset(self, found):
        page = super().paginate_queryset(found)
        for shared in page:
            see_handover(shared, by=self.request.user)
        return page


class WorkViewSet(Readable):
    """Open work that this user may see."""

    queryset = Work.objects.none()
    serializer_class = WorkSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def with_related(self, found):
        return found.open().select_related("case", "shared")


class LegalTextViewSet(Readable):
    """The words people agree to and sign; an answer names the text that was shown."""

    queryset = LegalText.objects.none()
    serializer_class = LegalTextSerializer
    lookup_value_regex = "[0-9]{1,9}"


router = routers.SimpleRouter()
router.register("cases", CaseViewSet, "api_case")
router.register("shared", SharedCaseViewSet, "api_shared")
router.register("work", WorkViewSet, "api_work")
router.register("texts", LegalTextViewSet, "api_text")
urlpatterns = [*urls_of(acts), path("", include(router.urls))]
