"""Every address (pages, API, signing in), looked at and sent to, and what it answers to each person: tests/access.csv,
checked in, so that a change of access is a reviewed line. `HOMEWARD_WRITE_ACCESS=1 pytest -n0 tests/test_access.py`
writes the table anew.

The case, its grant and all that hangs on it belong to Amina's agency and to Horizon: Nadia (another agency) and Lantern
(another partner) stand for everybody else, with identifiers that exist.
"""

import csv
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts.models import ApiToken, Invitation, Notice
from cases.lifecycle import add_document, add_task, raise_concern
from cases.models import Job, LegalText, Suspension
from referrals.lifecycle import send_referral
from tests import make
from tests.people import USERS

TABLE = Path(__file__).with_name("access.csv")
PEOPLE = ("anonymous", *USERS)
PLACE = re.compile(r"\(\?P(<\w+>)(?:\[[^\]]*\]|[^()\[])*\)|<\w+:(\w+>)")  # «<ref:reference>» is written «<reference>»
FOR_EVERYBODY = ("welcome/", "accounts/", "api/v1/docs/")  # whoever has the link; how the API works is no secret


def routes(patterns=None, before="") -> list[str]:
    """Every address that the program knows, with its changing parts in angle brackets."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        found += [route] if isinstance(one, URLPattern) else routes(one.url_patterns, route)
    plain = [PLACE.sub(lambda place: place[1] or f"<{place[2]}", route) for route in found]
    return sorted({re.sub(r"[$^]", "", route) for route in plain})


def world(cast) -> dict[str, object]:
    """One family that came home, with everything that can hang on a case, by the beginning of its address."""
    grant = make.granted(cast)
    shared, case = grant.shared, grant.case
    person, waiting, due = case.people.get(), make.screened(cast), timezone.now() + timedelta(days=7)
    invited = {"name": "New", "role": "caseworker", "organisation": cast.agency, "invited_by": cast.ada}
    token = ApiToken.objects.create(name="Archive", user=cast.amina)
    job = Job.objects.create(owner=cast.amina, kind="plan_pdf", parameters={"plan": grant.plan.pk, "language": "fr"})
    task = add_task(case, by=cast.amina, title="Call", due_on=make.today(cast.amina))
    paid = make.give_cash(cast, shared)
    return {
        "cases/<reference>": case.reference,
        "shared/<reference>": shared.reference,
        "work/<pk>": task.pk,
        "texts/<pk>": LegalText.objects.first().pk,
        "payments/<pk>": paid.pk,
        "confirm-email/<key>": "no-such-key",
        "key/<uidb36>-<key>": "1-no-such-key",
        "grants/<reference>": grant.reference,
        "people/<number>": 1,
        "consents/<pk>": person.consents.first().pk,
        "concerns/<pk>": raise_concern(
            waiting.people.get(), by=cast.amina, kind="fear", detail="Debts", reviewer=cast.bashir
        ).pk,
        "walk-ins/<pk>": make.walked_in(cast).pk,
        "tasks/<pk>": task.pk,
        "facts/<kind>/<pk>": f"person/{person.pk}",
        "plans/<pk>": grant.plan.pk,
        "follow-ups/<pk>": case.followups.first().pk,
        "referrals/<pk>": send_referral(
            shared, by=cast.horizon, person=person, service=cast.service, need="To talk", agreed=True
        ).pk,
        "documents/<pk>": add_document(shared, by=cast.horizon, kind="photo", title="Shop", upload=make.photo()).pk,
        "messages/<pk>": Notice.objects.create(
            key="one", recipient=cast.amina, kind="case_decided", context={"reference": case.reference}
        ).pk,
        "jobs/<pk>": job.pk,
        "welcome/<secret>": "no-such-secret",
        "users/invitations/<pk>": Invitation.objects.create(
            secret_hash="0" * 64, email="new@demo.example", expires_at=due, **invited
        ).pk,
        "users/keys/<pk>": token.pk,
        "keys/<pk>": token.pk,
        "users/<pk>": cast.claire.pk,
        "organisations/<pk>": cast.partner.pk,
        "programmes/<programme>": cast.programme.pk,
        "lines/<pk>": cast.line.pk,
        "suspensions/<pk>": Suspension.objects.create(
            country="SD", from_on=make.today(cast.amina), reason="Fighting"
        ).pk,
        "programmes/<pk>": cast.programme.pk,
        "services/<pk>": cast.service.pk,
        "reports/<name>": "donor",
        "docs/<name>": "add_note",
    }


NOBODYS = {
    "<pk>": "999999999",
    "<number>": "99",
    "<reference>": "AVRR-FR-2026-999999-9",
    "<secret>": "x",
    "<name>": "x",
}


def address(route: str, parts: dict, unknown=False) -> str:
    """The route with every part of it filled in; `unknown` fills in what nobody has."""
    for place in sorted(parts, key=len, reverse=True):
        nobodys = re.sub(r"<\w+>", lambda part: NOBODYS.get(part[0], "x"), place)
        route = route.replace(place, nobodys if unknown else f"{place[: place.index('<')]}{parts[place]}")
    assert "<" not in route, f"say in world() what stands in {route}"
    return f"/{route}"


def ask(client, method: str, path: str):
    """The answer, and nothing of what it may have done."""
    cookies = client.cookies.copy()
    sent = {"content_type": "application/json", "data": {}} if path.startswith("/api/") and method == "post" else {}
    with transaction.atomic():
        answer = getattr(client, method)(path, **sent)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_answers_each_person_as_the_table_says(cast, client, who):
    parts, found = world(cast), {}
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    for route in routes():
        for method in ("get", "post"):
            found[f"{method.upper()} {route}"] = str(ask(client, method, address(route, parts)).status_code)
    if os.environ.get("HOMEWARD_WRITE_ACCESS"):
        write(who, found)
    assert found == {row: answers[who] for row, answers in read().items()}


@pytest.mark.parametrize("who", ["amina", "lantern", "nadia"])
def test_unknown_foreign_and_forbidden_look_alike(cast, client, who):
    """Not there for anybody: 404 (405 for what is only ever sent), and what is another's answers word for word so."""
    parts = world(cast)
    client.force_login(getattr(cast, who))
    for route in routes():
        if "<" in route and not route.startswith(FOR_EVERYBODY):
            nowhere, theirs = (ask(client, "get", address(route, parts, unknown=unknown)) for unknown in (True, False))
            assert nowhere.status_code in (404, 405), route
            if theirs.status_code == 404:
                assert headers(nowhere) == headers(theirs), route
                assert words(nowhere) == words(theirs), route


