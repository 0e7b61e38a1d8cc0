"""What a signed-in person was shown stays in no browser and no proxy; those who ask whether we live are nobody."""

import pytest
from django.urls import reverse

from cases.lifecycle import add_document
from tests import make


@pytest.mark.parametrize("address", ["/", "/cases/", "/api/v1/cases/", "/cases/AVRR-FR-2026-999999-9/"])
def test_nothing_shown_to_a_signed_in_person_is_kept(cast, client, address):
    client.force_login(cast.amina)
    assert set(client.get(address)["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_no_file_is_kept(cast, client):
    case = make.opened(cast).case
    document = add_document(case, by=cast.amina, kind="photo", title="Shop", upload=make.photo())
    client.force_login(cast.amina)
    answer = client.get(reverse("document_file", args=[document.pk]))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_a_probe_asks_nobody_who_they_are(cast, client, django_assert_num_queries):
    client.force_login(cast.amina)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
