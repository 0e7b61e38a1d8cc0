"""Small factories: a case brought to a stage by the verbs of the product, as an office would, never by writing rows.

`granted(cast)` gives a grant that was asked for; `arrived(cast, OUSMANE, AISSA)` a family that came home. Facts of the
case are given by name, as open_case takes them.
"""

import io
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import ApiToken, User
from accounts.tokens import collect
from cases import lifecycle as office
from cases.calendars import today_at
from cases.gates import adults, children, people_in
from cases.models import Case, LegalText, Person, Scope, SharedCase, Topic
from reintegration import lifecycle as help_in_kind
from reintegration.models import HARM_QUESTIONS, FollowUp, Grant, Plan
from tests.kept import kept

FATOU = {
    "name": "Fatou Sarr",
    "name_original": "فاتو سار",
    "sex": "female",
    "born_on": date(1991, 5, 17),
    "nationality": "SN",
    "languages": ["fr", "wo"],
    "phone": "+33639981207",
    "stays_at": "Reception centre, Villeurbanne",
}
OUSMANE = FATOU | {
    "name": "Ousmane Sarr",
    "name_original": "",
    "sex": "male",
    "born_on": date(1988, 2, 3),
    "phone": "+33639981208",
    "relation": "spouse",
}
AISSA = FATOU | {
    "name": "Aïssa Sarr",
    "name_original": "",
    "born_on": date(2018, 9, 30),
    "phone": "",
    "relation": "child",
}
FACTS = {"return_country": "SN", "return_place": "Thiès", "scenario": "voluntary", "reasons": ["family"]}
TOPICS = [Topic.SITUATION, Topic.PROGRAMME, Topic.RIGHTS]
STROKES = {"width": 300, "height": 100, "strokes": [[[10, 40], [60, 20], [120, 70]]]}
NOTHING_SEEN = dict.fromkeys(("individual", "family", "community", "structural"), "none")
EUR = {"currency": "EUR", "rate": Decimal("1"), "rate_source": "own currency"}
COMPLAINT = "You can complain within 30 days to the head of the agency, in any language."