def headers(answer) -> dict:
    return {name: value for name, value in answer.headers.items() if name not in ("X-Request-ID", "Content-Length")}


def words(answer) -> str:
    """What a page says, without its one-time marks and its own address."""
    text = answer.content.decode()
    return re.sub(
        r'value="[^"]{20,}"|"next" value="[^"]*"|[?]next=[^"]*|"instance": ?"[^"]*"|data-csrf="[^"]*"', "", text
    )


def test_no_stranger_gets_through_with_an_identifier_that_exists():
    """Read in the table: another agency and another partner get nothing of this case, whatever the address."""
    own = ("<reference>", "<number>", "<pk>")
    directories = ("organisations/", "programmes/", "services/", "texts/", "users/", "messages/", "suspensions/")
    for row, answers in read().items():
        if any(part in row for part in own) and not any(word in row for word in directories):
            assert {answers["nadia"], answers["lantern"]} <= {"404", "405"}, row
            assert answers["anonymous"] in ("302", "401", "405"), row


def read() -> dict:
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {row.pop("address"): row for row in csv.DictReader(file)}


def write(who: str, found: dict) -> None:
    known = read() if TABLE.exists() else {}
    rows = {row: known.get(row, {}) | {who: answer} for row, answer in found.items()}
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["address", *PEOPLE], lineterminator="\n", restval="")
        table.writeheader()
        table.writerows({"address": row} | answers for row, answers in sorted(rows.items()))
