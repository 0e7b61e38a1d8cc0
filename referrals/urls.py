"""Addresses of referrals."""

from django.urls import path

from cases.acting import urls_of

from . import acts, views, views_services

urlpatterns = [
    *urls_of(acts),
    path("cases/<ref:reference>/referrals/", views.referrals, name="referrals"),
    path("services/", views_services.service_list, name="service_list"),
    path("services/new/", views_services.keep_service, name="keep_service"),
    path("services/<int:pk>/", views_services.keep_service, name="keep_service"),
    path("referrals/", views.referral_list, name="referral_list"),
]
