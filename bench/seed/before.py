"""A case up to the arrival, written row by row."""

import json

from .course import Course
from .family import make_family
from .tables import NULL

SIGNATURE = json.dumps([[[20, 60], [38, 22], [47, 66], [61, 40], [80, 58], [104, 44], [150, 52]]])
REASONS = ("family", "no_status", "no_work", "enough", "plans", "illness", "contract_end", "crisis")
NEEDS = (
    "",
    "",
    "",
    "A place at school.",
    "A clinic nearby.",
    "A place to stay for the first week.",
    "Onward journey by road.",
)
HOLDS = ("In hospital.", "Waits for papers from the court.", "Asked us to wait.")
SIGNS = {"trafficking": "trafficking", "unaccompanied": "child"}  # what, seen in a screening, holds the case
TOPICS = "{situation,staying,programme,safety,rights}"
SCOPES = ("partner", "consular", "follow_up")
STAGE_VERBS = {
    "counselled": "start_counselling", "applied": "apply_for_return", "screened": "start_screening",
    "asked": "ask_decision", "sent": "send_handover", "accepted": "accept_handover", "booked": "book_travel",
    "acknowledged": "acknowledge_travel", "departed": "record_departure", "arrived": "confirm_arrival",
}  # fmt: skip
BY_PARTNER = {"accepted", "acknowledged", "arrived"}
WITH_SHARE = {"accepted", "acknowledged", "arrived"}


