"""How each verb is done on its page: who does it, to what, with which answers. Tests go through all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.acting import ACTS
from cases.models import LegalText
from tests import make, moments
from tests.make import photo

SIGNED = {
    "read_in": "fr",
    "how": "drawn",
    "strokes": '{"width": 300, "height": 100, "strokes": [[[10, 40], [60, 20]]]}',
}
PERSON = {
    "name": "Dawit Tesfaye",
    "sex": "male",
    "birth_year": "1985",
    "nationality": "ET",
    "languages": ["am"],
    "safe_contact": "any",
}
TALK = {"held_at": "2026-03-10T09:30", "mode": "phone", "language": "fr", "topics": ["rights"], "present": [1]}
LEVELS = dict.fromkeys(("individual", "family", "community", "structural"), "none")
RATED = {"currency": "EUR", "rate": "1", "rate_on": "2026-03-10", "rate_source": "own currency"}
JOURNEY = {
    "flight": "AF 718",
    "departs_from": "Lyon",
    "departs_at": "2026-03-20T11:00",
    "arrives_in": "Dakar",
    "arrives_at": "2026-03-20T16:00",
}
TODAY = "2026-03-10"


@dataclass(frozen=True)
class Doing:
    """One verb done once: `by` is a name of the cast, `on` makes the record, `answers` are what the form is sent."""

    verb: str
    by: str
    on: Callable
    answers: Callable

    def address(self, record) -> str:
        return ACTS[self.verb].address(record)

    def __str__(self):
        return self.verb


DOINGS: dict[str, Doing] = {}


def text(scope: str) -> int:
    """The French text of a scope, as the page shows it."""
    return LegalText.objects.current(scope, ["fr"]).pk


def doing(verb: str, by: str, on: Callable, answers=lambda cast, record: {}) -> None:
    DOINGS[verb] = Doing(verb, by, on, answers if callable(answers) else lambda cast, record: dict(answers))


# --- before the hand-over ---

doing(
    "open_case",
    "amina",
    lambda cast: None,
    lambda cast, record: (
        PERSON
        | {"programme": cast.programme.pk, "return_country": "SN", "scenario": "voluntary", "reasons": ["family"]}
    ),
)
doing("add_person", "amina", make.opened, PERSON | {"relation": "spouse"})
doing(
    "edit_case",
    "amina",
    make.opened,
    {
        "return_country": "GE", "initial-return_country": "SN",
        "return_place": "Thiès", "initial-return_place": "Thiès",
        "scenario": "voluntary", "initial-scenario": "voluntary", "reasons": ["family"], "initial-reasons": ["family"],
    },
)  # fmt: skip
doing(
    "edit_person",
    "amina",
    moments.first(make.opened),
    lambda cast, person: as_seen(person) | {"known_as": "Fatoumata"},
)
doing("start_counselling", "amina", make.opened)
doing(
    "record_counselling",
    "amina",
    make.counselled,
    lambda cast, case: TALK | {"present": [case.people.first().pk], "wish_1": "go_on"},
)
doing("apply_for_return", "amina", make.counselled)
doing(
    "record_consent",
    "amina",
    moments.first(make.in_application),
    lambda cast, person: {
        "text": text("partner"), "partner": cast.partner.pk, "agreed": "yes", "read_in": "fr", "how": "signed",
    },
)  # fmt: skip
doing("withdraw_consent", "amina", moments.consented)
doing(
    "sign_declaration",
    "amina",
    moments.first(make.in_application),
    lambda cast, person: SIGNED | {"text": text("declaration")},
)
doing("withdraw", "amina", make.counselled, lambda cast, case: {"people": [case.people.first().pk]})
doing("rejoin", "amina", moments.withdrawn)
doing("start_screening", "amina", make.applied)
doing("record_screening", "amina", moments.first(make.in_screening), LEVELS | {"held_on": TODAY, "alone": "on"})
doing(
    "raise_concern",
    "amina",
    moments.first(make.in_screening),
    lambda cast, person: {"kind": "fear", "detail": "Debts to a lender", "reviewer": cast.bashir.pk},
)
doing("release_concern", "bashir", moments.concern, {"reason": "Spoken with her, the debt is paid."})
doing(
    "record_child_decision",
    "amina",
    moments.first(make.in_screening),
    {"result": "stay", "authority": "Juge des enfants", "decided_on": TODAY},
)
doing("ask_decision", "amina", make.screened)
doing("decide_case", "bashir", make.asked, {"eligible": "yes"})
doing(
    "record_outside_decision",
    "amina",
    make.screened,
    {"eligible": "yes", "authority": "OFII", "authority_reference": "2026/77", "authority_date": TODAY},
)

# --- hand-over and travel ---

doing(
    "send_handover",
    "amina",
    make.decided,
    lambda cast, case: {"partner": cast.partner.pk, "agreement": "Agreement of 2026"},
)
doing("accept_handover", "horizon", make.handed_over)
doing("decline_handover", "hawa", make.handed_over, {"note": "No staff in this region"})
doing("end_sharing", "amina", lambda cast: make.preparing(cast).case)
doing(
    "record_travel_document",
    "amina",
    moments.first(make.opened),
    {"kind": "passport", "number": "A1234567", "issued_on": "2024-05-01", "valid_until": "2034-04-30"},
)
doing(
    "record_fit_to_travel",
    "amina",
    moments.first(make.opened),
    {"is_fit": "yes", "examined_on": TODAY, "valid_until": "2026-04-10"},
)
doing("book_travel", "amina", lambda cast: make.preparing(cast).case, JOURNEY)
doing("acknowledge_travel", "horizon", make.booked)
doing(
    "record_departure",
    "amina",
    lambda cast: make.booked(cast).case,
    lambda cast, case: {"people": [p.pk for p in case.people.all()], "departed_on": TODAY},
)
doing(
    "record_no_departure",
    "amina",
    lambda cast: make.booked(cast).case,
    lambda cast, case: {"people": [case.people.first().pk], "note": "Fell ill", "try_again": "yes"},
)
doing("cancel_travel", "amina", lambda cast: make.booked(cast).case, {"note": "The airline is on strike"})
doing(
    "confirm_departure",
    "amina",
    lambda cast: make.departed(cast).case,
    lambda cast, case: {"people": [case.people.first().pk], "note": "Her sister drove her to the gate"},
)
doing(
    "confirm_arrival",
    "horizon",
    make.departed,
    lambda cast, shared: {"people": [p.pk for p in shared.people.all()], "arrived_on": TODAY},
)
doing(
    "register_walk_in",
    "horizon",
    lambda cast: None,
    lambda cast, record: PERSON
    | {
        "organisation": cast.agency.pk, "return_country": "SN", "departed_on": "2026-02-01", "arrived_on": "2026-02-02",
        "agrees": "on",
    },
)  # fmt: skip
doing("answer_walk_in", "amina", moments.walk_in, lambda cast, record: {
    "ours": "yes", "programme": cast.programme.pk, "scenario": "voluntary",
})  # fmt: skip

# --- at any time ---

doing("assign_share", "hawa", make.preparing, lambda cast, shared: {"worker": cast.hawa.pk})
doing("hold_case", "amina", make.opened, {"reason": "Waits for a paper", "resume_on": "2026-04-01"})
doing("resume_case", "amina", moments.held)
doing("close_case", "amina", make.opened, {"outcome": "stopped"})
doing("reopen_case", "bashir", moments.closed, {"note": "She came back"})
doing("assign_case", "bashir", make.opened, lambda cast, case: {"owner": cast.claire.pk})
doing(
    "correct_fact",
    "amina",
    moments.gone,
    {"field": "departed_on", "value": "2026-03-06", "note": "The flight left a day later"},
)
doing("add_note", "amina", make.opened, {"note": "She called: the school certificate is here."})
doing(
    "add_document",
    "amina",
    make.opened,
    lambda cast, case: {"kind": "identity", "title": "Passport", "upload": photo()},
)
doing("add_task", "amina", make.opened, {"title": "Call the consulate", "due_on": TODAY})
doing("finish_task", "amina", moments.task)

# --- reintegration ---

doing("draft_plan", "horizon", make.arrived)
doing(
    "write_plan",
    "horizon",
    make.drafted,
    lambda cast, plan: {
        "goal_social": "My children at school.",
        "initial-goal_social": "",
        **{name: value for field in ("goal_economic", "structural_factors") for name, value in both(plan, field)},
    },
)
doing(
    "add_activity",
    "horizon",
    make.drafted,
    {"dimension": "social", "title": "School", "modality": "in_kind", "cost": "90"},
)
doing("drop_activity", "horizon", make.drafted, lambda cast, plan: {"activity": plan.activities.first().pk})
doing("agree_plan", "horizon", make.drafted, {"signed_how": "drawn", "strokes": SIGNED["strokes"]})
doing("approve_plan", "bashir", make.agreed)
doing("send_back_plan", "bashir", make.agreed, {"note": "Which supplier?"})
doing("amend_plan", "horizon", make.planned, {"note": "The shop moved"})
doing("print_plan", "horizon", make.planned, {"language": "fr"})
doing(
    "request_grant",
    "horizon",
    make.planned,
    lambda cast, plan: {
        "activity": plan.activities.first().pk, "item": "Sewing machine", "expected_cost": "400",
        "donor_line": cast.line.pk,
    },
)  # fmt: skip
doing("add_quote", "horizon", make.granted, RATED | {"amount": "380", "supplier": "Atelier Ndoye", "dated": TODAY})
doing(
    "choose_quote",
    "horizon",
    moments.quoted_twice,
    lambda cast, grant: {"quote": grant.quotes.first().pk, "choice_reason": "The best guarantee"},
)
doing("approve_grant", "bashir", make.quoted)
doing("send_back_grant", "bashir", make.quoted, {"note": "Ask a second supplier"})
doing("cancel_grant", "horizon", make.granted, {"note": "Not needed any more"})
doing("order_grant", "horizon", make.approved, {"ordered_on": TODAY})
doing(
    "deliver_grant",
    "horizon",
    make.ordered,
    lambda cast, grant: {"delivered_on": TODAY, "received_by": "Fatou Sarr", "as_chosen": "yes", "upload": photo()},
)
doing("dispute_delivery", "horizon", make.delivered, {"note": "The motor does not turn"})
doing(
    "pay_grant",
    "horizon",
    make.delivered,
    lambda cast, grant: RATED | {"amount": "380", "paid_on": TODAY, "upload": photo()},
)
doing(
    "pay_arrival_cash",
    "horizon",
    make.arrived,
    lambda cast, shared: RATED
    | {
        "person": shared.people.first().pk, "amount": "615", "donor_line": cast.cash_line.pk, "paid_on": TODAY,
        "upload": photo(),
    },
)  # fmt: skip
doing("record_attempt", "horizon", moments.follow_up, {"mode": "phone", "result": "no_answer"})
doing(
    "record_follow_up",
    "horizon",
    moments.due,
    {"held_on": TODAY, "mode": "phone", "economic": "well", "social": "well", "psychosocial": "mixed"},
)
doing("miss_follow_up", "horizon", moments.tried, {"reason": "The number does not work"})
doing("stop_follow_up", "horizon", make.arrived, {"note": "She prefers to be left alone"})
doing("resume_follow_up", "horizon", moments.stopped)
doing(
    "record_remigration",
    "horizon",
    make.arrived,
    lambda cast, shared: {
        "person": shared.case.people.first().pk, "way": "regular", "known_on": TODAY, "source": "Her sister",
    },
)  # fmt: skip

# --- referrals ---

doing(
    "send_referral",
    "horizon",
    make.arrived,
    lambda cast, shared: {
        "person": shared.case.people.first().pk, "service": cast.service.pk, "need": "Somebody to talk to",
        "agreed": "on",
    },
)  # fmt: skip
doing("accept_referral", "horizon", moments.referral)
doing("decline_referral", "horizon", moments.referral, {"note": "No place before June"})
doing(
    "complete_referral",
    "horizon",
    moments.accepted_referral,
    {"finished_on": TODAY, "outcome": "Three talks, she feels better"},
)
doing("withdraw_referral", "horizon", moments.referral)


def both(record, field: str) -> list[tuple]:
    """A field of an edit form as the page shows it: its value now, and the value it was opened with."""
    value = getattr(record, field)
    return [(field, value), (f"initial-{field}", value)]


def as_seen(person) -> dict:
    """The form of a person's facts as the page shows it, nothing changed."""
    plain = (
        "name",
        "known_as",
        "name_original",
        "sex",
        "nationality",
        "languages",
        "phone",
        "safe_contact",
        "safe_note",
    )
    plain += ("stays_at", "interpreter_language")
    born = {"birth_year": person.born_on.year, "birth_month": person.born_on.month, "birth_day": person.born_on.day}
    shown = {name: getattr(person, name) for name in plain} | born
    return shown | {f"initial-{name}": value for name, value in shown.items()}
