"""Addresses of referrals."""

from django.urls import path

from cases.acting import urls_of

from . import acts, views

urlpatterns = [
    *urls_of(acts),
    path("cases/<str:reference>/referrals/", views.referrals, name="referrals"),
    path("referrals/", views.referral_list, name="referral_list"),
]
