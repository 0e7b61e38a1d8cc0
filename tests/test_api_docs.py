"""The pages that explain the API: every operation with its words, inside our own frame, in both languages."""

import re

import pytest

from avrr.api_docs import operations
from cases.acting import ACTS

ELSEWHERE = re.compile(r"""(?:src|href|action)="(?:https?:)?//|<style|\sstyle=|<script(?![^>]*\ssrc=)""")


@pytest.fixture
def page(client, db):
    def fetch(path, language="en"):
        answer = client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200
        html = answer.content.decode()
        assert not ELSEWHERE.search(html) and f'<html lang="{language}"' in html
        return html

    return fetch


def test_every_operation_is_listed_and_has_its_page(page, django_assert_num_queries):
    listed = page("/api/v1/docs/")
    every = operations("en")
    assert set(ACTS) - {"print_plan"} <= set(every)
    for name, one in every.items():
        assert f"{one.method} {one.path}" in listed and f'href="/api/v1/docs/{name}/"' in listed
        with django_assert_num_queries(2):  # the transaction begins and ends
            assert one.path in page(f"/api/v1/docs/{name}/")


def test_an_operation_says_what_it_takes_and_gives(page):
    html = page("/api/v1/docs/add_document/")
    for word in ("Idempotency-Key", "multipart/form-data", "receipt", "up to 120 characters", "needed", "verb"):
        assert word in html, word
    listed = page("/api/v1/docs/cases_list/")
    assert "results \u203a people \u203a birth_place" in listed and "page_size" in listed


def test_the_words_are_those_of_the_forms_in_the_language_of_the_reader(page):
    assert "Nom comme dans le document" in page("/api/v1/docs/add_person/", "fr")
    assert "Name as in the document" in page("/api/v1/docs/add_person/")


def test_what_is_no_operation_is_not_there(client, db):
    answer = client.get("/api/v1/docs/no_such_thing/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_help_and_the_keys_lead_there(page, client, ada):
    assert "/api/v1/docs/" in page("/help/")
    client.force_login(ada)
    assert "/api/v1/docs/" in page("/users/keys/")
