"""A couple comes home, through the browser: caseworker and supervisor at their desks, the partner on a phone.

They are written down as having travelled a hundred days ago, so that the first follow-up is due today.
"""

import re
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, shot, sign_in
from tests.browser.forms import answer, draw, receipt, send

pytestmark = pytest.mark.browser

PARIS, DAKAR = ZoneInfo("Europe/Paris"), ZoneInfo("Africa/Dakar")
LEVELS = {
    "Individual: health, mind, papers, debts": "No need seen",
    "Family and household": "Some need",
    "Community of return": "No need seen",
    "Services, security and rights there": "No need seen",
}
EUR = {"Currency": "EUR", "Rate": "1", "Source of the rate": "own currency"}


def today(zone=DAKAR) -> str:
    return f"{datetime.now(zone):%Y-%m-%d}"


class Screen:
    """One of the three people before their own screen."""

    def __init__(self, desk, who, screen=None):
        self.page = desk.page(None, *([screen] if screen else []))
        self.who, self.reference = who, ""
        sign_in(self.page, who)

    def case(self, tab: str = ""):
        self.page.goto(f"/cases/{self.reference}/{tab}")

    def act(self, title: str, button: str, answers: dict | None = None, *, sign=False):
        """Follow the link of an act on this page, answer, send."""
        self.page.get_by_role("link", name=title, exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        answer(self.page, answers or {})
        if sign:
            draw(self.page)
        shot(self.page, f"journey-{self.who}-{title}")
        send(self.page, button)

    def work(self, button: str, what: str):
        """Take up what waits in «My work»."""
        self.page.goto("/")
        row = self.page.locator("main li").filter(has=self.page.locator(f'a[href*="{self.reference}"]'), has_text=what)
        row.get_by_role("link", name=re.compile(f"^{button}")).first.click()

    def sees(self, words: str):
        expect(self.page.locator("main")).to_contain_text(words)


def test_a_couple_comes_home(desk, product):
    amina, bashir, horizon = Screen(desk, "amina"), Screen(desk, "bashir"), Screen(desk, "horizon", PHONE)
    opened_and_counselled(amina)
    bashir.reference = horizon.reference = amina.reference
    consented_and_signed(amina)
    screened(amina)
    decided(bashir)
    handed_over(amina, horizon)
    travelled(amina, horizon, product)
    planned(horizon, bashir)
    helped(horizon, bashir, product)
    printed(horizon)
    told_once(horizon, product)
    visited(horizon)
    exported(Screen(desk, "mira"))
    told = {letter["subject"] for letter in product.letters() if amina.reference in letter["subject"]}
    assert any("hand-over" in subject.lower() for subject in told), told


def opened_and_counselled(amina):
    page = amina.page
    page.goto("/")
    amina.act(
        "New enquiry",
        "Open the case",
        {
            "Name as in the document": "Ndeye Tabara",
            "Name in its own script": "نداي تابارا",
            "Sex": "Female",
            "Year of birth": "1991",
            "Month of birth": "5",
            "Nationality": "Senegal",
            "Languages spoken": ["French", "Wolof"],
            "Phone": "+33 6 39 98 12 07",
            "Country of return": "Senegal",
            "Place of return": "Thiès",
            "Kind of return": "Voluntary, the right to stay is untouched",
            "Reasons for return": ["Family", "Wish to be home"],
        },
    )
    amina.sees("Case opened")
    amina.reference = page.url.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"AVRR-FR-\d{4}-\d{6}-\d", amina.reference)
    amina.act(
        "Add a member of the family",
        "Add",
        {
            "Name as in the document": "Oumar Tabara",
            "Relation to the applicant": "Spouse or partner",
            "Sex": "Male",
            "Year of birth": "1988",
            "Nationality": "Senegal",
            "Languages spoken": ["French"],
        },
    )
    amina.act("Start counselling", "Start counselling")
    talk = {"Language": "French", "Topics": ["Situation and wishes", "Programme, amounts, conditions, entry bans"]}
    goes_on = {f"What {name} wishes now": "Wishes to go on" for name in ("Ndeye Tabara", "Oumar Tabara")}
    together = {"Who was present": ["Ndeye Tabara", "Oumar Tabara"], "Note": "They ask about school fees."}
    amina.act("Record a counselling session", "Save the session", talk | together | goes_on)
    for name in ("Ndeye Tabara", "Oumar Tabara"):
        alone = {
            "Held alone with": name,
            "Note": f"Only {name} hears this.",
            f"What {name} wishes now": "Wishes to go on",
        }
        amina.act("Record a counselling session", "Save the session", talk | alone)
    amina.case("story/")
    expect(page.locator("main")).not_to_contain_text("hears this")
    amina.case()
    amina.act("Take the application", "Application made")


