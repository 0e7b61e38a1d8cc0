"""A returnee comes home: the whole journey of one family, as the office tells it. Read this first."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pypdf

import avrr.urls  # noqa: F401 (with the addresses come the acts and their words)
from accounts.models import Notice
from cases import lifecycle as office
from cases import tasks as the_clock
from cases.models import Case, Event, Job, JobState, SharedCase, Work
from cases.statuses import Stage
from cases.templatetags.case_words import told
from reintegration import lifecycle as help_in_kind
from reintegration.documents import print_plan
from reintegration.models import HARM_QUESTIONS
from reports.lifecycle import export_report
from tests import make


def test_a_family_comes_home(cast, clock, amina, bashir, horizon, mira):
    # A case is opened, and each adult is counselled alone too.
    case = office.open_case(by=amina, programme=cast.programme, applicant=make.FATOU, **make.FACTS)
    ousmane = office.add_person(case, by=amina, **make.OUSMANE)
    office.add_person(case, by=amina, **make.AISSA)
    fatou, _, aissa = case.people.all()
    office.start_counselling(case, by=amina)
    make.talk(case, present=[fatou, ousmane, aissa])
    make.talk(case, alone_with=fatou)
    make.talk(case, alone_with=ousmane)
    clock.shift(timedelta(days=5))

    # Everyone decides and signs for themselves.
    office.apply_for_return(case, by=amina)
    for adult in (fatou, ousmane):
        make.consent(adult, cast.partner)
        make.declare(adult)

    # Screened by one person, decided by another.
    office.start_screening(case, by=amina)
    for person in (fatou, ousmane, aissa):
        make.screen(person)
    decision = office.ask_decision(case, by=amina)
    clock.shift(timedelta(days=3))
    office.decide_case(decision, by=bashir, eligible=True)
    assert SharedCase.objects.visible_to(horizon).count() == 0, "the partner sees nothing before the hand-over"

    # Handed over before travel; names follow when the partner accepts.
    shared = office.send_handover(case, by=amina, partner=cast.partner, agreement="Agreement of 2026")
    assert shared.display_name == case.reference
    office.accept_handover(shared, by=horizon)
    shared.refresh_from_db()
    assert shared.display_name == "Fatou Sarr" and shared.people.count() == 3

    # Papers, then the flight; the partner sees the arrival coming.
    make.give_papers(case)
    make.book(case, hours=24 * 10)
    office.acknowledge_travel(shared, by=horizon)
    today = make.today(horizon)
    assert shared in SharedCase.objects.visible_to(horizon).arriving(today + timedelta(days=14))
    clock.shift(timedelta(days=10, hours=1))
    office.record_departure(case, by=amina, people=[fatou, ousmane, aissa], departed_on=make.today(amina))
    clock.shift(timedelta(days=1))
    office.confirm_arrival(shared, by=horizon, people=list(shared.people.all()), arrived_on=make.today(horizon))
    make.give_cash(cast, shared)

    # A plan in the returnee's words, signed by her, approved by the host.
    clock.shift(timedelta(days=12))
    plan = help_in_kind.draft_plan(shared, by=horizon)
    assert plan.cap == Decimal("5000")
    words = {"goal_economic": "A tailor's shop near my sister.", "structural_factors": "Power cuts: a manual machine."}
    help_in_kind.write_plan(plan, by=horizon, changes=words, harm=dict.fromkeys(HARM_QUESTIONS, (False, "")))
    help_in_kind.add_activity(
        plan, by=horizon, dimension="economic", title="Tailor's shop", modality="in_kind", cost=Decimal("3000")
    )
    help_in_kind.agree_plan(plan, by=horizon, signed_how="drawn", strokes=make.STROKES)
    help_in_kind.approve_plan(plan, by=bashir)

    # Help in kind with three quotes, approved by somebody else, ordered, delivered, paid.
    grant = make.request(cast, plan, expected="1000")
    dear, fair, cheap = (
        make.quote(grant, amount, supplier)
        for supplier, amount in (("Keur Machines", "1100"), ("Atelier Ndoye", "950"), ("Marché", "700"))
    )
    help_in_kind.choose_quote(grant, by=horizon, quote=fair, choice_reason="Two years of guarantee.")
    help_in_kind.approve_grant(grant, by=bashir)
    help_in_kind.order_grant(grant, by=horizon, ordered_on=make.today(horizon))
    clock.shift(timedelta(days=7))
    make.deliver(grant, delivery_place="Thiès")
    make.pay(grant, "950")

    # The plan on paper, prepared by a worker.
    paper = text_of(made(print_plan(plan, by=horizon, language="en")))
    assert "Fatou Sarr" in paper and "A tailor's shop near my sister." in paper and "3,000.00 EUR" in paper

    # Three months after the arrival the visit falls due; the night tells Horizon once, however often it runs.
    first = case.followups.first()
    clock.shift(timedelta(days=(first.due_on - make.today(horizon)).days - 1))
    the_clock.night()
    assert visits_told() == [], "it is not due yet"
    clock.shift(timedelta(days=1))
    the_clock.night()
    the_clock.night()
    assert visits_told() == [(horizon, {"reference": case.reference, "due_on": first.due_on.isoformat()})]
    make.visit(first, findings="The shop is open.")

    # The manager takes the donor report along, in three kinds of file that say the same.
    asked = {"programme": str(cast.programme.pk), "version": "internal", "start": "2026-01-01", "end": "2026-12-31"}
    book, rows, paper = (
        made(export_report(by=mira, name="donor", asked=asked, made_as=kind)) for kind in ("xlsx", "csv", "pdf")
    )
    returns = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1]
    assert list(returns.values)[1] == ("Senegal", 3, 3)
    totals = {row["Table"]: row["Value"] for row in csv.DictReader(io.StringIO(rows.decode("utf-8-sig")))}
    assert totals["Returns by age and sex"] == "3" and totals["Money by donor line"] == "1565.00"
    assert "1,565.00 EUR" in text_of(paper) and "Sarr" not in text_of(paper)

    case = Case.objects.get(pk=case.pk)
    assert case.stage == Stage.REINTEGRATION
    assert story(case) == STORY
    assert [row.kind for row in Work.objects.filter(case=case).open()] == [
        *["pay_arrival_cash", "record_follow_up", "record_follow_up"]
    ]


def made(job: Job) -> bytes:
    """What was asked for, once the worker has prepared it."""
    the_clock.run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.failure
    return job.file.read()


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text() for page in pages).replace("\xa0", " ")


def visits_told() -> list[tuple]:
    """Who was told that a follow-up is due, and what the message says."""
    told = Notice.objects.filter(kind="work_due", context__work="record_follow_up").order_by("pk")
    return [(one.recipient, {key: one.context[key] for key in ("reference", "due_on")}) for one in told]


def story(case: Case) -> list[str]:
    return [told(event) for event in Event.objects.filter(case=case).order_by("at", "pk")]


STORY = [
    "Case opened",
    "Member of the family added",
    "Member of the family added",
    "Counselling began",
    "Counselling held",
    "Counselling held",
    "Counselling held",
    "Application for voluntary return made",
    "Consent recorded",
    "Voluntary declaration signed",
    "Consent recorded",
    "Voluntary declaration signed",
    "Moved to screening",
    "Screening held",
    "Screening held",
    "Screening held",
    "Decision asked for",
    "Decision made",
    "Hand-over sent",
    "Hand-over accepted",
    "Travel document recorded",
    "Travel document recorded",
    "Travel document recorded",
    "Journey booked",
    "Journey acknowledged",
    "Departed",
    "Arrival confirmed",
    "Cash on arrival given",
    "Reintegration plan begun",
    "Plan written",
    "Activity added",
    "Plan agreed and signed",
    "Plan approved",
    "Help in kind asked for",
    "Quote added",
    "Quote added",
    "Quote added",
    "Quote chosen",
    "Help in kind approved",
    "Ordered",
    "Delivered",
    "Paid",
    "Plan printed",
    "Follow-up held",
]
