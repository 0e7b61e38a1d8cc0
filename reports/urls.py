"""Addresses of reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.report_list, name="report_list"),
    path("reports/cases/export_cases/", views.export_cases_view, name="export_cases"),
    path("reports/<slug:name>/", views.report, name="report"),
    path("reports/<slug:name>/cells/", views.report_cells, name="report_cells"),
    path("reports/<slug:name>/export_report/", views.export_report_view, name="export_report"),
]
