"""The API under /api/v1/: one line per app, its schema and its documentation."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from . import api_docs

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", api_docs.api_docs, name="api_docs"),
    path("docs/<slug:name>/", api_docs.api_operation, name="api_operation"),
    path("", include("cases.api")),
    path("", include("reintegration.api")),
    path("", include("referrals.api")),
]
