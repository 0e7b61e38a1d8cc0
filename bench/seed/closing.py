"""The rows that sum a case up: its people, its share with the copies in it, and the case itself."""

from .after import After
from .before import HOLDS, REASONS
from .family import shared_needs
from .tables import NULL

STAGE_STEP = {
    "enquiry": "opened", "counselling": "counselled", "application": "applied", "screening": "screened",
    "decided": "decided", "handed_over": "sent", "preparing": "accepted", "travelling": "departed",
    "reintegration": "arrived",
}  # fmt: skip
PURPOSE, AGREEMENT = "Share my file with the reintegration partner", "Agreement of the seeded partners"
OUTCOME_VERBS = {"withdrew": "withdraw", "not_departed": "record_no_departure"}
AFTER_THE_LAST_VISIT = 92
HOLD_DAYS, CLOSE_WORKING_DAYS = 30, 10


class Told(After):
    """A whole case; `write` puts every row of it."""

    def write(self) -> None:
        super().write()
        course, rng = self.course, self.rng
        if course.closed is not None and course.outcome != "refused":
            self.tell(OUTCOME_VERBS.get(course.outcome, "close_case"), course.closed)
        if rng.random() < 0.3 and "applied" in self.on:
            self.tell("add_note", self.on["counselled"] + 1, note="Called, and will call again next week.")
        self._dates()
        for member in self.people:
            self.book.person.put(
                member.pk, *self._facts(member), self.pk, self.world.agency, member.number,
                "Reception centre" if member.number == 1 else "",
                "{" + ",".join(member.needs if "screened" in self.on else ()) + "}",
                NULL if member.is_in else self.at(self._left_on(), 69), member.search_name,
            )  # fmt: skip
        if self.share != NULL:
            self._share()
        self._case()

    def _dates(self) -> None:
        """Where everybody stands in the end, and since when."""
        departed, arrived = self.on.get("departed"), self.on.get("arrived")
        for member in self.inside:
            if arrived is not None:
                member.status = "arrived"
            elif departed is not None:
                member.status = "departed"
            elif self.course.outcome == "not_departed":
                member.status = "not_departed"
        self.departed = NULL if departed is None else self.text(departed)
        self.came = NULL if arrived is None else self.text(arrived)

    def _facts(self, member) -> tuple:
        dates = (self.departed, self.came) if member.is_in else (NULL, NULL)
        return (
            member.name.latin, member.known_as, member.name.own, member.sex, member.born, member.precision,
            self.land.code, member.relation, member.languages, member.phone, member.safe,
            "Before 14:00" if member.safe == "voice" else "", member.status, *dates,
        )  # fmt: skip

    def _share(self) -> None:
        on, is_closed = self.on, self.course.stage == "closed"
        accepted = "accepted" in on
        status = "ended" if is_closed else "accepted" if accepted else "sent"
        grown = sum(m.is_adult for m in self.inside)
        first = next(iter(self.inside), self.people[0])
        shown = accepted and not is_closed
        title = (first.known_as or first.name.latin, first.name.own) if shown else ("", "")
        expected = self.text(self.course.departs + 1) if "booked" in on else NULL
        answer = (
            (self.at(on["accepted"], 5), self.at(on["accepted"], 6), self.worker) if accepted else (NULL, NULL, NULL)
        )
        due = self.days.working(on["sent"], 5, self.partner.weekend)
        ends = self.days.months(on.get("arrived", on["sent"]), 12) + AFTER_THE_LAST_VISIT
        self.book.share.put(
            self.share, self.pk, self.world.agency, self.partner.pk, self.programme.pk, status, PURPOSE, AGREEMENT,
            self.text(ends), self.reference, self.land.code, self.place, grown, len(self.inside) - grown,
            "" if is_closed else self.needs, *title, self.course.reached, self.course.is_held,
            f"{self.owner_name}, {self.world.agency_name}" if shown else "",
            "{" + ",".join(shared_needs(self.inside) if shown else ()) + "}", expected if accepted else NULL,
            *((self.departed, self.came) if accepted else (NULL, NULL)), self.worker if accepted else NULL,
            self.at(on["sent"], 5), self.owner, self.text(due), *answer, "",
            self.at(self.course.closed, 69) if is_closed else NULL,
        )  # fmt: skip
        if shown:
            for member in self.inside:
                self.book.copy.add(
                    *self._facts(member), self.share, member.pk, self.world.agency, self.partner.pk, member.number
                )

    def _case(self) -> None:
        rng, course, on = self.rng, self.course, self.on
        is_closed = course.stage == "closed"
        scenario = "unavoidable" if rng.random() < 0.7 else "voluntary"
        reasons = "{" + ",".join(sorted(rng.sample(REASONS, rng.randint(1, 2)))) + "}"
        deadline = ("leave", self.text(on["opened"] + 90)) if rng.random() < 0.25 else ("", NULL)
        since = course.closed if is_closed else on[STAGE_STEP[course.stage]]
        last = max(on.values())
        held = (NULL, "", NULL)
        if course.is_held:
            held = self.at(last, 65), rng.choice(HOLDS), self.text(last + HOLD_DAYS)
            self.wait("look_again", last + HOLD_DAYS, last)
        elif not self.waits and not is_closed:
            self.wait("close_case", self.days.working(self.told_on, CLOSE_WORKING_DAYS), self.told_on)
        self.book.case.put(
            self.pk, self.reference, self.world.agency, self.office, self.owner, self.programme.pk, self.programme.host,
            self.land.code, self.place, scenario, reasons, *deadline, self.needs, course.stage, self.at(since, 7),
            course.reached if is_closed else "", self.at(on["opened"], 0),
            self.text(on["applied"]) if "applied" in on else NULL, self.departed, self.came, *held, course.outcome,
            self.text(course.closed) if is_closed else NULL, self.text(min(self.dues)) if self.dues else NULL, len(on),
        )  # fmt: skip
