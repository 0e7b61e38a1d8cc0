"""The donor report counts what it says it counts, opens what it counted, and gives nobody away."""

from collections import Counter
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from accounts.roles import OrganisationKind, Role
from cases.calendars import age_on
from cases.models import Case, Person
from reports.catalogue import CATALOGUE
from reports.suppression import TOTAL

YEAR = {"start": "2026-01-01", "end": "2026-12-31"}


@pytest.fixture
def report(programme, mira):
    def make(version="internal", user=None, **asked):
        found = CATALOGUE["donor"]({"programme": programme.pk, **YEAR, "version": version, **asked}, user=user or mira)
        assert found.is_valid(), found.errors
        return found

    return make


def tables(report):
    return {table.name: table for table in report.tables()}


def departed(programme):
    return Person.objects.filter(
        case__programme=programme, departed_on__range=(date(2026, 1, 1), date(2026, 12, 31))
    ).select_related("case")


def band(person):
    age = age_on(person.born_on, person.departed_on)
    limits = [(5, "0-4"), (14, "5-13"), (18, "14-17"), (25, "18-24"), (35, "25-34"), (60, "35-59")]
    return next((name for limit, name in limits if age < limit), "60+")


def need(person):
    several = "several" if len(person.vulnerabilities) > 1 else "none"
    return person.vulnerabilities[0] if len(person.vulnerabilities) == 1 else several


def nonzero(table):
    return {key: count for key, count in table.counts.items() if count}


def test_people_are_counted_as_somebody_would_by_hand(report, returned, programme):
    found, people = tables(report()), list(departed(programme))
    assert len(people) > 20
    assert nonzero(found["returns"]) == Counter((p.case.return_country, "FR") for p in people)
    assert nonzero(found["ages"]) == Counter((band(p), p.sex) for p in people)
    assert nonzero(found["vulnerability"]) == Counter((need(p),) for p in people)
    assert nonzero(found["stages"]) == Counter((case.stage,) for case in returned)
    assert found["returns"].total == found["ages"].total == found["vulnerability"].total == len(people)


def test_each_table_says_how_it_counted_and_agrees_with_its_control(report, agreed):
    asked = report()
    made = asked.tables()
    assert all(str(table.rule) and 1 <= len(table.axes) <= 3 for table in made)
    checks = asked.checks()
    assert len(checks) == 6 and all(check.agrees for check in checks)


def test_a_total_that_does_not_agree_is_said_not_hidden(report, agreed):
    asked = report()
    asked.tables()
    asked._controls["people"] += 1
    assert [check.agrees for check in asked.checks()].count(False) == 3


def test_activities_and_money_count_by_their_own_dates(report, agreed, line):
    found = tables(report(start="2026-05-31", end="2026-05-31"))
    lines = [("economic", "in_kind"), ("economic", "service"), ("social", "cash")]
    assert nonzero(found["activities"]) == dict.fromkeys(lines, 1)
    assert nonzero(found["money"]) == {}
    found = tables(report(start="2026-06-01", end="2026-06-01"))
    assert nonzero(found["activities"]) == {}
    assert found["money"].counts == {(str(line.pk), "arrival_cash", "paid"): Decimal("615.00")}
    assert found["money"].cube[TOTAL, TOTAL, "paid"] == Decimal("615.00")


def test_a_donor_line_counts_the_cases_it_paid_for(report, agreed, line):
    found = tables(report(donor_line=line.pk, start="2025-01-01"))
    assert found["stages"].total == 1
    assert found["returns"].total == agreed.case.people.count()


def test_every_number_opens_exactly_the_cases_it_counts(report, agreed, programme):
    asked = report(start="2025-01-01")
    for table in asked.tables():
        for row in table.rows():
            for cell in row.cells:
                if not cell.value:
                    assert not cell.url
                    continue
                query = dict(parse_qsl(urlsplit(cell.url).query))
                place = {axis.name: query[axis.name] for axis in table.axes if axis.name in query}
                behind = asked.cases(query["table"], place)
                assert behind.exists()
                if table.name == "stages":
                    assert behind.count() == cell.value
                if table.name == "returns":
                    countries = [place["to"]] if "to" in place else ["SN", "GE", "AM"]
                    assert set(behind) == set(
                        Case.objects.filter(return_country__in=countries, people__departed_on__isnull=False)
                    )


def test_one_statement_counts_everything(report, agreed):
    asked = report()
    with CaptureQueriesContext(connection) as seen:
        asked.tables()
    assert sum("WITH scope" in query["sql"] for query in seen) == 1 and len(seen) <= 3


def test_the_public_version_gives_nobody_away(report, agreed, mira):
    internal, public = tables(report()), tables(report("public"))
    for name, table in public.items():
        if table.currency:
            assert not table.gone
            assert table.cube == internal[name].cube
            continue
        assert not [key for key, value in table.lines() if value is not None and 0 < value < table.threshold]
        assert all(cell.url == "" for row in table.rows() for cell in row.cells if cell.is_hidden)
    assert public["vulnerability"].threshold == 10
    assert public["ages"].gone and public["activities"].gone
    assert {name: table.gone for name, table in tables(report("public")).items()} == {
        name: table.gone for name, table in public.items()
    }


def test_bars_tell_nothing_of_hidden_lines(report, agreed):
    for table in tables(report("public")).values():
        shown = [row for row in table.rows() if not row.is_total and row.cells[-1].value]
        assert not shown or table.currency or max(row.share for row in shown) == 100


def test_another_agency_counts_its_own_cases_only(programme, returned, person_of):
    elsewhere = Organisation.objects.create(name="Elsewhere", kind=OrganisationKind.HOST, country="DE")
    stranger = person_of(Role.MANAGER, elsewhere)
    asked = CATALOGUE["donor"]({"programme": programme.pk, **YEAR, "version": "internal"}, user=stranger)
    assert not asked.is_valid() and "programme" in asked.errors


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"start": "2026-05-01", "end": "2026-04-01"}, "end"),
        ({"start": "yesterday"}, "start"),
        ({"version": "secret"}, "version"),
        ({"programme": "0 OR 1=1"}, "programme"),
        ({"donor_line": "999"}, "donor_line"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(programme, mira, asked, field):
    found = CATALOGUE["donor"]({"programme": programme.pk, **YEAR, "version": "internal", **asked}, user=mira)
    assert not found.is_valid() and field in found.errors
