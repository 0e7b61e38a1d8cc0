"""Every address and what it answers to each person: tests/access.csv, checked in, so that a change of access is a
reviewed line. `HOMEWARD_WRITE_ACCESS=1 pytest tests/test_access.py` writes the table anew.

The case, its grant and all that hangs on it belong to Amina's agency and to Horizon: Nadia (another agency) and Lantern
(another partner) stand for everybody else, with identifiers that exist.
"""

import csv
import os
import re
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts.models import ApiToken, Invitation, Notice
from cases.acting import ACTS
from cases.lifecycle import add_document, add_task, raise_concern
from cases.models import Job, Suspension
from referrals.lifecycle import send_referral
from tests import make
from tests.people import USERS

TABLE = Path(__file__).with_name("access.csv")
PEOPLE = ("anonymous", *USERS)
PLAIN = re.compile(r"<\w+:")  # «<ref:reference>» is written «<reference>»
THEIR_OWN = re.compile("accounts/|api/v1/(?!docs/)")  # allauth's pages; the API is asked in tests/test_api.py
FOR_EVERYBODY = ("welcome/", "api/v1/docs/")  # whoever has the link; how the API works is no secret


def routes(patterns=None, before="") -> list[tuple[str, str]]:
    """(name, route) of every page of ours."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            found.append((one.name or "", route))
        else:
            found += routes(one.url_patterns, route)
    return [(name, route) for name, route in found if not THEIR_OWN.match(route)]


def world(cast) -> dict[str, object]:
    """One family that came home, with everything that can hang on a case, by the beginning of its address."""
    grant = make.granted(cast)
    shared, case = grant.shared, grant.case
    person, waiting, due = case.people.get(), make.screened(cast), timezone.now() + timedelta(days=7)
    invited = {"name": "New", "role": "caseworker", "organisation": cast.agency, "invited_by": cast.ada}
    token = ApiToken.objects.create(name="Archive", user=cast.amina, secret_hash="1" * 64, expires_at=due)
    job = Job.objects.create(owner=cast.amina, kind="plan_pdf", parameters={"plan": grant.plan.pk, "language": "fr"})
    return {
        "cases/<ref:reference>": case.reference,
        "grants/<ref:reference>": grant.reference,
        "people/<int:number>": 1,
        "consents/<int:pk>": person.consents.first().pk,
        "concerns/<int:pk>": raise_concern(
            waiting.people.get(), by=cast.amina, kind="fear", detail="Debts", reviewer=cast.bashir
        ).pk,
        "walk-ins/<int:pk>": make.walked_in(cast).pk,
        "tasks/<int:pk>": add_task(case, by=cast.amina, title="Call", due_on=make.today(cast.amina)).pk,
        "facts/<slug:kind>": "person",
        "person/<int:pk>": person.pk,
        "plans/<int:pk>": grant.plan.pk,
        "follow-ups/<int:pk>": case.followups.first().pk,
        "referrals/<int:pk>": send_referral(
            shared, by=cast.horizon, person=person, service=cast.service, need="To talk", agreed=True
        ).pk,
        "documents/<int:pk>": add_document(shared, by=cast.horizon, kind="photo", title="Shop", upload=make.photo()).pk,
        "messages/<int:pk>": Notice.objects.create(
            key="one", recipient=cast.amina, kind="case_decided", context={"reference": case.reference}
        ).pk,
        "jobs/<int:pk>": job.pk,
        "welcome/<str:secret>": "no-such-secret",
        "users/invitations/<int:pk>": Invitation.objects.create(
            secret_hash="0" * 64, email="new@demo.example", expires_at=due, **invited
        ).pk,
        "users/keys/<int:pk>": token.pk,
        "users/<int:pk>": cast.claire.pk,
        "organisations/<int:pk>": cast.partner.pk,
        "programmes/<int:programme>": cast.programme.pk,
        "lines/<int:pk>": cast.line.pk,
        "suspensions/<int:pk>": Suspension.objects.create(
            country="SD", from_on=make.today(cast.amina), reason="Fighting"
        ).pk,
        "programmes/<int:pk>": cast.programme.pk,
        "services/<int:pk>": cast.service.pk,
        "reports/<slug:name>": "donor",
        "docs/<slug:name>": "add_note",
    }


def address(route: str, parts: dict, unknown=False) -> str:
    """The route with every part of it filled in; `unknown` fills in what nobody has."""
    for place, value in parts.items():
        start, _slash, name = place.rpartition("/")
        nobody = {"int": "999999999", "ref": "AVRR-FR-2026-999999-9"}.get(name.strip("<>").partition(":")[0], value)
        route = route.replace(place, f"{start}/{nobody if unknown else value}")
    assert "<" not in route, f"say in world() what stands in {route}"
    return f"/{route}"


def ask(client, method: str, path: str) -> int:
    """The answer, and nothing of what it may have done."""
    with transaction.atomic():
        code = getattr(client, method)(path).status_code
        transaction.set_rollback(True)
    return code


def test_every_address_answers_each_person_as_the_table_says(cast, client):
    parts = world(cast)
    found = {}
    for who in PEOPLE:
        client.logout() if who == "anonymous" else client.force_login(getattr(cast, who))
        for name, route in routes():
            for method in ("get", "post") if name in ACTS else ("get",):
                row = f"{method.upper()} {PLAIN.sub('<', route)}"
                found.setdefault(row, {})[who] = str(ask(client, method, address(route, parts)))
    if os.environ.get("HOMEWARD_WRITE_ACCESS"):
        write(found)
    assert found == read()


def test_unknown_foreign_and_forbidden_look_alike(cast, client):
    parts = world(cast)
    for who in ("amina", "lantern", "nadia"):
        client.force_login(getattr(cast, who))
        for name, route in routes():
            if "<" in route and not route.startswith(FOR_EVERYBODY):
                assert ask(client, "get", address(route, parts, unknown=True)) in NOT_THERE, (who, name)


NOT_THERE = (404, 405)  # 405 for what is only ever sent


def test_no_stranger_gets_through_with_an_identifier_that_exists():
    """Read in the table: another agency and another partner get nothing of this case, whatever the address."""
    own = ("<reference>", "<number>", "<pk>")
    directories = ("organisations/", "programmes/", "services/", "users/", "messages/", "suspensions/")
    for row, answers in read().items():
        if any(part in row for part in own) and not any(word in row for word in directories):
            assert {answers["nadia"], answers["lantern"]} <= {"404", "405"}, row
            assert answers["anonymous"] in ("302", "405"), row


def read() -> dict:
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {row.pop("address"): row for row in csv.DictReader(file)}


def write(found: dict) -> None:
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["address", *PEOPLE], lineterminator="\n")
        table.writeheader()
        table.writerows({"address": row} | answers for row, answers in sorted(found.items()))
