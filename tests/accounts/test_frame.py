"""Who finds what in the navigation, and what happens where an address does not exist."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from accounts.context import NAVIGATION, frame
from accounts.models import User
from accounts.roles import Role


def nothing(request):
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="my_work"),
    path("cases/", nothing, name="case_list"),
    path("grants/", nothing, name="grant_list"),
    path("reports/", nothing, name="report_list"),
    path("audit/", nothing, name="audit_list"),
]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = __name__


def seen_by(role, address="/", **cookies):
    request = RequestFactory().get(address)
    request.user = User(role=role)
    request.COOKIES.update(cookies)
    return frame(request)


def labels(role):
    return [str(entry.label) for entry in seen_by(role)["nav"]]


def test_each_role_finds_its_own_places_and_only_those_that_exist():
    assert labels(Role.CASEWORKER) == ["My work", "Cases", "Plans and grants"]
    assert labels(Role.SUPERVISOR) == ["My work", "Cases", "Plans and grants", "Reports"]
    assert labels(Role.PARTNER_WORKER) == ["My work", "People", "Grants"]
    assert labels(Role.AUDITOR) == ["Audit"]
    assert labels(Role.ADMINISTRATOR) == []


def test_every_role_with_a_sign_in_has_a_navigation():
    assert set(NAVIGATION) == set(Role) - {Role.SYSTEM}


@pytest.mark.parametrize(
    ("address", "current"),
    [("/", {"My work": "page"}), ("/cases/", {"Cases": "page"}), ("/cases/7/plan/", {"Cases": "true"}), ("/help/", {})],
)
def test_the_navigation_shows_where_we_are(address, current):
    nav = seen_by(Role.CASEWORKER, address)["nav"]
    assert {str(entry.label): entry.current for entry in nav if entry.current} == current


def test_a_stranger_has_no_navigation():
    request = RequestFactory().get("/")
    assert list(frame(request)["nav"]) == []


def test_the_theme_is_one_of_three():
    assert seen_by(Role.CASEWORKER)["theme"] == "auto"
    assert seen_by(Role.CASEWORKER, theme="dark")["theme"] == "dark"
    assert seen_by(Role.CASEWORKER, theme='"><script>')["theme"] == "auto"
