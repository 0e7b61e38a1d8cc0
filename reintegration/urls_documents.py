"""Addresses of documents of reintegration."""

from django.urls import path

from .documents_views import print_plan

urlpatterns = [path("cases/<ref:reference>/print_plan/", print_plan, name="print_plan")]
