"""One case under any order of verbs: it moves along its steps, waits as the rules say, shares what was agreed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from cases import lifecycle as office
from cases.family import is_anybody_away, people_in
from cases.models import Case, Event, SharedPerson, Work
from cases.sharing import agreed_people
from cases.statuses import AWAY, STAGE_STEPS, Stage
from cases.transitions import StepNotAllowed
from cases.work import settle
from tests import make
from tests.make import OUSMANE


class Journey(RuleBasedStateMachine):
    """Two adults; every verb may be tried at any time, and is done or refused as a whole."""

    cast = None

    @initialize(start=st.sampled_from([make.opened, make.applied, make.decided, make.booked, make.arrived]))
    def begin(self, start):
        self.point = transaction.atomic()
        self.point.__enter__()
        self.case = start(self.cast, OUSMANE).case
        self.stage = self.case.stage

    def teardown(self):
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def attempt(self, verb):
        """Try it; afterwards the case is where its steps allow, and everything that is derived equals the facts."""
        lines = Event.objects.count()
        try:
            with transaction.atomic():
                verb()
            done = True
        except (StepNotAllowed, ValidationError):
            done = False
        self.case = Case.objects.get(pk=self.case.pk)
        if self.case.stage != self.stage:
            assert done and self.case.stage in STAGE_STEPS[self.stage], (self.stage, self.case.stage)
        assert done or Event.objects.count() == lines, "refused, and yet told"
        self.stage = self.case.stage
        self.derived_equals_the_facts()

    def derived_equals_the_facts(self):
        before = list(Work.objects.order_by("pk").values()), list(SharedPerson.objects.order_by("pk").values())
        settle(self.case)
        assert before == (
            list(Work.objects.order_by("pk").values()),
            list(SharedPerson.objects.order_by("pk").values()),
        )
        shared = self.case.shared
        seen = set(SharedPerson.objects.values_list("number", flat=True))
        agreed = {person.number for person in agreed_people(self.case, shared.partner_id)} if shared else set()
        assert seen <= agreed and (not shared or not shared.is_accepted or seen == agreed)
        assert Work.objects.open().exists() == self.case.is_open, "an open case waits for somebody"
        assert self.case.is_open or not shared
        if self.case.stage == Stage.TRAVELLING:
            assert is_anybody_away(self.case)
        for person in self.case.people.filter(status__in=AWAY):
            assert person.declarations.filter(ended_at=None).exists(), "nobody leaves unsigned"

    @rule()
    def counsel(self):
        self.attempt(lambda: office.start_counselling(self.case, by=self.cast.amina))
        for person in people_in(self.case):
            self.attempt(lambda person=person: make.talk(self.case, alone_with=person))

    @rule()
    def apply(self):
        self.attempt(lambda: office.apply_for_return(self.case, by=self.cast.amina))

    @rule(number=st.sampled_from([1, 2]), agreed=st.booleans())
    def sign(self, number, agreed):
        person = self.case.people.get(number=number)
        self.attempt(lambda: make.consent(person, self.cast.partner, agreed=agreed))
        self.attempt(lambda: make.declare(person))

    @rule()
    def screen(self):
        self.attempt(lambda: office.start_screening(self.case, by=self.cast.amina))
        for person in people_in(self.case):
            self.attempt(lambda person=person: make.screen(person))

    @rule(eligible=st.sampled_from([True, True, True, False]))
    def decide(self, eligible):
        self.attempt(lambda: office.ask_decision(self.case, by=self.cast.amina))
        if decision := self.case.decisions.filter(status="asked").first():
            words = {} if eligible else {"reason": "No", "complaint_information": "Write to us"}
            self.attempt(lambda: office.decide_case(decision, by=self.cast.bashir, eligible=eligible, **words))

    @rule(yes=st.sampled_from([True, True, False]))
    def hand_over(self, yes):
        self.attempt(
            lambda: office.send_handover(self.case, by=self.cast.amina, partner=self.cast.partner, agreement="2026")
        )
        if shared := self.case.shared:
            answer = office.accept_handover if yes else office.decline_handover
            self.attempt(lambda: answer(shared, by=self.cast.horizon, note="As it is"))

    @precondition(lambda self: self.case.shared)
    @rule()
    def travel(self):
        self.attempt(lambda: make.give_papers(self.case))
        self.attempt(lambda: make.book(self.case, why_changed="Another flight"))
        self.attempt(lambda: make.depart(self.case))

    @precondition(lambda self: self.case.journey)
    @rule(number=st.sampled_from([1, 2]))
    def travel_alone(self, number):
        self.attempt(lambda: make.give_papers(self.case))
        self.attempt(lambda: make.depart(self.case, self.case.people.get(number=number)))

    @rule(number=st.sampled_from([1, 2]), try_again=st.booleans())
    def stay(self, number, try_again):
        person = self.case.people.get(number=number)
        facts = {"by": self.cast.amina, "people": [person], "note": "Missed the train"}
        self.attempt(lambda: office.record_no_departure(self.case, try_again=try_again, **facts))

    @rule()
    def cancel_and_ask(self):
        amina = self.cast.amina
        self.attempt(lambda: office.cancel_travel(self.case, by=amina, note="Strike"))
        away = list(self.case.people.filter(status="departed"))
        self.attempt(lambda: office.confirm_departure(self.case, by=amina, people=away, note="Seen"))

    @rule(number=st.sampled_from([1, 2]))
    def rejoin(self, number):
        self.attempt(lambda: office.rejoin(self.case.people.get(number=number), by=self.cast.amina))

    @precondition(lambda self: self.case.shared)
    @rule()
    def arrive(self):
        self.attempt(lambda: make.arrive(self.case.shared))

    @rule(number=st.sampled_from([1, 2]))
    def withdraw(self, number):
        self.attempt(
            lambda: office.withdraw(self.case, by=self.cast.amina, people=[self.case.people.get(number=number)])
        )

    @rule(number=st.sampled_from([1, 2]))
    def end_consent(self, number):
        for consent in self.case.people.get(number=number).consents.in_force():
            self.attempt(lambda consent=consent: office.withdraw_consent(consent, by=self.cast.amina))

    @rule(verb=st.sampled_from(["hold", "resume", "close", "reopen", "end_sharing"]))
    def keep(self, verb):
        match verb:
            case "hold":
                self.attempt(lambda: office.hold_case(self.case, by=self.cast.amina, reason="Waits"))
            case "resume":
                self.attempt(lambda: office.resume_case(self.case, by=self.cast.amina))
            case "close":
                self.attempt(lambda: office.close_case(self.case, by=self.cast.amina, outcome="stopped"))
            case "reopen":
                self.attempt(lambda: office.reopen_case(self.case, by=self.cast.bashir, note="Again"))
            case "end_sharing":
                self.attempt(lambda: office.end_sharing(self.case, by=self.cast.amina))


def test_any_order_of_verbs_leaves_a_case_whole(cast):
    Journey.cast = cast
    run_state_machine_as_test(
        Journey,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
