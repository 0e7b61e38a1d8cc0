"""A programme with people who went home, made in bulk: enough of them that sums mean something."""

import random
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, Role
from cases.models import Case, Document, DonorLine, Person, Programme
from reintegration.models import Activity, Payment, Plan


@pytest.fixture(autouse=True)
def a_day():
    """The day on which reports are made here: all who depart have departed, and no midnight comes between."""
    with time_machine.travel(datetime(2026, 12, 15, 9, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def agency(db):
    return Organisation.objects.create(name="Retour & Avenir", kind=OrganisationKind.HOST, country="FR")


@pytest.fixture
def person_of(agency):
    def make(role, organisation=None):
        where = organisation or agency
        if found := User.objects.filter(role=role, organisation=where).first():
            return found
        return User.objects.create_user(
            f"{role}-{where.pk}@reports.example", name=f"The {role}", role=role, organisation=where
        )

    return make


@pytest.fixture
def mira(person_of):
    return person_of(Role.MANAGER)


@pytest.fixture
def amina(person_of):
    return person_of(Role.CASEWORKER)


@pytest.fixture
def programme(agency):
    return Programme.objects.create(
        organisation=agency, name="Return and reintegration", code="=FR-26", host_country="FR",
        return_countries=["SN", "GE"], arrival_cash=615, cap_adult=2000, cap_minor=1000, small_purchase_limit=500,
    )  # fmt: skip


@pytest.fixture
def line(programme):
    donor = Organisation.objects.create(name="Donor", kind=OrganisationKind.DONOR, country="BE")
    return DonorLine.objects.create(programme=programme, donor=donor, code="B1", name="Help on arrival")


@pytest.fixture
def returned(programme, amina):
    """Forty cases of one to three people, most of whom departed in 2025 or 2026; the same every time."""
    dice = random.Random(7)
    cases, people = [], []
    for n in range(40):
        left = date(2025, 1, 1) + timedelta(days=dice.randrange(700))
        has_left = dice.random() < 0.8
        cases.append(Case(
            reference=f"AVRR-FR-2026-{n:06}-0", organisation=amina.organisation, owner=amina, programme=programme,
            host_country="FR", return_country=dice.choice(["SN", "SN", "SN", "GE", "AM"]), scenario="voluntary",
            reasons=["plans", "family"], stage="reintegration" if has_left else dice.choice(["enquiry", "screening"]),
            departed_on=left if has_left else None, return_place=dice.choice(PLACES),
        ))  # fmt: skip
        for number in range(1, dice.randint(1, 3) + 1):
            people.append(Person(
                case=cases[-1], organisation=amina.organisation, number=number, name=f"Somebody {n}", search_name="x",
                relation="applicant" if number == 1 else "child", sex=dice.choice(["female", "male", "male"]),
                born_on=date(dice.randint(1950, 2023), dice.randint(1, 12), dice.randint(1, 28)), nationality="SN",
                status="departed" if has_left else "taking_part", departed_on=left if has_left else None,
                vulnerabilities=dice.choice([[], [], [], ["health"], ["health", "elderly"], ["trafficking"]]),
            ))  # fmt: skip
    Case.objects.bulk_create(cases)
    Person.objects.bulk_create(people)
    return cases


PLACES = [
    "Thiès", "=cmd|' /C calc'!A0", "+33 1", "@SUM(1)", "-2", "\t=1", "'=1", '"quoted", comma', "two\nlines", "Γκόρι",
]  # fmt: skip
HOSTILE = [
    "=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "\n@x", '=HYPERLINK("http://x")', "\x01=1", '"=1',
    "＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "−1+A1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u3000@x",
    "Thiès;=1+1", "Thiès; =1+1", "Thiès,=1+1", "Thiès, @SUM(A1)", "Thiès|+1", "Thiès\t=1", "Thiès\r\n=1", 'Thiès;"=1',
    "Thiès;'=1", "Thiès;＝1", "Thiès； -1", "Thiès;;=1", "a;=1;=2,-3", "=;=1", "Thiès;\u00a0＠x", "x;\x7f=1",
    "=cmd|' /C calc'!A0", "x,=cmd|'/C calc'!A0", '";=1+1;"', "'';@SUM(1)",
]  # fmt: skip


def formulas_in(raw: str) -> list[str]:
    """What some program would take for a formula, whichever sign parts the cells there and whether it minds quotes."""
    cells = (cell.lstrip().lstrip('"\u200b\ufeff ').lstrip() for cell in re.split(r"[,;|\t\r\n，；｜]", raw))
    return [cell for cell in cells if cell.startswith(tuple("=+-@−＝＋－＠﹦﹢﹣﹫"))]


@pytest.fixture
def agreed(returned, amina, line):
    """A plan in force with three lines in the first case that arrived, agreed in May 2026, and cash paid in June."""
    case = next(case for case in returned if case.departed_on and case.departed_on < date(2026, 5, 1))
    other = User.objects.create_user("b@reports.example", name="B", role="supervisor", organisation=case.organisation)
    plan = Plan.objects.create(case=case, organisation=case.organisation, currency="EUR", cap=3000, drafted_by=amina)
    lines = [("economic", "in_kind"), ("economic", "service"), ("social", "cash")]
    for number, (dimension, modality) in enumerate(lines):
        Activity.objects.create(plan=plan, line=number, dimension=dimension, modality=modality, title="x", cost=10)
    when = timezone.make_aware(timezone.datetime(2026, 5, 31, 23, 30))
    for status in ("agreed", "approved"):
        Plan.objects.filter(pk=plan.pk).update(
            status=status, agreed_at=when, agreed_by=amina, signed_how="paper", approved_by=other, approved_at=when
        )
    proof = Document.objects.create(
        case=case, organisation=case.organisation, kind="receipt", title="x", file="x", content_type="x", size=1,
        sha256="x", by=amina,
    )  # fmt: skip
    person = case.people.get(number=1)
    Person.objects.filter(pk=person.pk).update(status="arrived", arrived_on=case.departed_on)
    Payment.objects.create(
        case=case, organisation=case.organisation, kind="arrival_cash", person=person, donor_line=line,
        amount=Decimal("615"), currency="EUR", rate=1, rate_on=date(2026, 6, 1), rate_source="none",
        programme_amount=Decimal("615.00"), programme_currency="EUR", paid_on=date(2026, 6, 1), proof=proof,
        paid_by=other,
    )  # fmt: skip
    return plan
