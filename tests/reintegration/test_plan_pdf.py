"""The plan on paper says what the plan says, in three languages, and nothing else can come into it."""

import io
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pypdf
import pytest
import time_machine
from celery import current_app
from celery.signals import worker_process_shutdown
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, Role
from cases import paper
from cases.fields import SHARED_FACTS
from cases.jobs import run_jobs
from cases.lifecycle import add_person, end_sharing, open_case, start_counselling
from cases.models import Consent, Event, Job, JobState, LegalText, Person, Programme, SharedCase, SharedPerson
from cases.sharing import refill
from reintegration.documents import plan_html, plan_pdf, print_plan
from reintegration.lifecycle import add_activity, draft_plan, write_plan
from reintegration.models import Plan
from tests import make
from tests.people import legal_texts

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24T10:00:00+00:00"
SIGNATURE = {
    "width": 300,
    "height": 100,
    "strokes": [[[10, 50, 0, 0.5], [60.5, 20, 5, 0.5], [290, 90, 9, 0.5]], [[5, 5]]],
}


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def horizon(db):
    return Organisation.objects.create(name="Horizon", kind=OrganisationKind.PARTNER, country="SN")


@pytest.fixture
def amina(db):
    agency = Organisation.objects.create(name="Retour & Avenir", kind=OrganisationKind.HOST, country="FR")
    return User.objects.create_user("amina@plan.example", name="Amina R", role=Role.CASEWORKER, organisation=agency)


@pytest.fixture
def partner(horizon):
    return User.objects.create_user("h@plan.example", name="Hawa", role=Role.PARTNER_WORKER, organisation=horizon)