def consented_and_signed(amina):
    page = amina.page
    for number in (1, 2):
        amina.case()
        page.locator(f'a[href$="/people/{number}/"]').first.click()
        consent = {
            "What it is about": "Share my file with the reintegration partner",
            "Named partner": "Horizon",
            "Answer": "Yes",
        }
        amina.act("Record consent", "Save the answer", consent)
        amina.act("Sign the voluntary declaration", "Signed", sign=True)
        expect(page.locator("main")).to_contain_text("Voluntary declaration signed")


def screened(amina):
    page = amina.page
    amina.case()
    amina.act("Start screening", "Start screening")
    for number, name in enumerate(("Ndeye Tabara", "Oumar Tabara"), 1):
        amina.case()
        page.locator("#gates li").filter(has_text=name).get_by_role("link").first.click()
        answer(page, LEVELS | {"Held alone with this person": True})
        send(page, "Save the screening")
        amina.case(f"people/{number}/")
        amina.sees("family: some need")
    amina.case()
    amina.act("Ask for a decision", "Ask", {"For the person who decides": "Nothing stands in the way."})


def decided(bashir):
    bashir.work("Decide", "Decide on eligibility")
    answer(bashir.page, {"Decision": "Eligible"})
    send(bashir.page, "Decide")
    bashir.sees("Decision made")


def handed_over(amina, horizon):
    answer_of_partner = horizon.page.goto(f"/cases/{horizon.reference}/")
    assert answer_of_partner.status == 404, "the partner sees nothing before the hand-over"
    amina.work("Hand over", "Hand over to the partner")
    send(amina.page, "Send")
    horizon.work("Read and answer", "Answer the hand-over")
    expect(horizon.page.locator("main")).not_to_contain_text("Tabara")
    horizon.act("Accept the hand-over", "Accept")
    horizon.sees("Oumar Tabara")
    horizon.sees("+33 6 39 98 12 07".replace(" ", ""))


def travelled(amina, horizon, product):
    page = amina.page
    for number in (1, 2):
        amina.case(f"people/{number}/")
        amina.act(
            "Travel document",
            "Save",
            {
                "Document": "Passport",
                "Number": f"A00123{number}",
                "Issued on": "2024-03-01",
                "Valid until": "2034-02-28",
            },
        )
    departs = datetime.now(PARIS) + timedelta(minutes=2)
    amina.case()
    amina.act(
        "Book or change the journey",
        "Save and tell the partner",
        {
            "Flight or transport": "AF 718",
            "From": "Lyon",
            "Departs at": f"{departs:%Y-%m-%dT%H:%M}",
            "Arrives in": "Dakar",
            "Arrives at": f"{departs + timedelta(hours=6):%Y-%m-%dT%H:%M}",
        },
    )
    horizon.page.goto("/arrivals/")
    horizon.sees("Ndeye Tabara")
    horizon.work("Acknowledge", "Acknowledge the journey")
    horizon.sees("AF 718")
    send(horizon.page, "We have seen it")
    amina.case()
    amina.act("Record the departure", "Departed", {"Departed on": today(PARIS)})
    page.get_by_role("link", name="Story").first.click()
    amina.sees("Departed")
    product.let_pass(horizon.reference, days=1)  # the day in Paris may have begun before that in Dakar
    horizon.work("Confirm", "Confirm the arrival")
    answer(horizon.page, {"Who arrived": ["Ndeye Tabara", "Oumar Tabara"], "Arrived on": today()})
    send(horizon.page, "They have arrived")
    cash = {
        "Given to": "Ndeye Tabara",
        "Amount": "615",
        "Donor line": "HN-26-B1 Help on arrival",
        "Signed receipt": receipt(),
    }
    horizon.work("Record", "Give the cash on arrival")
    answer(horizon.page, EUR | {"Given on": today()} | cash)
    send(horizon.page, "Given")
    horizon.sees("615")


def planned(horizon, bashir):
    page = horizon.page
    horizon.case()
    horizon.act("Begin the reintegration plan", "Begin")
    words = {
        "Economic goals, in their own words": "A tailor's shop near my sister.",
        "Local factors that matter, and how the plan answers them": "Power cuts: a manual machine.",
    }
    page.get_by_role("link", name="Write goals and factors").first.click()
    answer(page, words)
    for question in page.locator("fieldset").filter(has=page.get_by_label("No", exact=True)).all():
        question.locator("label", has_text=re.compile(r"^\s*No\s*$")).click()
    send(page, "Save")
    machine = {
        "Dimension": "Economic",
        "What is done": "Tailor's shop",
        "How it is given": "In kind",
        "Cost in the programme's currency": "3000",
    }
    horizon.act("Add an activity", "Add", machine)
    horizon.sees("Tailor's shop")
    horizon.act("The returnee agrees and signs", "Signed", sign=True)
    bashir.work("Read and decide", "Approve the plan")
    bashir.sees("A tailor's shop near my sister.")
    send(bashir.page, "Approve")


