"""One case on its way: each method is what an office does in one sitting, by the verbs of the product."""

from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from django.db import transaction
from django.utils import timezone

from cases import lifecycle as case_verbs
from cases.gates import adults, children
from cases.lifecycle.opening import open_case
from cases.models import CONSENT_SCOPES, LegalText, Scope, Topic
from cases.work import settle
from reintegration import lifecycle as help_verbs
from reintegration.models import HARM_QUESTIONS

from .days import let_pass
from .papers import SIGNATURE, receipt
from .when import day, moment

COMPLAINT = "You can complain within 30 days to the head of the agency, in any language, by letter or in person."


def person(name: str, sex: str, born_on, nationality: str, *languages: str, **more) -> dict:
    """The facts of a person; `born_on` is a date, or a dict with its precision (when.about)."""
    born = born_on if isinstance(born_on, dict) else {"born_on": born_on}
    return {"name": name, "sex": sex, "nationality": nationality, "languages": list(languages), **born, **more}


class Story:
    """Opens a case and carries it on. `days` lets time pass; every method gives the story back, to be chained."""

    def __init__(self, cast, applicant: dict, *family: dict, owner=None, reviewer=None, partner="horizon", **facts):
        self.cast, self.owner = cast, owner or cast.amina
        self.reviewer = reviewer or cast.bashir
        self.partner = cast.organisations[partner]
        self.worker = {"horizon": cast.horizon, "lantern": cast.lantern}[partner]
        self._mark = timezone.now()
        applicant.setdefault("phone", f"+3363998{sum(map(ord, applicant['name'])) % 10000:04}")
        applicant.setdefault("stays_at", "Reception centre, Villeurbanne")
        facts = {"scenario": "unavoidable", "reasons": ["no_status", "family"]} | facts
        self.case = open_case(by=self.owner, programme=cast.programme, applicant=applicant, **facts)
        for member in family:
            case_verbs.add_person(self.case, by=self.owner, **member)

    def days(self, number: int) -> "Story":
        let_pass(self.case, number, self._mark)
        self._mark = timezone.now()
        return self

    @property
    def people(self):
        return [p for p in self.case.people.all() if p.is_in]

    @property
    def shared(self):
        return self.case.shared

    @property
    def plan(self):
        return self.case.plans.current().order_by("-version").first()

    # --- before the decision ---

    def counselled(self, wish="go_on", interpreter="", note="", start=True) -> "Story":
        """A talk with everybody, then one alone with each adult of a couple."""
        if start:
            case_verbs.start_counselling(self.case, by=self.owner)
        grown = adults(self.case)
        together = {"present": self.people, "wishes": {p.pk: wish for p in grown}, "note": note}
        sessions = [together]
        if len(grown) > 1:
            sessions += [{"present": [p], "wishes": {p.pk: wish}, "alone_with": p, "note": ""} for p in grown]
        for number, facts in enumerate(sessions):
            case_verbs.record_counselling(
                self.case,
                by=self.owner,
                held_at=timezone.now() - timedelta(minutes=40 * (len(sessions) - number)),
                mode="in_person",
                language=self.people[0].languages[0],
                interpreter=interpreter,
                topics=[Topic.SITUATION, Topic.STAYING, Topic.PROGRAMME, Topic.SAFETY, Topic.RIGHTS],
                handed_out="Leaflet on help after the return, addresses of legal advice",
                **facts,
            )
        return self

    def applied(self) -> "Story":
        case_verbs.apply_for_return(self.case, by=self.owner)
        return self

    def consented(self, *scopes, no=(), only=None, interpreter="") -> "Story":
        """Every adult is asked; `no` names scopes that are answered with no, `only` one person's number."""
        for member in adults(self.case) or self.people:
            if only and member.number != only:
                continue
            for scope in scopes or CONSENT_SCOPES:
                case_verbs.record_consent(
                    member,
                    by=self.owner,
                    text=LegalText.objects.current(scope, member.languages),
                    read_in=member.languages[0] if member.languages else "en",
                    agreed=scope not in no,
                    how="signed",
                    partner=self.partner if scope == Scope.PARTNER else None,
                    interpreter=interpreter,
                )
        return self

    def declared(self, *, mark_before="", interpreter="") -> "Story":
        for member in adults(self.case) or self.people:
            case_verbs.sign_declaration(
                member,
                by=self.owner,
                how="mark" if mark_before else "drawn",
                text=LegalText.objects.current(Scope.DECLARATION, member.languages),
                read_in=member.languages[0] if member.languages else "en",
                strokes=None if mark_before else SIGNATURE,
                witness=mark_before,
                interpreter=interpreter,
            )
        return self

    def screened(self, needs: dict[int, list] | None = None, health="", note="", start=True) -> "Story":
        """Screening of everybody; `needs` maps a person's number to what was seen."""
        if start:
            case_verbs.start_screening(self.case, by=self.owner)
        for member in self.people:
            seen = (needs or {}).get(member.number, [])
            case_verbs.record_screening(
                member,
                by=self.owner,
                vulnerabilities=seen,
                held_on=day(),
                alone=member not in children(self.case),
                individual="some" if seen else "none",
                family="none",
                community="some",
                structural="some" if seen else "none",
                health_followed=health if "health" in seen else "",
                note=note if seen else "",
                reviewer=self.reviewer,
            )
        return self

    def asked(self, note="") -> "Story":
        case_verbs.ask_decision(self.case, by=self.owner, note=note)
        return self

    def decided(self, eligible=True, reason="") -> "Story":
        complaint = "" if eligible else COMPLAINT
        decision = self.case.decisions.get(status="asked")
        case_verbs.decide_case(
            decision, by=self.reviewer, eligible=eligible, reason=reason, complaint_information=complaint
        )
        self.case.refresh_from_db()
        return self

    def eligible(self, **more) -> "Story":
        """From the first talk to the decision, with the days it takes."""
        self.days(4).counselled(**more.pop("talk", {})).days(6).applied().consented().declared().days(5)
        return self.screened(**more).days(2).asked().days(3).decided()

    # --- hand-over and journey ---

    def handed_over(self) -> "Story":
        agreement = f"Agreement of 2026 with {self.partner}"
        case_verbs.send_handover(self.case, by=self.owner, partner=self.partner, agreement=agreement)
        return self

    def accepted(self, note="") -> "Story":
        case_verbs.see_handover(self.shared, by=self.worker)
        case_verbs.accept_handover(self.shared, by=self.worker, note=note)
        self.case.refresh_from_db()
        return self

    def papers(self, kind="passport") -> "Story":
        for member in self.people:
            number = f"A{member.pk:07}"
            facts = {"kind": kind, "number": number, "issued_on": day(-2)}
            facts |= {"asked_on": day(-9)} if kind == "laissez_passer" else {}
            valid = day(160 if kind == "laissez_passer" else 1500)
            case_verbs.record_travel_document(
                member, by=self.owner, valid_until=valid, kept_where="With the person", **facts
            )
            if {"health", "pregnant"} & set(member.vulnerabilities):
                case_verbs.record_fit_to_travel(
                    member, by=self.owner, is_fit=True, examined_on=day(), valid_until=day(30), conditions=""
                )
        return self

    def booked(self, *, in_days: int, to: str, flight="AF 718", hours=7, why="", help_needed="") -> "Story":
        departs = moment(in_days, 11, 20) if in_days else timezone.now() + timedelta(minutes=5)
        case_verbs.book_travel(
            self.case,
            by=self.owner,
            flight=flight,
            departs_from="Lyon Saint-Exupéry",
            arrives_in=to,
            departs_at=departs,
            arrives_at=departs + timedelta(hours=hours),
            why_changed=why,
            help_needed=help_needed,
        )
        return self

    def acknowledged(self) -> "Story":
        case_verbs.acknowledge_travel(self.shared, by=self.worker)
        return self

    def departed(self) -> "Story":
        case_verbs.record_departure(self.case, by=self.owner, people=self.people, departed_on=day())
        return self

    def arrived(self) -> "Story":
        case_verbs.confirm_arrival(self.shared, by=self.worker, people=list(self.shared.people.all()), arrived_on=day())
        self.case.refresh_from_db()
        return self

    def home(self, *, to: str, **more) -> "Story":
        """From the decision to the arrival, with the days it takes."""
        self.eligible(**more).days(1).handed_over().days(3).accepted().days(6).papers().booked(in_days=12, to=to)
        return self.days(1).acknowledged().days(11).departed().days(1).arrived()

    # --- reintegration ---

    def visit(self, months: int):
        """The follow-up that is due `months` after the arrival."""
        return self.looked_at().case.followups.get(months=months)

    def looked_at(self) -> "Story":
        """The rules look at what waits on this day, by the calendar, while only days were counted."""
        with transaction.atomic():
            settle(self.case)
        return self

    def given_cash(self, currency="XOF", rate="655.957", source="BCEAO") -> "Story":
        for copy in self.shared.people.all():
            amount = (Decimal(615) * Decimal(rate)).quantize(Decimal(1), rounding=ROUND_DOWN)
            help_verbs.pay_arrival_cash(
                self.shared,
                by=self.worker,
                person=copy,
                amount=amount,
                currency=currency,
                rate=Decimal(rate),
                rate_on=day(),
                rate_source=source,
                donor_line=self.cast.cash_line,
                paid_on=day(),
                upload=receipt("Cash on arrival", f"{amount} {currency}", "Received and signed"),
            )
        return self

    def drafted(self, goals: dict, factors: str, activities: list[dict], risks: dict | None = None, by=None) -> "Story":
        """The plan in the returnee's words; `risks` maps a do-no-harm question to how the harm is avoided."""
        by = by or self.worker
        record = self.shared if by.is_partner else self.case
        plan = help_verbs.draft_plan(record, by=by)
        harm = {question: (question in (risks or {}), (risks or {}).get(question, "")) for question in HARM_QUESTIONS}
        changes = {f"goal_{name}": words for name, words in goals.items()} | {"structural_factors": factors}
        help_verbs.write_plan(plan, by=by, changes=changes, harm=harm)
        for activity in activities:
            help_verbs.add_activity(plan, by=by, **activity)
        return self

    def agreed(self) -> "Story":
        help_verbs.agree_plan(self.plan, by=self.worker, signed_how="drawn", strokes=SIGNATURE)
        return self

    def approved(self, note="") -> "Story":
        help_verbs.approve_plan(self.plan, by=self.reviewer, note=note)
        return self
