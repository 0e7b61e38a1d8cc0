"""The partner's list of arrivals: the next 14 days, and everybody who should have come, however long ago."""

import re
from datetime import timedelta

import pytest

from cases.views import partner
from tests import make
from tests.make import FATOU

DAY = timedelta(days=1)


def listed(client, user) -> list[str]:
    """The names on the list, in its order."""
    client.force_login(user)
    page = client.get("/arrivals/")
    assert page.status_code == 200
    return re.findall(r"([A-Z][a-z]+) Sarr</bdi></strong>", page.content.decode())


def coming(cast, name, days):
    shared = make.preparing(cast, applicant=FATOU | {"name": f"{name} Sarr", "name_original": ""})
    make.give_papers(shared.case)
    make.book(shared.case, hours=24 * days)
    return shared


def test_who_comes_within_fourteen_days_is_listed_and_nobody_later(cast, client, clock, horizon, lantern):
    coming(cast, "Soon", 3)
    coming(cast, "Fourteen", 13.6)
    coming(cast, "Later", 15)
    assert listed(client, horizon) == ["Soon", "Fourteen"] and listed(client, lantern) == []
    clock.shift(2 * DAY)
    assert listed(client, horizon) == ["Soon", "Fourteen", "Later"]


def test_who_should_have_come_stays_listed_until_somebody_has_met_them(cast, client, clock, horizon):
    forgotten, left = coming(cast, "Forgotten", 3), coming(cast, "Left", 2)
    clock.shift(3 * DAY)
    make.depart(left.case)
    clock.shift(200 * DAY)
    assert listed(client, horizon) == ["Left", "Forgotten"]
    make.arrive(left)
    assert listed(client, horizon) == ["Forgotten"]
    assert forgotten.case.people.get().status == "taking_part"


def test_a_long_list_has_pages_and_loses_nobody(cast, client, monkeypatch, horizon):
    monkeypatch.setattr(partner, "PAGE", 2)
    for number, name in enumerate(("One", "Two", "Three")):
        coming(cast, name, number + 1)
    assert listed(client, horizon) == ["One", "Two"]
    address = re.search(r'href="(\?after=[^"]+)"', client.get("/arrivals/").content.decode())[1]
    assert "Three Sarr" in client.get(f"/arrivals/{address}").content.decode()


@pytest.mark.parametrize("name", ["amina", "bashir", "mira", "ada"])
def test_host_staff_meet_nobody_at_the_airport(cast, client, name):
    client.force_login(getattr(cast, name))
    assert client.get("/arrivals/").status_code == 404