@pytest.fixture
def plan(amina, horizon):
    programme = Programme.objects.create(
        organisation=amina.organisation, name="Retour <b>digne</b>", code="FR-1", host_country="FR",
        return_countries=["SN"], arrival_cash=615, cap_adult=2000, cap_minor=1000, small_purchase_limit=500,
    )  # fmt: skip
    facts = {"nationality": "SN", "languages": ["fr"], "phone": "+33600000001"}
    case = open_case(
        by=amina, programme=programme, scenario="voluntary", reasons=["plans"], return_country="SN",
        return_place="Ziguinchor", needs="insulin to be kept cold",
        applicant={
            "name": "Dawit O'Neil", "name_original": "داويت", "sex": "male", "born_on": date(1990, 5, 2), **facts
        },
    )  # fmt: skip
    for name, born, relation in (
        ("Sara O'Neil", date(1992, 1, 1), "spouse"),
        ("Gone Away", date(2001, 1, 1), "sibling"),
    ):
        add_person(case, by=amina, name=name, sex="female", born_on=born, relation=relation, **facts)
    Person.objects.filter(case=case, number=3).update(status="withdrawn", withdrawn_at=timezone.now())
    start_counselling(case, by=amina)
    plan = draft_plan(case, by=amina)
    write_plan(
        plan, by=amina,
        changes={
            "goal_economic": "A tailor's shop with “two” machines; être chez moi.\nأريد ورشة خياطة صغيرة",
            "structural_factors": "No road in August & September.",
        },
        harm={"visible": (True, "nobody must know of the debt")},
    )  # fmt: skip
    add_activity(plan, by=amina, dimension="economic", title="Sewing machine", cost=Decimal("1234.50"), who="Horizon")
    add_activity(
        plan, by=amina, dimension="social", title="<img src='http://evil.example/x.png'>School", modality="service",
        cost=Decimal("300"), by_when=date(2027, 3, 1),
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(signed_how="drawn", signature=SIGNATURE, agreed_at=timezone.now())
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def shared(plan, amina, horizon):
    """The partner's side, with only the first person's yes."""
    first = plan.case.people.get(number=1)
    LegalText.objects.bulk_create(legal_texts(), ignore_conflicts=True)
    make.consent(first, horizon)
    share = SharedCase.objects.create(
        case=plan.case, organisation_id=plan.organisation_id, partner=horizon, programme=plan.case.programme,
        status="accepted", purpose="reintegration", agreement="A1", ends_on=date(2028, 1, 1), adults=1, minors=0,
        reference=plan.case.reference, return_country="SN", return_place="Ziguinchor", stage="reintegration",
        sent_by=amina, answer_due_on=date(2026, 12, 1), answered_at=timezone.now(), answered_by=amina,
    )  # fmt: skip
    SharedPerson.objects.create(
        shared=share, person=first, organisation_id=plan.organisation_id, partner=horizon, number=1,
        **{name: getattr(first, name) for name in SHARED_FACTS},
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(shared=share, partner=horizon)
    return share


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def words_of_html(html: str) -> Counter:
    body = re.sub(r'<p class="(made|pages)">.*?</p>', " ", html[html.index("<body>") :], flags=re.S)
    return Counter(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def words_of_pdf(pdf: bytes) -> Counter:
    lines = [line for page in pages_of(pdf) for line in page.splitlines()]
    return Counter(" ".join(line for line in lines if " · AVRR-" not in line).replace("•", " ").split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_text_layer_is_the_text_of_the_plan(plan, amina, language):
    Plan.objects.filter(pk=plan.pk).update(goal_economic="A tailor's shop with “two” machines; être chez moi.")
    Person.objects.filter(case=plan.case).update(name_original="")
    plan.refresh_from_db()
    with translation.override(language):
        source = words_of_html(plan_html(plan, by=amina))
    assert words_of_pdf(plan_pdf(plan, by=amina, language=language)) == source


def test_the_paper_holds_what_was_agreed_and_no_more(plan, amina):
    pages = pages_of(plan_pdf(plan, by=amina, language="en"))
    text = "\n".join(pages)
    for words in (
        "AVRR-FR-2026-", "Retour <b>digne</b>", "Dawit O'Neil", "Sara O'Neil", "Senegal · Ziguinchor", "Sewing machine",
        "1,234.50 EUR", "1,534.50 EUR", "4,000.00 EUR", "1 March 2027", "No road in August & September.",
        "<img src='http://evil.example/x.png'>School", "Draft", "I can stop at any time",
    ):  # fmt: skip
        assert words in text.replace("\xa0", " "), words
    for secret in ("Gone Away", "debt", "insulin", "+336", "harm"):
        assert secret not in text, secret
    assert [f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_partner_prints_only_the_people_shown_to_it(plan, shared, partner, amina):
    plan.refresh_from_db()
    text = "\n".join(pages_of(plan_pdf(plan, by=partner, language="en")))
    assert "Dawit" in text and "Sara" not in text
    assert "Sara" in "\n".join(pages_of(plan_pdf(plan, by=amina, language="en")))


def test_the_file_is_tagged_named_and_in_its_language(plan, amina):
    reader = pypdf.PdfReader(io.BytesIO(plan_pdf(plan, by=amina, language="ar")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "ar" and reader.metadata.title.endswith(plan.case.reference)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    fonts = {
        name
        for page in reader.pages
        for name in (f.get_object()["/BaseFont"] for f in page["/Resources"]["/Font"].values())
    }
    assert all("Noto" in name or "Vazirmatn" in name for name in fonts), fonts


# --- Nothing else can come in ---
@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/x.png",
        "https://paper.invalid/../settings.py",
        "https://paper.invalid/fonts/../../avrr/settings.py",
        "https://paper.invalid.evil.example/brand.svg",
        "https://paper.invalid//etc/passwd",
        "file:///etc/passwd",
        "data:text/plain,hello",
        "ftp://evil.example/",
        "brand.svg?x",
        "/etc/passwd",
        "",
    ],
)
def test_the_renderer_loads_nothing_but_our_names(address):
    with pytest.raises(ValueError, match="not one of our files"):
        paper.fetcher({})(address)


def test_our_names_are_loaded_from_our_files():
    assert b"<svg" in paper.fetcher({})(f"{paper.PLACE}brand.svg").read()
    assert paper.fetcher({"code.svg": b"<svg/>"})(f"{paper.PLACE}code.svg").read() == b"<svg/>"


def test_a_hostile_page_opens_no_file_and_no_connection(monkeypatch):
    import socket

    monkeypatch.setattr(socket.socket, "connect", lambda *a: pytest.fail("a connection was opened"))
    html = """<html lang="en"><head><title>x</title><link rel="stylesheet" href="http://127.0.0.1:9/a.css">
        <link rel="attachment" href="file:///etc/passwd"><base href="file:///etc/"></head>
        <body><img src="file:///etc/hostname" alt="a"><img src="passwd" alt="b"><p>kept</p></body></html>"""
    made = paper.pdf(html, css="plan.pdf.css")
    assert "kept" in pages_of(made)[0] and b"root:" not in made
    assert not pypdf.PdfReader(io.BytesIO(made)).attachments


def drawing(strokes, width=10, height=10):
    return {"width": width, "height": height, "strokes": strokes}


@pytest.mark.parametrize(
    "drawn",
    [
        None, {}, [], "x", drawing([]), drawing([[["<script>", 1]]]), drawing([[[1e999, 1]]]), drawing([[[1, 1]]], 1e9),
        drawing([[[1, 1]]], float("nan")), drawing([[[1, 1]] * 30000]), drawing(7), drawing([[[]]]),
    ],
)  # fmt: skip
def test_what_is_no_signature_is_not_drawn(drawn):
    assert paper.svg_of_strokes(drawn) is None


def test_a_signature_is_drawn_as_a_path_without_text():
    assert paper.svg_of_strokes(SIGNATURE) == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M10 50L60.5 20L290 90 M5 5L5.1 5" '
        b'fill="none" stroke="#16242b" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def test_the_web_process_never_imports_the_renderer():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE']='avrr.settings'; django.setup();"
        "import cases.jobs, cases.paper, reintegration.jobs, reintegration.documents_views;"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


# --- Asking for it ---
def sign_in(client, user):
    client.force_login(user)


def test_who_works_on_the_case_gets_the_pdf_through_a_job(client, plan, amina):
    sign_in(client, amina)
    answer = client.post(reverse("print_plan", args=[plan.case.reference]), {"language": "fr"})
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert (job.kind, job.parameters) == ("plan_pdf", {"plan": plan.pk, "language": "fr"})
    assert Event.objects.filter(verb="print_plan", note="fr").count() == 1
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DONE and job.filename == f"{plan.case.reference}-plan-1-fr.pdf"
    assert job.file.read(5) == b"%PDF-"


def test_the_partner_of_the_case_may_and_nobody_else(client, plan, shared, partner):
    address = reverse("print_plan", args=[plan.case.reference])
    lantern = Organisation.objects.create(name="Lantern", kind=OrganisationKind.PARTNER, country="SN")
    other = User.objects.create_user("l@plan.example", name="Lan", role=Role.PARTNER_WORKER, organisation=lantern)
    manager = User.objects.create_user("m@plan.example", name="Mira", role=Role.MANAGER, organisation=plan.organisation)
    sign_in(client, partner)
    assert client.post(address, {"language": "ar"}).status_code == 302
    for user in (other, manager):
        sign_in(client, user)
        assert client.post(address, {"language": "ar"}).status_code == 404
    assert Job.objects.count() == 1


def test_a_partner_whose_sharing_ended_meanwhile_gets_nothing(plan, shared, partner):
    plan.refresh_from_db()
    job = print_plan(plan, by=partner, language="en")
    SharedCase.objects.filter(pk=shared.pk).update(status="ended", ended_at=timezone.now())
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and not job.file


def prepared_for(partner, plan, client):
    plan.refresh_from_db()
    job = print_plan(plan, by=partner, language="en")
    run_jobs()
    job.refresh_from_db()
    client.force_login(partner)
    assert client.get(reverse("job_file", args=[job.pk])).status_code == 200
    return job


def test_a_file_of_a_partner_goes_with_its_sharing(client, plan, shared, partner, amina):
    job, own = prepared_for(partner, plan, client), print_plan(plan, by=amina, language="en")
    run_jobs()
    end_sharing(plan.case, by=amina)
    assert client.get(reverse("job_file", args=[job.pk])).status_code == 404
    assert list(Job.objects.all()) == [own], "the agency keeps its own"


def test_a_file_of_a_partner_goes_when_somebody_in_it_does(client, plan, shared, partner):
    prepared_for(partner, plan, client)
    Consent.objects.update(withdrawn_at=timezone.now())
    refill(plan.case)
    assert not Job.objects.exists()


def test_a_language_without_words_is_refused(client, plan, amina):
    with pytest.raises(ValidationError):
        print_plan(plan, by=amina, language="xx")
    sign_in(client, amina)
    assert client.post(reverse("print_plan", args=[plan.case.reference]), {"language": "../x"}).status_code == 422
    assert not Job.objects.exists()


def test_the_copies_of_the_fonts_go_with_the_process(settings, tmp_path, monkeypatch):
    """A child of the worker tells of its end by a signal; any other program takes leave by itself."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    current_app.loader.import_default_modules()  # as a worker does
    paper.put_away()
    assert paper.pdf("<html lang=en><title>A</title><p>A</p></html>", css="plan.pdf.css").startswith(b"%PDF")
    assert list(tmp_path.glob("weasyprint-*"))
    worker_process_shutdown.send(sender=None)
    assert not list(tmp_path.iterdir())

    code = "import django; django.setup()\nfrom cases import paper\npaper.pdf('<p>A</p>', css='plan.pdf.css')"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "avrr.settings", "TMPDIR": str(tmp_path)}
    program = [sys.executable, "-c", code]
    done = subprocess.run(program, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "ignored" not in done.stderr, done.stderr
    assert not list(tmp_path.iterdir())
