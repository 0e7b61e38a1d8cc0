"""Addresses of cases. Acts come first: «cases/open_case/» is not a reference."""

from django.urls import path

from . import acts
from .acting import urls_of
from .views import cases, documents, lookalikes, partner, reassign, work

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("search/", cases.search, name="search"),
    path("arrivals/", partner.arrivals, name="arrivals"),
    path("lookalikes/", lookalikes.show_lookalikes, name="show_lookalikes"),
    *urls_of(acts),
    path("cases/reassign/", reassign.reassign, name="reassign"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/story/", cases.story, name="story"),
    path("cases/<str:reference>/documents/", documents.documents, name="documents"),
    path("cases/<str:reference>/history/", cases.history, name="history"),
    path("cases/<str:reference>/people/<int:number>/", cases.person, name="person"),
    path("documents/<int:pk>/file/", documents.document_file, name="document_file"),
]
