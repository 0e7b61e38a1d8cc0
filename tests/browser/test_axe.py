"""axe, and rules of our own, on every page each role can reach; on the main pages also dark, in French, on a phone."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from accounts.roles import MAY, Role
from cases.acting import ACTS
from tests.browser.axe import FACES, check, page_in
from tests.browser.desk import shot

pytestmark = pytest.mark.browser

LINK = re.compile(r'href="((?:/|\?)[^"#]*)')
BIGGEST = 40 * 1024  # bytes of HTML of the case list and of a case
ROLES = {
    "amina": Role.CASEWORKER,
    "bashir": Role.SUPERVISOR,
    "mira": Role.MANAGER,
    "faye": Role.FINANCE,
    "admin": Role.ADMINISTRATOR,
    "audit": Role.AUDITOR,
    "horizon": Role.PARTNER_WORKER,
    "hawa": Role.PARTNER_COORDINATOR,
}
# The form of an act is the same for both: it is looked at with the first of them.
FIRST = {"bashir": Role.CASEWORKER, "hawa": Role.PARTNER_WORKER}
FETCHED = {"case": 40, "person": 12, "plan": 12, "grants": 12, "grant": 16, "follow_ups": 12, "referrals": 12}
NO_PAGE = {"document_file", "job_file"}


def pattern(address: str) -> str:
    """The name of the page at an address; empty for what is no page."""
    try:
        return resolve(urlsplit(address).path).view_name or ""
    except Resolver404:
        return ""


class Crawl:
    """Every page one person can reach from "/" by links; of each kind a few are fetched and the richest is kept."""

    def __init__(self, page, role):
        self.page, self.role = page, role
        self.sizes: dict[str, int] = {}
        self.kinds: dict[str, list[str]] = {}
        self.broken: list[str] = []
        waiting, met = ["/"], {"/"}
        while waiting:
            for link in self._fetch(waiting.pop(0)):
                if link not in met:
                    met.add(link)
                    waiting.append(link)
        for address in self._beside():
            self._fetch(address)

    def _fetch(self, address: str) -> list[str]:
        kind = pattern(address)
        fetched = self.kinds.setdefault(kind, [])
        if kind in NO_PAGE or len(fetched) >= FETCHED.get(kind, 2):
            return []
        fetched.append(address)
        answer = self.page.request.get(address)
        if answer.status >= 400 or not kind:
            self.broken.append(f"{answer.status} {address}")
        if "text/html" not in answer.headers.get("content-type", ""):
            return []
        html = answer.text()
        self.sizes[address] = len(answer.body())
        return [urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(html) if "/static/" not in link]

    def _beside(self):
        """Acts of this role whose moment no case is at: their pages open beside those of other acts on the record."""
        for verb, one in ACTS.items():
            if self.role in MAY[verb] and verb not in self.kinds:
                alike = (self.kinds[other] for other in ACTS if ACTS[other].on is one.on and other in self.kinds)
                for address in next(alike, [])[:1]:
                    yield re.sub(r"[^/]+/(\?.*)?$", f"{verb}/", address)

    def richest(self) -> dict[str, str]:
        """One address of each kind of page: the one with most on it."""
        best = {kind: max(some, key=lambda one: self.sizes.get(one, 0)) for kind, some in self.kinds.items() if some}
        return {kind: address for kind, address in best.items() if address in self.sizes}


@pytest.mark.parametrize("who", ROLES)
def test_every_page_of_a_role(desk, who):
    page = desk.page(who)
    crawl = Crawl(page, ROLES[who])
    wrong = list(crawl.broken)
    for kind, address in crawl.richest().items():
        if kind in ACTS and FIRST.get(who) in MAY[kind]:
            continue
        page.goto(address)
        wrong += check(page)
        shot(page, f"{who}-{kind}-1280")
    assert not wrong, "\n".join(wrong)


# --- The main pages, in each of their faces ---

MAIN = {  # who looks at it, and the way there: links by their words, or an address
    "my work": ("amina", "/"),
    "case list": ("amina", "/cases/?stage=open"),
    "no case": ("amina", "/cases/?q=nobody-of-this-name&stage="),
    "case": ("amina", "/cases/{waiting}/"),
    "story": ("amina", "/cases/{helped}/story/"),
    "person": ("amina", "/cases/{waiting}/people/1/"),
    "decision": ("bashir", "/cases/{asked}/decision/"),
    "journey": ("amina", "/cases/{helped}/journey/"),
    "screening": ("amina", "/cases/{waiting}/people/1/record_screening/"),
    "declaration": ("amina", "/cases/{waiting}/people/1/sign_declaration/"),
    "enquiry": ("amina", "/cases/open_case/"),
    "plan": ("amina", "/cases/{helped}/plan/"),
    "grants of a case": ("amina", "/cases/{helped}/grants/"),
    "grant": ("bashir", "/grants/{grant}/"),
    "grants": ("bashir", "/grants/"),
    "follow-ups": ("amina", "/cases/{helped}/follow-ups/"),
    "referrals": ("amina", "/referrals/"),
    "messages": ("amina", "/messages/"),
    "help": ("amina", "/help/"),
    "arrivals": ("horizon", "/arrivals/"),
    "people of a partner": ("horizon", "/cases/"),
    "preview": ("horizon", "/cases/{offered}/"),
    "shared case": ("horizon", "/cases/{helped}/"),
    "shared journey": ("horizon", "/cases/{helped}/journey/"),
    "shared plan": ("horizon", "/cases/{helped}/plan/"),
    "reports": ("mira", "/reports/"),
    "access": ("admin", "/users/"),
}


@pytest.fixture
def places(product):
    """References of cases that have something to show, by what they show."""
    helped = "SELECT c.reference FROM cases_case c JOIN reintegration_grant g ON g.case_id = c.id"
    shared = "SELECT reference FROM cases_sharedcase s JOIN accounts_organisation o ON o.id = s.partner_id"
    return {
        "waiting": product.ask("SELECT reference FROM cases_case WHERE stage = 'screening' ORDER BY id LIMIT 1")[0],
        "asked": product.ask(
            "SELECT c.reference FROM cases_case c JOIN cases_decision d ON d.case_id = c.id WHERE d.status = 'asked'"
        )[0],
        "helped": product.ask(
            f"{helped} JOIN cases_sharedcase s ON s.case_id = c.id AND s.status = 'accepted'"
            " JOIN accounts_organisation o ON o.id = s.partner_id AND o.name = 'Horizon'"
            " WHERE c.stage = 'reintegration' AND g.status = 'paid' ORDER BY c.id LIMIT 1"
        )[0],
        "grant": product.ask("SELECT reference FROM reintegration_grant WHERE status = 'paid' ORDER BY id LIMIT 1")[0],
        "offered": product.ask(f"{shared} WHERE s.status = 'sent' AND o.name = 'Horizon' LIMIT 1")[0],
    }


@pytest.mark.parametrize("face", FACES)
def test_main_pages_in_each_face(desk, product, places, face):
    pages, wrong = {}, []
    for name, (who, address) in MAIN.items():
        if who not in pages:
            pages[who] = page_in(face, desk, product, who)
        page = pages[who]
        answer = page.goto(address.format(**places))
        wrong += [f"{answer.status} {name}"] if not answer.ok else check(page)
        shot(page, f"main-{name}-{face}")
    page = pages["amina"]
    page.goto("/cases/open_case/")
    page.locator("#act button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    wrong += check(page)
    shot(page, f"main-errors-{face}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("face", FACES)
def test_pages_before_signing_in(desk, product, face):
    page, wrong = page_in(face, desk, product), []
    for address in ("/accounts/login/", "/accounts/password/reset/", "/help/", "/welcome/not-a-secret/", "/nowhere/"):
        page.goto(address)
        wrong += check(page)
        shot(page, f"stranger-{address}-{face}")
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("nobody@demo.example")
    page.locator("[name=password]").fill("not the password")
    page.locator("main button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    wrong += check(page)
    shot(page, f"stranger-error-{face}")
    assert not wrong, "\n".join(wrong)


def test_list_and_case_are_light(desk, places):
    page = desk.page("amina")
    sizes = {}
    for address in ("/cases/?stage=", f"/cases/{places['waiting']}/", f"/cases/{places['helped']}/"):
        sizes[address] = len(page.request.get(address).body())
    assert {address: size for address, size in sizes.items() if size > BIGGEST} == {}
