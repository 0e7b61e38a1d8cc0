"""Organisations, programmes, suspensions and services are kept in the browser; the auditor sees by whom."""

from datetime import date

from accounts.models import AccountEvent, Organisation
from cases.models import DonorLine, Programme, Suspension
from referrals.models import Service
from tests import make

ORGANISATION = {
    "name": "Sahel Support", "kind": "partner", "country": "SN", "city": "Thiès", "time_zone": "Africa/Dakar",
    "weekend": ["4", "5"], "offices": "Thiès\n\nMbour\nThiès", "is_active": "on",
}  # fmt: skip
PROGRAMME = {
    "name": "Homeward bound", "code": "HB-27", "host_country": "FR", "return_countries": ["SN", "GE"],
    "currency": "eur", "arrival_cash": "615", "cap_adult": "2 000,50", "cap_minor": "1000",
    "small_purchase_limit": "500",
    "quotes_needed": "3", "registration_days": "19", "itinerary_working_days": "5", "answer_working_days": "5",
    "arrival_working_days": "14", "plan_days": "30", "help_months": "12", "follow_up_months": "6, 3, 12",
    "is_active": "on",
}  # fmt: skip


def test_an_organisation_is_added_and_changed(client, ada):
    client.force_login(ada)
    assert client.post("/organisations/new/", ORGANISATION).status_code == 302
    kept = Organisation.objects.get(name="Sahel Support")
    assert kept.weekend == "45" and [office.name for office in kept.offices.all()] == ["Mbour", "Thiès"]
    page = client.get(f"/organisations/{kept.pk}/").content.decode()
    assert "Thiès" in page and "checked" in page
    changed = ORGANISATION | {"city": "Dakar", "offices": "Thiès\nMbour\nKaolack"}
    assert client.post(f"/organisations/{kept.pk}/", changed).status_code == 302
    kept.refresh_from_db()
    assert kept.city == "Dakar" and kept.offices.count() == 3


def test_what_an_organisation_cannot_be(client, cast, ada):
    client.force_login(ada)
    twice = client.post("/organisations/new/", ORGANISATION | {"name": "Horizon"})
    assert twice.status_code == 422 and "already exists" in twice.content.decode()
    lost = client.post(f"/organisations/{cast.agency.pk}/", ORGANISATION | {"kind": "host", "offices": ""})
    assert lost.status_code == 422 and "Lyon" in lost.content.decode()


def test_the_same_form_sent_twice_adds_one(client, cast, ada):
    client.force_login(ada)
    mark = str(client.get("/services/new/").context["mark"])
    facts = {
        "provider": cast.provider.pk,
        "name": "Legal advice",
        "sector": "legal",
        "country": "SN",
        "is_active": "on",
    }
    for _time in range(2):
        assert client.post("/services/new/", facts | {"_mark": mark}).url == "/services/"
    assert Service.objects.filter(name="Legal advice").count() == 1
    again = client.post("/services/new/", facts)
    assert again.status_code == 422, "the same service of the same provider stands already"


def test_a_programme_with_its_donor_lines(client, cast, ada):
    client.force_login(ada)
    facts = PROGRAMME | {"organisation": cast.agency.pk}
    assert client.post("/programmes/new/", facts).status_code == 302
    programme = Programme.objects.get(code="HB-27")
    assert (programme.currency, programme.follow_up_months, str(programme.cap_adult)) == ("EUR", [3, 6, 12], "2000.50")
    line = {"donor": cast.donor.pk, "code": "HB-27-A", "name": "Training", "is_active": "on"}
    assert client.post(f"/programmes/{programme.pk}/lines/new/", line).status_code == 302
    assert client.post(f"/programmes/{programme.pk}/lines/new/", line).status_code == 422
    kept = DonorLine.objects.get(code="HB-27-A")
    assert client.post(f"/programmes/{programme.pk}/lines/{kept.pk}/", line | {"name": "Tools"}).status_code == 302
    assert "HB-27-A" in client.get("/programmes/").content.decode()


def test_amounts_that_cannot_be(client, cast, ada):
    client.force_login(ada)
    wrong = {
        "cap_adult": "-1",
        "arrival_cash": "NaN",
        "cap_minor": "1e30",
        "currency": "ZZZ",
        "follow_up_months": "0, x",
    }
    answer = client.post("/programmes/new/", PROGRAMME | {"organisation": cast.agency.pk} | wrong)
    assert answer.status_code == 422 and set(wrong) <= set(answer.context["form"].errors)


def test_the_currency_of_a_programme_with_cases_stays(client, cast, ada):
    make.opened(cast)
    client.force_login(ada)
    facts = PROGRAMME | {"code": "HN-26", "organisation": cast.agency.pk, "currency": "USD"}
    answer = client.post(f"/programmes/{cast.programme.pk}/", facts)
    assert answer.status_code == 422 and "currency" in answer.context["form"].errors
    assert client.post(f"/programmes/{cast.programme.pk}/", facts | {"currency": "EUR"}).status_code == 302


def test_a_country_is_suspended_and_opened_again(client, ada):
    client.force_login(ada)
    facts = {"country": "SD", "from_on": "2026-03-10", "reason": "War"}
    assert client.post("/programmes/suspensions/new/", facts).status_code == 302
    suspension = Suspension.objects.in_force("SD", date(2027, 1, 1)).get()
    address = f"/programmes/suspensions/{suspension.pk}/"
    assert client.post(address, facts | {"until_on": "2026-03-01"}).status_code == 422
    assert client.post(address, facts | {"until_on": "2026-04-01"}).status_code == 302
    assert not Suspension.objects.in_force("SD", date(2027, 1, 1)).exists()


def test_the_auditor_sees_who_did_what_and_no_content(client, cast, ada, amina):
    case = make.opened(cast)
    client.force_login(ada)
    client.post("/organisations/new/", ORGANISATION)
    client.force_login(cast.audit)
    page = client.get("/audit/").content.decode()
    assert case.reference in page and "Amina Rahmani" in page and "Fatou" not in page
    assert case.reference not in client.get("/audit/?who=claire").content.decode()
    assert case.reference in client.get(f"/audit/?who=amina&verb=open_case&reference={case.reference}").content.decode()
    assert case.reference not in client.get("/audit/?until=2026-03-09").content.decode()
    for nonsense in ("?from=2026-99-99", "?after=x", "?from=x&until=31"):
        assert client.get(f"/audit/{nonsense}").status_code == 200, nonsense
    page = client.get("/audit/access/").content.decode()
    assert "Sahel Support" in page and "Ada Novak" in page
    assert AccountEvent.objects.count() == 1


def test_a_concern_leaves_no_word_in_the_audit(client, cast):
    from cases import lifecycle as office

    case = make.in_screening(cast)
    office.raise_concern(case.people.first(), by=cast.amina, kind="fear", detail="A threat.", reviewer=cast.bashir)
    client.force_login(cast.audit)
    rows = client.get("/audit/").context["rows"]
    assert rows[0][2] == "A protected step"
    assert not client.get("/audit/?verb=raise_concern").context["rows"]