class Before:
    """One case while it is written: its facts, its people and its share; `events` and `work` collect lines."""

    def __init__(self, book, world, days, rng, lands, course: Course):
        self.book, self.world, self.days, self.rng, self.course = book, world, days, rng, course
        self.on, self.at, self.text = course.on, days.at, days.text
        self.land = rng.choice(lands)
        self.programme = rng.choice(world.programmes)
        self.partner = world.partners[self.land.code]
        self.worker = rng.choice(self.partner.workers)
        self.owner, self.office, self.owner_name = rng.choice(world.caseworkers)
        self.supervisor = rng.choice(world.supervisors)
        opened = self.on["opened"]
        self.pk = book.case.new()
        self.reference = book.reference(f"AVRR-{self.programme.host}", days.year(opened))
        self.place, self.needs = rng.choice(self.land.places), rng.choice(NEEDS)
        self.people = make_family(rng, days, self.land, opened, book.person.new)
        self.share = NULL
        self.is_live = False
        self.dues: list[int] = []
        self.waits, self.told_on = False, opened
        self._step = 0

    # --- small tools ---

    def here(self, day: int) -> str:
        """The next moment of this case on that day; moments of one case never repeat."""
        self._step = (self._step + 1) % 70
        return self.at(day, self._step)

    def sides(self, mine: bool = True) -> tuple:
        """case, share, agency, partner: the four columns of what both sides read."""
        if mine and self.share != NULL:
            return self.pk, self.share, self.world.agency, self.partner.pk
        return self.pk, NULL, self.world.agency, NULL

    def tell(self, verb, day, by=None, *, subject="", note="", person=NULL, private=NULL, concern=NULL, side=False):
        at, self.told_on = self.here(day), max(day, self.told_on)
        subject = subject or self.reference
        self.book.event.add(*self.sides(side), verb, subject, note, person, private, concern, by or self.owner, at)

    def wait(
        self, kind, due, since, *, subject="", role="caseworker", user=None, side=False, restricted=False, title=""
    ):
        """Work that waits, as the rules would have it."""
        user = self.owner if user is None else user
        if not restricted:
            self.dues.append(due)
        self.waits = self.waits or kind != "task"
        row = self.sides(side)
        self.book.work.add(
            *row, kind, subject, title, role, user, restricted, self.at(since, 60), self.text(due), NULL
        )  # fmt: skip

    def wait_partner(self, kind, due, since, subject=""):
        self.wait(kind, due, since, subject=subject, role="partner_worker", user=self.worker, side=True)

    @property
    def inside(self):
        return [m for m in self.people if m.is_in]

    @property
    def adults(self):
        return [m for m in self.people if m.is_adult]

    @property
    def is_waiting(self) -> bool:
        """Do the rules look at this case at all?"""
        return self.course.stage != "closed" and not self.course.is_held

    # --- the journey ---

    def write(self) -> None:
        """Everything up to the arrival; the case's own row and its people come last, by `finish`."""
        self._members_that_left()
        self.tell("open_case", self.on["opened"])
        for step in list(self.on)[1:]:
            if step == "decided":
                self._decided()
                continue
            if step in ("sent", "accepted"):
                getattr(self, f"_{step}")()
            side = step in WITH_SHARE
            self.tell(STAGE_VERBS[step], self.on[step], self.worker if step in BY_PARTNER else None, side=side)
            if step in ("counselled", "applied", "screened", "asked", "booked"):
                getattr(self, f"_{step}")()
        if self.course.outcome == "refused":
            self._refused()
        if self.is_waiting:
            self._next_step()

    def _members_that_left(self) -> None:
        """One of a couple may withdraw before the decision and the others go on."""
        couple = len(self.adults) > 1 and self.people[1].is_adult
        if self.course.outcome == "withdrew":
            for member in self.people:
                member.is_in, member.status = False, "withdrawn"
        elif couple and "decided" in self.on and self.rng.random() < 0.04:
            self.people[1].is_in, self.people[1].status = False, "withdrawn"

    def _counselled(self) -> None:
        rng, day = self.rng, self.on["counselled"]
        grown, going_on = self.adults, "applied" in self.on
        sessions = [(NULL, self.people)]
        if len(grown) > 1:
            sessions += [(m.pk, [m]) for m in grown]
        for alone, present in sessions:
            interpreter = "Interpreter" if rng.random() < 0.4 else ""
            talk = self.book.talk.add(
                self.pk, alone, self.here(day), "in_person", self.people[0].language, interpreter, TOPICS,
                "Leaflet on help after the return", self.owner, self.here(day),
            )  # fmt: skip
            for member in present:
                self.book.present.add(talk, member.pk)
                if member.is_adult:
                    wish = "go_on" if going_on or rng.random() < 0.6 else "think"
                    self.book.wish.add(talk, member.pk, wish)
            self.tell("record_counselling", day, private=alone, person=alone)

    def _applied(self) -> None:
        rng, day = self.rng, self.on["applied"]
        later = "screened" in self.on
        for member in self.adults or self.people:
            if not later and rng.random() < 0.5:
                continue
            how, witness = ("mark", "Witness of the office") if rng.random() < 0.1 else ("signed", "")
            texts, left = self.world.texts, not member.is_in
            language = member.language if (SCOPES[0], member.language) in texts else "en"
            for scope in SCOPES:
                partner = self.partner.pk if scope == "partner" else NULL
                agreed = scope != "follow_up" or rng.random() < 0.85
                member.refuses_contact |= not agreed
                self.book.consent.add(
                    member.pk, scope, partner, agreed, texts[scope, language], member.language, how,
                    witness, self.here(day), self.owner,
                )  # fmt: skip
                self.tell("record_consent", day, person=member.pk, private=member.pk)
            proof = ("mark", NULL) if witness else ("drawn", SIGNATURE)
            self.book.declaration.add(
                member.pk, texts["declaration", language], member.language, *proof, witness, self.here(day), self.owner,
                self.at(self._left_on(), 69) if left else NULL,
            )  # fmt: skip
            self.tell("sign_declaration", day, person=member.pk, subject=f"{self.reference} / {member.number}")

    def _left_on(self) -> int:
        return self.course.closed if self.course.closed is not None else self.on["asked"]

    def _screened(self) -> None:
        rng, day = self.rng, self.on["screened"]
        for member in self.people:
            if "asked" not in self.on and rng.random() < 0.5:
                member.needs.clear()
                continue
            level = "some" if member.needs else "none"
            health = "Medicine is sold there." if "health" in member.needs else ""
            self.book.screening.add(
                member.pk, self.text(day), member.is_adult, level, "none", rng.choice(("none", "some")), level,
                "{" + ",".join(member.needs) + "}", health, self.owner, self.here(day),
            )  # fmt: skip
            subject = f"{self.reference} / {member.number}"
            self.tell("record_screening", day, subject=subject, person=member.pk, private=member.pk)
            for need, kind in SIGNS.items():
                if need in member.needs:
                    self._concern(day, member, kind)
            if not member.is_adult and len(self.people) == 1 and "asked" in self.on:
                self.book.child.add(
                    member.pk, "return", "Juvenile court", self.text(day), "Grandmother", "grandmother", "+33639980000",
                    self.owner, self.here(day),
                )  # fmt: skip
        if rng.random() < 0.04:
            self._concern(day, self.people[0], rng.choice(("fear", "pressure", "health")))

    def _concern(self, day: int, member, kind: str) -> None:
        is_open = self.course.reached == "screening" and "asked" not in self.on
        released = (NULL, NULL, "") if is_open else (self.here(day + 1), self.supervisor, "Talked with the person.")
        concern = self.book.concern.add(
            self.pk, member.pk, kind, "Said in confidence.", self.supervisor, self.owner, self.at(day, 1), *released
        )
        self.tell("raise_concern", day, person=member.pk, concern=concern)
        if is_open and self.is_waiting:
            due = self.days.working(day, 2)
            facts = {"role": "supervisor", "user": self.supervisor, "restricted": True}
            self.wait("release_concern", due, day, subject=str(concern), **facts)

    def _asked(self) -> None:
        """The decision asked for here; `_decided` and `_refused` say how it went."""
        left = [m for m in self.people if not m.is_in]
        if left and self.inside:
            self.tell("withdraw", self.on["asked"], note=str(left[0].number))
        if "decided" not in self.on and self.course.outcome != "refused":
            empty = (NULL, NULL, "", "", "", "", NULL)
            self.book.decision.add(self.pk, "asked", self.owner, self.at(self.on["asked"], 30), *empty)

    def _decided(self) -> None:
        rng, asked, day = self.rng, self.on["asked"], self.on["decided"]
        outside = rng.random() < 0.1
        authority = (
            ("Immigration office", f"D-{rng.randrange(10**6):06}", self.text(day)) if outside else ("", "", NULL)
        )
        by = self.owner if outside else self.supervisor
        self.book.decision.add(
            self.pk, "eligible", self.owner, self.at(asked, 30), by, self.here(day), "", "", *authority
        )
        verb = "record_outside_decision" if outside else "decide_case"
        self.tell(verb, day, by, subject=f"{self.reference} decision")

    def _refused(self) -> None:
        day = self.course.closed
        self.book.decision.add(
            self.pk, "refused", self.owner, self.at(self.on["asked"], 30), self.supervisor, self.here(day),
            "Helped by this programme two years ago.", "You can complain within 30 days.", "", "", NULL,
        )  # fmt: skip
        self.tell("decide_case", day, self.supervisor, subject=f"{self.reference} decision")

    def _sent(self) -> None:
        self.share = self.book.share.new()
        if "accepted" not in self.on and self.is_waiting:
            due = self.days.working(self.on["sent"], 5, self.partner.weekend)
            self.wait("accept_handover", due, self.on["sent"], role="partner_worker", user=NULL, side=True)

    def _accepted(self) -> None:
        self.is_live = self.course.stage != "closed"

    def _booked(self) -> None:
        """Papers, a doctor's yes where it is needed, and the ticket; sometimes a second one."""
        rng, day, departs = self.rng, self.on["booked"], self.course.departs
        for member in self.inside:
            number = f"P{member.pk:08}"
            kind = "laissez_passer" if rng.random() < 0.3 else "passport"
            asked = self.text(day - 12) if kind == "laissez_passer" else NULL
            dates = asked, self.text(day - 2), self.text(departs + rng.randint(90, 1500))
            self.book.paper.add(member.pk, kind, number, *dates, self.at(day - 1))
            if {"health", "pregnant"} & set(member.needs):
                valid = self.text(departs + 21)
                self.book.fitness.add(member.pk, True, self.text(day - 3), valid, self.owner, self.at(day - 3))
        versions = 2 if rng.random() < 0.1 else 1
        known = self.on.get("acknowledged")
        for version in range(1, versions + 1):
            seen = (self.at(known, 50), self.worker) if known is not None else (NULL, NULL)
            self.book.itinerary.add(
                *self.sides(), version, f"AF {rng.randint(100, 999)}", self.programme.host, self.at(departs, 20),
                self.place, self.at(departs + 1, 2), "" if version == 1 else "The first flight was cancelled.",
                self.owner, self.at(day, 30 + version), *seen,
            )  # fmt: skip

    # --- what waits before the arrival ---

    def _next_step(self) -> None:
        stage, on, days, reached = self.course.stage, self.on, self.days, max(self.on.values())
        steps = {
            "enquiry": ("start_counselling", "opened", 5),
            "counselling": ("apply_for_return", "counselled", 10),
            "application": ("start_screening", "applied", 5),
            "screening": ("ask_decision", "screened", 10),
            "decided": ("send_handover", "decided", 1),
        }
        if stage == "screening" and "asked" in on:
            self.wait("decide_case", days.working(on["asked"], 10), on["asked"], role="supervisor", user=NULL)
        elif stage == "preparing" and "booked" in on:
            departs = self.course.departs
            if "acknowledged" not in on:
                due = min(days.working(on["booked"], 2, self.partner.weekend), departs)
                self.wait_partner("acknowledge_travel", due, on["booked"])
            self.wait("record_departure", departs, on["booked"])
        elif stage == "preparing":
            self.wait("book_travel", days.working(on["accepted"] + 19, -5), on["accepted"])
        elif stage in steps:
            kind, since, count = steps[stage]
            self.wait(kind, days.working(on[since], count), on[since])
        elif stage == "travelling":
            self.wait_partner("confirm_arrival", self.course.departs + 2, on["departed"])
            if -on["departed"] >= 30:
                self.wait("did_they_leave", on["departed"] + 30, on["departed"] + 30)
        if self.rng.random() < 0.1:
            self.wait("task", self.rng.randint(0, 10), min(reached, 0), title="Call about the papers")
