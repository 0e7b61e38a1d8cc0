"""Plans, grants, payments and follow-ups for programs."""

from django.urls import include, path
from rest_framework import routers, serializers

from cases.acting_api import urls_of
from cases.api import Readable

from . import acts
from .models import Activity, FollowUp, Grant, Payment, Plan, Quote


class ActivitySerializer(serializers.ModelSerializer):
    class Meta:
        model = Activity
        fields = ["id", "line", "dimension", "title", "modality", "cost", "by_when", "who"]


class PlanSerializer(serializers.ModelSerializer):
    reference = serializers.CharField(source="reference_of_case", read_only=True)
    activities = ActivitySerializer(many=True, read_only=True)

    class Meta:
        model = Plan
        fields = [
            "id", "reference", "version", "status", "goal_economic", "goal_social", "goal_psychosocial",
            "structural_factors", "currency", "cap", "agreed_at", "approved_at", "activities",
        ]  # fmt: skip


class QuoteSerializer(serializers.ModelSerializer):
    supplier = serializers.StringRelatedField()

    class Meta:
        model = Quote
        fields = [
            "id", "supplier", "amount", "currency", "rate", "rate_on", "rate_source", "in_programme_currency", "dated",
            "valid_until", "guarantee", "delivery",
        ]  # fmt: skip


class GrantSerializer(serializers.ModelSerializer):
    case = serializers.CharField(source="reference_of_case", read_only=True)
    quotes = QuoteSerializer(many=True, read_only=True)
    donor_line = serializers.CharField(source="donor_line.code", read_only=True)

    class Meta:
        model = Grant
        fields = [
            "reference", "case", "plan", "activity", "status", "status_since", "item", "specification", "expected_cost",
            "currency", "donor_line", "chosen", "approved_amount", "approved_at", "ordered_on", "delivered_on",
            "as_chosen", "quotes",
        ]  # fmt: skip


class PaymentSerializer(serializers.ModelSerializer):
    case = serializers.CharField(source="reference_of_case", read_only=True)
    donor_line = serializers.CharField(source="donor_line.code", read_only=True)

    class Meta:
        model = Payment
        fields = [
            "id", "case", "kind", "amount", "currency", "rate", "rate_on", "rate_source", "programme_amount",
            "programme_currency", "paid_on", "donor_line",
        ]  # fmt: skip


class FollowUpSerializer(serializers.ModelSerializer):
    reference = serializers.CharField(source="reference_of_case", read_only=True)

    class Meta:
        model = FollowUp
        fields = [
            "id", "reference", "months", "due_on", "status", "held_on", "mode", "economic", "social", "psychosocial",
            "findings", "needs_attention", "reason",
        ]  # fmt: skip


class PlanViewSet(Readable):
    """Plans, every version."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def with_related(self, found):
        return found.select_related("case", "shared").prefetch_related("activities")


class GrantViewSet(Readable):
    """Help in kind with its quotes."""

    queryset = Grant.objects.none()
    serializer_class = GrantSerializer
    lookup_field = "reference"

    def with_related(self, found):
        return found.select_related("case", "shared", "donor_line").prefetch_related("quotes__supplier")


class PaymentViewSet(Readable):
    """Payments with their dated rates."""

    queryset = Payment.objects.none()
    serializer_class = PaymentSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def with_related(self, found):
        return found.select_related("case", "shared", "donor_line")


class FollowUpViewSet(Readable):
    """Follow-ups, due and held."""

    queryset = FollowUp.objects.none()
    serializer_class = FollowUpSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def with_related(self, found):
        return found.select_related("case", "shared")


router = routers.SimpleRouter()
router.register("plans", PlanViewSet, "api_plan")
router.register("grants", GrantViewSet, "api_grant")
router.register("payments", PaymentViewSet, "api_payment")
router.register("follow-ups", FollowUpViewSet, "api_follow_up")
urlpatterns = [*urls_of(acts), path("", include(router.urls))]