def helped(horizon, bashir, product):
    page = horizon.page
    horizon.case("plan/")
    horizon.act(
        "Ask for help in kind",
        "Ask",
        {
            "Line of the plan": "Tailor's shop",
            "What is needed": "Sewing machine with table",
            "Expected cost in the programme's currency": "1000",
            "Donor line": "HN-26-B2 Reintegration in kind",
        },
    )
    grant = page.url
    for supplier, amount in (("Keur Machines", "1100"), ("Atelier Ndoye", "950"), ("Marché central", "700")):
        quote = {"Supplier": supplier, "Amount": amount, "Date of the quote": today()}
        horizon.act("Add a quote", "Add the quote", quote | EUR)
    page.get_by_role("link", name="Choose a quote").first.click()
    page.locator("label").filter(has_text="Atelier Ndoye").click()
    answer(page, {"Why this one": "Two years of guarantee."})
    send(page, "Choose")
    bashir.page.goto(grant)
    bashir.act("Approve this help", "Approve")
    page.goto(grant)
    horizon.act("Record the order", "Ordered", {"Ordered on": today(), "Order number": "HZ-204"})
    delivered = {
        "Delivered on": today(),
        "Place": "Thiès",
        "Received by": "Ndeye Tabara",
        "Are the goods what was chosen?": "Yes, as chosen",
        "Photo of the goods or the signed receipt": receipt("machine.jpg"),
    }
    horizon.act("Record the delivery", "Delivered", delivered)
    picture = page.locator("figure.proof img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    horizon.act("Record the payment", "Paid", {"Paid on": today(), "Proof of payment": receipt("transfer.jpg")})
    horizon.sees("950")
    shot(page, "journey-grant-paid-390")


def printed(horizon):
    """The plan on paper, prepared by the worker while the page waits."""
    page = horizon.page
    horizon.case("plan/")
    page.get_by_label("Language of the paper").select_option("fr")
    page.get_by_role("button", name="Make the PDF").click()
    assert fetched(page, ".pdf").startswith(b"%PDF-")


def fetched(page, ending: str) -> bytes:
    """What was asked for, once the worker has prepared it."""
    page.get_by_role("link", name="Download").wait_for(timeout=60_000)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download").click()
    assert coming.value.suggested_filename.endswith(ending)
    return coming.value.path().read_bytes()


def told_once(horizon, product):
    """Months go by, the clock strikes twice: the partner's worker finds one letter and one message, nobody else any."""
    subject = f"Due: Follow-up visit ({horizon.reference})"
    assert not [letter for letter in product.letters() if letter["subject"] == subject]
    product.let_pass(horizon.reference, days=100)
    for _night in range(2):
        strike(product, "cases.tasks.night", "night")
    until(lambda: [letter for letter in product.letters() if letter["subject"] == subject])
    strike(product, "accounts.tasks.deliver_notices", "deliver_notices")
    (letter,) = (letter for letter in product.letters() if letter["subject"] == subject)
    assert (letter["recipients"], letter["copies"]) == (["horizon@demo.example"], 1)
    assert "Tabara" not in letter["text"] and f"/cases/{horizon.reference}/" in letter["text"]
    horizon.page.goto("/messages/")
    message = horizon.page.locator("main li").filter(has_text=subject)
    expect(message).to_have_count(1)
    shot(horizon.page, "journey-horizon-messages")
    message.get_by_role("link").click()


def strike(product, task: str, job: str):
    """The clock rings, and the worker has done it to the end."""
    last = "SELECT max(last_ok) FROM accounts_heartbeat WHERE job = %s"
    before = product.ask(last, job)
    product.ring(task)
    until(lambda: product.ask(last, job) != before)


def until(happened, seconds=60):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def visited(horizon):
    page = horizon.page
    horizon.work("Record the visit", "Follow-up visit")
    answer(
        page,
        {
            "Date": today(),
            "Economic situation": "Going well",
            "Social situation": "Going well",
            "How they feel": "Mixed",
            "What they told and what was seen": "The shop is open.",
        },
    )
    send(page, "Save the visit")
    horizon.case("story/")
    horizon.sees("Follow-up held")


def exported(mira):
    """The manager takes the donor report along in three kinds of file; no name of a person stands in it."""
    page = mira.page
    for kind, ending, beginning in (
        ("XLSX", ".xlsx", b"PK"),
        ("CSV", (".csv", ".zip"), None),
        ("PDF", ".pdf", b"%PDF-"),
    ):
        page.goto("/reports/")
        page.get_by_role("link", name=re.compile("donor", re.IGNORECASE)).first.click()
        programme = "Return and reintegration, France"
        answer(page, {"Programme": programme, "From": f"{date.today().year}-01-01", "Until": today()})
        page.get_by_role("button", name="Show the numbers").click()
        expect(page.locator("main table").first).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("Tabara")
        shot(page, "journey-mira-donor-report")
        page.get_by_role("button", name=f"Prepare {kind}").click()
        file = fetched(page, ending)
        assert beginning is None or file.startswith(beginning)
