"""Addresses of cases. Acts come first: «cases/open_case/» is not a reference."""

from django.urls import path

from . import acts, urls_jobs
from .acting import urls_of
from .views import audit, cases, counselling, documents, lookalikes, partner, programmes, reassign, stages, work

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("search/", cases.search, name="search"),
    path("arrivals/", partner.arrivals, name="arrivals"),
    path("lookalikes/", lookalikes.show_lookalikes, name="show_lookalikes"),
    *urls_jobs.urlpatterns,
    *urls_of(acts),
    path("cases/reassign/", reassign.reassign, name="reassign"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/new/", programmes.keep_programme, name="keep_programme"),
    path("programmes/<int:pk>/", programmes.keep_programme, name="keep_programme"),
    path("programmes/<int:programme>/lines/new/", programmes.keep_donor_line, name="keep_donor_line"),
    path("programmes/<int:programme>/lines/<int:pk>/", programmes.keep_donor_line, name="keep_donor_line"),
    path("programmes/suspensions/new/", programmes.suspend_country, name="suspend_country"),
    path("programmes/suspensions/<int:pk>/", programmes.suspend_country, name="suspend_country"),
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/access/", audit.access_audit, name="access_audit"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/<ref:reference>/", cases.case, name="case"),
    path("cases/<ref:reference>/story/", cases.story, name="story"),
    path("cases/<ref:reference>/counselling/", counselling.counselling, name="counselling"),
    path("cases/<ref:reference>/decision/", stages.decision, name="decision"),
    path("cases/<ref:reference>/journey/", stages.journey, name="journey"),
    path("cases/<ref:reference>/documents/", documents.documents, name="documents"),
    path("cases/<ref:reference>/history/", cases.history, name="history"),
    path("cases/<ref:reference>/people/<int:number>/", cases.person, name="person"),
    path("documents/<int:pk>/file/", documents.document_file, name="document_file"),
]
