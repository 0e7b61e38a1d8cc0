"""Which address leads where: one line per app."""

from django.urls import include, path

from . import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("avrr.api")),
    path("", include("accounts.urls")),
    path("", include("cases.urls")),
    path("", include("reintegration.urls")),
    path("", include("referrals.urls")),
    path("", include("reports.urls")),
]

handler400 = "avrr.errors.bad_request"
handler500 = "avrr.errors.server_error"
