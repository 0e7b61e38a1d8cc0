"""Referrals and the directory of services for programs."""

from django.urls import include, path
from rest_framework import routers, serializers

from cases.acting_api import urls_of
from cases.api import Readable

from . import acts
from .models import Referral, Service


class ServiceSerializer(serializers.ModelSerializer):
    provider = serializers.StringRelatedField()

    class Meta:
        model = Service
        fields = ["id", "name", "provider", "sector", "country", "place", "contact", "verified_on", "is_active"]


class ReferralSerializer(serializers.ModelSerializer):
    reference = serializers.CharField(source="reference_of_case", read_only=True)

    class Meta:
        model = Referral
        fields = [
            "id", "reference", "service", "status", "need", "sent_at", "answer_due_on", "answered_at", "answer_note",
            "finished_on", "outcome",
        ]  # fmt: skip


class ServiceViewSet(Readable):
    """The directory of services: no personal data."""

    queryset = Service.objects.none()
    serializer_class = ServiceSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def with_related(self, found):
        return found.select_related("provider")


class ReferralViewSet(Readable):
    """Referrals with what came of them."""

    queryset = Referral.objects.none()
    serializer_class = ReferralSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def with_related(self, found):
        return found.select_related("case", "shared")


router = routers.SimpleRouter()
router.register("services", ServiceViewSet, "api_service")
router.register("referrals", ReferralViewSet, "api_referral")
urlpatterns = [*urls_of(acts), path("", include(router.urls))]
