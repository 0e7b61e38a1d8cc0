"""Addresses of plans, grants and follow-ups."""

from django.urls import path

from cases.acting import urls_of

from . import (
    acts,
    documents_views,  # noqa: F401  declares print_plan
    views,
)

urlpatterns = [
    *urls_of(acts),
    path("cases/<ref:reference>/plan/", views.plan, name="plan"),
    path("cases/<ref:reference>/grants/", views.grants, name="grants"),
    path("cases/<ref:reference>/follow-ups/", views.follow_ups, name="follow_ups"),
    path("grants/", views.grant_list, name="grant_list"),
    path("grants/<ref:reference>/", views.grant, name="grant"),
]
