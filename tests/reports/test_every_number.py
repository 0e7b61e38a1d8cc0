"""Every number of the donor report that is a link opens the very cases it counts, counted here one by one by hand."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts.templatetags.page import money_words, number
from cases import lifecycle as office
from cases.calendars import age_on
from cases.models import Case, Person
from reintegration.lifecycle import amend_plan, cancel_grant
from reintegration.models import Activity, Grant, Payment
from reports import views
from reports.catalogue import CATALOGUE
from tests import make
from tests.make import AISSA, OUSMANE

START, END = date(2025, 6, 1), date(2026, 12, 31)
AXES = {
    "returns": ("to", "host"), "ages": ("band", "sex"), "vulnerability": ("need",), "stages": ("stage",),
    "activities": ("dimension", "modality"), "money": ("line", "kind", "step"),
}  # fmt: skip
BANDS = [(5, "0-4"), (14, "5-13"), (18, "14-17"), (25, "18-24"), (35, "25-34"), (60, "35-59"), (200, "60+")]


# --- Counted by hand ---
class ByHand:
    """What the report counts, one thing after the other: (case, place on the axes of its table, how much)."""

    def __init__(self, programme, line=None):
        self.line, self.zone = line, ZoneInfo(programme.organisation.time_zone)
        self.cases = {case.pk: case for case in Case.objects.filter(programme=programme) if self._is_charged(case)}
        self.things = {
            "returns": [(p.case_id, (p.case.return_country, p.case.host_country), 1) for p in self._returned()],
            "ages": [(p.case_id, (self._band(p), p.sex), 1) for p in self._returned()],
            "vulnerability": [(p.case_id, (self._need(p),), 1) for p in self._returned()],
            "stages": [(case.pk, (case.stage,), 1) for case in self.cases.values()],
            "activities": [(a.plan.case_id, (a.dimension, a.modality), 1) for a in self._activities()],
            "money": [*self._of_grants(), *self._of_payments()],
        }

    def at(self, table, place):
        """(number, references) of a cell; axes that `place` leaves out are summed over."""
        wanted = [place.get(axis) for axis in AXES[table]]
        found = [
            (case, much)
            for case, key, much in self.things[table]
            if all(want in (None, code) for want, code in zip(wanted, key, strict=True))
        ]
        return sum(much for _case, much in found), sorted({self.cases[case].reference for case, _much in found})

    def _is_charged(self, case):
        if self.line is None:
            return True
        grants = [grant for grant in case.grants.all() if grant.status != "cancelled"]
        return self.line.pk in {one.donor_line_id for one in [*grants, *case.payments.all()]}

    def _returned(self):
        people = Person.objects.filter(case__in=self.cases, status__in=["departed", "arrived"]).select_related("case")
        return [person for person in people if self._is_in(person.departed_on)]

    def _band(self, person):
        age = age_on(person.born_on, person.departed_on)
        return next(name for limit, name in BANDS if age < limit)

    def _need(self, person):
        return {0: "none", 1: person.vulnerabilities[0] if person.vulnerabilities else ""}.get(
            len(person.vulnerabilities), "several"
        )

    def _activities(self):
        lines = list(Activity.objects.filter(plan__case__in=self.cases).select_related("plan"))
        first = {}
        for one in lines:
            if one.plan.agreed_at:
                key = one.plan.case_id, one.line
                first[key] = min(first.get(key, one.plan.agreed_at), one.plan.agreed_at)
        in_force = [one for one in lines if one.plan.status == "approved"]
        return [one for one in in_force if self._is_in(self._day(first[one.plan.case_id, one.line]))]

    def _of_grants(self):
        for grant in Grant.objects.filter(case__in=self.cases).exclude(status="cancelled"):
            steps = {
                "approved": self._day(grant.approved_at), "ordered": grant.ordered_on, "delivered": grant.delivered_on
            }  # fmt: skip
            for step, day in steps.items():
                if self._is_in(day) and self._is_of_line(grant):
                    yield grant.case_id, (str(grant.donor_line_id), "grant", step), grant.approved_amount

    def _of_payments(self):
        for paid in Payment.objects.filter(case__in=self.cases):
            if self._is_in(paid.paid_on) and self._is_of_line(paid):
                yield paid.case_id, (str(paid.donor_line_id), paid.kind, "paid"), paid.programme_amount

    def _is_of_line(self, record):
        return self.line is None or record.donor_line_id == self.line.pk

    def _day(self, moment):
        return moment and moment.astimezone(self.zone).date()

    def _is_in(self, day):
        return day is not None and START <= day <= END


# --- Read from the pages ---
def links(page):
    """(what is written, address) of every number that opens something."""
    found = re.findall(r'<a href="(/reports/donor/cells/[^"]*)">(.*?)</a>', page.content.decode())
    return [(unescape(re.sub(r"<[^>]*>", "", words)), unescape(address)) for address, words in found]


def opened(client, address):
    """The references of all pages of a list, in order."""
    found = []
    while address:
        page = client.get(address)
        assert page.status_code == 200, address
        found += [case.reference for case, _may_open in page.context["cases"]]
        after = page.context["next"]
        address = address.partition("?")[0] + after if after else ""
    return found


def holds_true(client, programme, version, line=None):
    """Open every number of the report; gives {table: how many could be opened}."""
    asked = {"programme": programme.pk, "start": f"{START}", "end": f"{END}", "version": version}
    asked |= {"donor_line": line.pk} if line else {}
    by_hand, page = ByHand(programme, line), client.get(reverse("report", args=["donor"]), asked)
    seen = {}
    for words, address in links(page):
        query = dict(parse_qsl(urlsplit(address).query))
        table, place = query["table"], {name: code for name, code in query.items() if name in AXES[query["table"]]}
        much, references = by_hand.at(table, place)
        assert words == (money_words(much, programme.currency) if table == "money" else number(much)), (table, place)
        assert sorted(opened(client, address)) == references, (table, place)
        seen.setdefault(table, set()).add(tuple(place.items()))
    for table in page.context["tables"]:
        shown = [cell for row in table.rows() for cell in row.cells if cell.value]
        assert len(seen.get(table.name, ())) == len(shown), f"a number of {table.name} opens nothing"
        for key, value in table.lines():
            place = {axis: code for axis, code in zip(AXES[table.name], key, strict=True) if code}
            assert value is None or value == by_hand.at(table.name, place)[0], (table.name, place)
    return {table: len(places) for table, places in seen.items()}


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    """Lists of more than a page are read to their end, too."""
    monkeypatch.setattr(views, "SHOWN", 15)


@pytest.mark.parametrize("version", ["internal", "public"])
def test_every_number_about_many_people_opens_those_it_counts(client, agreed, programme, mira, version):
    client.force_login(mira)
    seen = holds_true(client, programme, version)
    if version == "internal":
        assert seen["returns"] >= 4 and seen["ages"] > 15 and seen["vulnerability"] >= 5 and seen["stages"] >= 3
        assert seen["activities"] >= 6 and seen["money"] >= 4


@pytest.fixture
def all_kinds_of_help(cast, clock):
    """Help at every step, some of it cancelled, on two donor lines; a plan amended; a family of whom one withdrew."""
    for stage in (make.granted, make.approved, make.ordered, make.delivered, make.paid):
        make.give_cash(cast, stage(cast).shared)
    cancel_grant(make.approved(cast), by=cast.horizon, note="Found elsewhere")
    plan = make.planned(cast, OUSMANE, AISSA)
    make.give_cash(cast, plan.shared, amount="600.50")
    amend_plan(plan, by=cast.horizon, note="She learns a trade first")
    left = make.booked(cast, OUSMANE).case
    office.withdraw(left, by=cast.amina, people=[left.people.last()])
    make.depart(left)
    make.opened(cast)
    return cast.programme


def test_every_number_about_help_and_money_opens_those_it_counts(client, cast, all_kinds_of_help):
    client.force_login(cast.mira)
    for line, most in ((None, 4 * 2 + 2 * 3), (cast.line, 4 * 3), (cast.cash_line, 3)):
        seen = holds_true(client, cast.programme, "internal", line)
        assert seen["money"] >= most, (line, seen)
        assert {"returns", "ages", "vulnerability", "stages", "activities"} <= seen.keys()


def test_what_is_counted_by_hand_notices_a_wrong_number(client, agreed, programme, mira, monkeypatch):
    """A list that forgets one case is found out."""
    cases = CATALOGUE["donor"].cases
    monkeypatch.setattr(
        CATALOGUE["donor"], "cases", lambda self, table, cell: cases(self, table, cell).exclude(pk=agreed.case_id)
    )
    client.force_login(mira)
    with pytest.raises(AssertionError):
        holds_true(client, programme, "internal")