def photo(name: str = "receipt.jpg", size=(24, 16), colour="navy") -> SimpleUploadedFile:
    """A tiny real photo."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def today(user) -> date:
    return today_at(user.organisation)


# --- up to the decision: each gives the case ---


@kept
def opened(cast, *family: dict, by=None, applicant=FATOU, **facts) -> Case:
    by = by or cast.amina
    programme = facts.pop("programme", cast.programme)
    case = office.open_case(by=by, programme=programme, applicant=dict(applicant), **FACTS | facts)
    for member in family:
        office.add_person(case, by=by, **member)
    return case


@kept
def counselled(cast, *family, **facts) -> Case:
    case = opened(cast, *family, **facts)
    office.start_counselling(case, by=case.owner)
    talk(case, present=people_in(case))
    for person in adults(case) if len(adults(case)) > 1 else ():
        talk(case, alone_with=person)
    return case


def talk(case: Case, *, present=(), alone_with: Person | None = None, wish="go_on", **facts):
    """One counselling session after which everybody there wishes the same."""
    there = [alone_with] if alone_with else list(present)
    facts = {"mode": "in_person", "language": "fr", "topics": TOPICS, "held_at": timezone.now()} | facts
    wishes = {person.pk: wish for person in there}
    return office.record_counselling(
        case, by=facts.pop("by", case.owner), present=list(present), alone_with=alone_with, wishes=wishes, **facts
    )


@kept
def in_application(cast, *family, **facts) -> Case:
    """Applied, nothing signed yet."""
    case = counselled(cast, *family, **facts)
    office.apply_for_return(case, by=case.owner)
    return case


@kept
def applied(cast, *family, partner=None, unwilling=(), **facts) -> Case:
    """Every adult has signed and answered; those whose number is in `unwilling` said no to the partner."""
    case = in_application(cast, *family, **facts)
    for person in adults(case) or people_in(case):
        declare(person)
        consent(person, partner or cast.partner, agreed=person.number not in unwilling)
    return case


def consent(person: Person, partner=None, agreed=True, scope=Scope.PARTNER, by=None, **facts):
    """An answer to the text in the language it is read out in, or in English where there is none."""
    facts = {"how": "signed", "read_in": "fr"} | facts
    text = LegalText.objects.current(scope, [facts["read_in"]])
    return office.record_consent(person, by=by or person.case.owner, text=text, agreed=agreed, partner=partner, **facts)


def declare(person: Person, by=None, **facts):
    facts = facts or {"how": "drawn", "strokes": STROKES}
    text = LegalText.objects.current(Scope.DECLARATION, ["fr"])
    return office.sign_declaration(person, by=by or person.case.owner, text=text, read_in="fr", **facts)


@kept
def in_screening(cast, *family, **facts) -> Case:
    case = applied(cast, *family, **facts)
    office.start_screening(case, by=case.owner)
    return case


@kept
def screened(cast, *family, **facts) -> Case:
    case = in_screening(cast, *family, **facts)
    for person in people_in(case):
        screen(person, alone=person not in children(case))
    return case


def screen(person: Person, *vulnerabilities, by=None, **facts):
    reviewer = User.objects.filter(role="supervisor", organisation=person.case.organisation_id).first()
    facts = NOTHING_SEEN | {"held_on": today(person.case.owner), "alone": True, "reviewer": reviewer} | facts
    return office.record_screening(person, by=by or person.case.owner, vulnerabilities=list(vulnerabilities), **facts)


@kept
def asked(cast, *family, **facts):
    """The decision that is asked for."""
    case = screened(cast, *family, **facts)
    return office.ask_decision(case, by=case.owner)


@kept
def decided(cast, *family, **facts) -> Case:
    decision = asked(cast, *family, **facts)
    office.decide_case(decision, by=cast.bashir, eligible=True)
    return decision.case


# --- hand-over and journey: each gives the share ---


@kept
def handed_over(cast, *family, partner=None, **facts) -> SharedCase:
    case = decided(cast, *family, partner=partner, **facts)
    return office.send_handover(case, by=case.owner, partner=partner or cast.partner, agreement="Agreement of 2026")


@kept
def preparing(cast, *family, by_partner=None, **facts) -> SharedCase:
    shared = handed_over(cast, *family, **facts)
    office.accept_handover(shared, by=by_partner or cast.horizon)
    return shared


def give_papers(case: Case) -> None:
    day = today(case.owner)
    for person in people_in(case):
        office.record_travel_document(
            person,
            by=case.owner,
            kind="passport",
            number=f"A{person.pk:07}",
            issued_on=day - timedelta(days=30),
            valid_until=day + timedelta(days=900),
        )


def book(case: Case, *, hours=1, flight="AF 718", **facts):
    departs = timezone.now() + timedelta(hours=hours)
    facts = {"departs_from": "Lyon", "arrives_in": "Dakar", "arrives_at": departs + timedelta(hours=6)} | facts
    return office.book_travel(case, by=case.owner, flight=flight, departs_at=departs, **facts)


@kept
def booked(cast, *family, **facts) -> SharedCase:
    shared = preparing(cast, *family, **facts)
    give_papers(shared.case)
    book(shared.case)
    shared.refresh_from_db()
    return shared


@kept
def departed(cast, *family, **facts) -> SharedCase:
    shared = booked(cast, *family, **facts)
    office.acknowledge_travel(shared, by=shared.worker)
    depart(shared.case)
    shared.refresh_from_db()
    return shared


def depart(case: Case, *people, on=None) -> None:
    office.record_departure(
        case, by=case.owner, people=list(people) or people_in(case), departed_on=on or today(case.owner)
    )


@kept
def arrived(cast, *family, **facts) -> SharedCase:
    shared = departed(cast, *family, **facts)
    arrive(shared)
    shared.refresh_from_db()
    return shared


def arrive(shared: SharedCase, *people, on=None) -> None:
    people = list(people) or list(shared.people.all())
    office.confirm_arrival(shared, by=shared.worker, people=people, arrived_on=on or today(shared.worker))


@kept
def walked_in(cast, *, by=None, **facts):
    """A returnee who stands before Horizon without a case."""
    day = today(cast.horizon)
    person = {key: FATOU[key] for key in ("name", "sex", "born_on", "nationality", "languages", "phone")}
    dates = {"departed_on": day - timedelta(days=20), "arrived_on": day - timedelta(days=19)}
    facts = person | dates | {"organisation": cast.agency, "return_country": "SN", "return_place": "Thiès"} | facts
    return office.register_walk_in(by=by or cast.horizon, **facts)


# --- reintegration: plans, then grants ---


@kept
def drafted(cast, *family, cost="1800", **facts) -> Plan:
    shared = arrived(cast, *family, **facts)
    return draft(shared, by=shared.worker, cost=cost)


def draft(record, *, by, cost="1800") -> Plan:
    """A draft with a goal, one activity and every do-no-harm question answered."""
    plan = help_in_kind.draft_plan(record, by=by)
    changes = {"goal_economic": "A small tailor's shop near my sister.", "structural_factors": "None that matter."}
    help_in_kind.write_plan(plan, by=by, changes=changes, harm=dict.fromkeys(HARM_QUESTIONS, (False, "")))
    help_in_kind.add_activity(
        plan, by=by, dimension="economic", title="Sewing machine", modality="in_kind", cost=Decimal(cost)
    )
    return plan


@kept
def agreed(cast, *family, **facts) -> Plan:
    plan = drafted(cast, *family, **facts)
    help_in_kind.agree_plan(plan, by=plan.shared.worker, signed_how="drawn", strokes=STROKES)
    return plan


@kept
def planned(cast, *family, **facts) -> Plan:
    """The plan in force."""
    plan = agreed(cast, *family, **facts)
    help_in_kind.approve_plan(plan, by=cast.bashir)
    return plan


@kept
def granted(cast, *family, expected="400", **facts) -> Grant:
    """Help in kind that was asked for."""
    return request(cast, planned(cast, *family, **facts), expected)


def request(cast, plan: Plan, expected="400", item="Sewing machine, electric") -> Grant:
    return help_in_kind.request_grant(
        plan,
        by=plan.shared.worker,
        activity=plan.activities.first(),
        item=item,
        expected_cost=Decimal(expected),
        donor_line=cast.line,
    )


def quote(grant: Grant, amount="380", supplier="Atelier Ndoye", by=None, **facts):
    by = by or grant.shared.worker
    facts = EUR | {"town": "Thiès", "dated": today(by), "rate_on": today(by)} | facts
    return help_in_kind.add_quote(grant, by=by, supplier=supplier, amount=Decimal(amount), **facts)


@kept
def quoted(cast, *family, amount="380", **facts) -> Grant:
    """One quote, chosen: under the small-purchase limit."""
    grant = granted(cast, *family, **facts)
    choose(grant, quote(grant, amount))
    return grant


def choose(grant: Grant, chosen, by=None) -> None:
    help_in_kind.choose_quote(grant, by=by or grant.shared.worker, quote=chosen, choice_reason="The best guarantee.")


@kept
def approved(cast, *family, **facts) -> Grant:
    grant = quoted(cast, *family, **facts)
    help_in_kind.approve_grant(grant, by=cast.bashir)
    return grant


@kept
def ordered(cast, *family, **facts) -> Grant:
    grant = approved(cast, *family, **facts)
    help_in_kind.order_grant(grant, by=grant.shared.worker, ordered_on=today(grant.shared.worker))
    return grant


@kept
def delivered(cast, *family, **facts) -> Grant:
    grant = ordered(cast, *family, **facts)
    deliver(grant)
    return grant


def deliver(grant: Grant, **facts) -> None:
    by = facts.pop("by", grant.shared.worker)
    facts = {"delivered_on": today(by), "received_by": "Fatou Sarr", "as_chosen": True, "upload": photo()} | facts
    help_in_kind.deliver_grant(grant, by=by, **facts)


@kept
def paid(cast, *family, **facts) -> Grant:
    grant = delivered(cast, *family, **facts)
    pay(grant)
    return grant


def pay(grant: Grant, amount="380", by=None, **facts):
    by = by or grant.shared.worker
    facts = EUR | {"paid_on": today(by), "rate_on": today(by), "upload": photo()} | facts
    return help_in_kind.pay_grant(grant, by=by, amount=Decimal(amount), **facts)


def give_cash(cast, shared: SharedCase, amount="615", by=None, **facts):
    by = by or shared.worker
    facts = {"person": shared.people.first(), "donor_line": cast.cash_line, "upload": photo()} | facts
    facts = EUR | {"paid_on": today(by), "rate_on": today(by)} | facts
    return help_in_kind.pay_arrival_cash(shared, by=by, amount=Decimal(amount), **facts)


def visit(follow_up: FollowUp, by=None, **facts) -> None:
    by = by or follow_up.shared.worker
    facts = {"economic": "well", "social": "mixed", "psychosocial": "well", "mode": "in_person"} | facts
    help_in_kind.record_follow_up(follow_up, by=by, **{"held_on": today(by)} | facts)


def key(user) -> tuple[ApiToken, str]:
    """A key with which a program acts as `user`, collected, and its secret."""
    token = ApiToken.objects.create(name="Housing register", user=user)
    return token, collect(token)
