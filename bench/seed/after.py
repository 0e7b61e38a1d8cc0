"""A case after the arrival: cash, plan, help in kind, visits, referrals, written row by row."""

from decimal import ROUND_HALF_EVEN, Decimal

from reintegration.models import HARM_QUESTIONS
from reintegration.work import SAID_NO

from .before import SIGNATURE, Before
from .tables import NULL
from .world import MONEY

CENT = Decimal("0.01")
BANK = "European Central Bank"
ACTIVITIES = (  # title, dimension, modality, least and most euros
    ("Sewing machine and cloth", "economic", "in_kind", 400, 900),
    ("Laying hens and feed", "economic", "in_kind", 300, 800),
    ("Stall with cool box", "economic", "in_kind", 500, 1200),
    ("Tools for a workshop", "economic", "in_kind", 400, 1000),
    ("Course with certificate", "economic", "service", 100, 400),
    ("School fees and books", "social", "in_kind", 80, 300),
    ("Rent for the first months", "social", "service", 150, 450),
    ("Talks with a counsellor", "psychosocial", "service", 0, 120),
)
FACTORS = (
    "None that matter.",
    "The market is weekly.",
    "Roads are cut in the rainy season.",
    "Electricity is not steady.",
)
WORDS = ("I want to stand on my own feet.", "I have done this work before.", "My family helps me with it.")


class After(Before):
    """The same case, from its arrival on. `end` is the last day on which something can have happened."""

    @property
    def end(self) -> int:
        return -1 if self.course.closed is None else self.course.closed

    def write(self) -> None:
        super().write()
        if "arrived" not in self.on:
            return
        self.arrived = self.on["arrived"]
        self.currency, rate = MONEY[self.land.code]
        self.rate = Decimal(rate)
        self._cash()
        self._plan()
        self._visits()
        if self.rng.random() < 0.2:
            self._referral()
        if self.course.outcome.startswith("remigrated"):
            way = "regular" if self.course.outcome.endswith("regularly") else self.rng.choice(("irregular", "unknown"))
            known = self.rng.randint(self.arrived + 20, self.end)
            source = "Told us on the phone"
            self.book.remigration.add(
                self.people[0].pk, way, self.text(known), "", source, self.worker, self.here(known)
            )
            self.tell("record_remigration", known, self.worker, person=self.people[0].pk, side=True)

    # --- money ---

    def _local(self, euros: Decimal) -> Decimal:
        return (euros * self.rate).quantize(CENT, rounding=ROUND_HALF_EVEN)

    def _proof(self, day: int, title: str) -> int:
        return self.book.document.add(
            *self.sides(), "receipt", title, *self.world.receipt, self.text(day), self.worker, self.here(day)
        )

    def _pay(self, kind, day, euros, *, grant=NULL, person=NULL, line, proof, by):
        self.book.payment.add(
            *self.sides(), kind, grant, person, line, self._local(euros), self.currency, self.rate, self.text(day),
            BANK, euros, "EUR", self.text(day), proof, by, self.here(day),
        )  # fmt: skip

    def _cash(self) -> None:
        day = self.arrived + self.rng.randint(1, 14)
        if day > self.end or self.rng.random() < 0.05:
            if self.is_waiting:
                due = self.days.working(self.arrived, 14, self.partner.weekend)
                self.wait_partner("pay_arrival_cash", due, self.arrived)
            return
        proof = self._proof(day, "Receipt for cash on arrival")
        for member in self.inside:
            line = self.programme.cash_line
            self._pay("arrival_cash", day, Decimal("615.00"), person=member.pk, line=line, proof=proof, by=self.worker)
            self.tell("pay_arrival_cash", day, self.worker, side=True)

    # --- plan ---

    def _plan(self) -> None:
        rng, drafted = self.rng, self.arrived + self.rng.randint(2, 20)
        agreed, approved = drafted + rng.randint(2, 15), None
        is_agreed = agreed <= self.end and rng.random() < 0.95
        if drafted <= self.end:
            if is_agreed:
                approved = agreed + rng.randint(1, 7)
                approved = approved if approved <= self.end else None
            self._write_plan(drafted, agreed if is_agreed else None, approved)
        if self.is_waiting and not is_agreed:
            self.wait_partner("agree_plan", self.arrived + 30, self.arrived)

    def _write_plan(self, drafted, agreed, approved) -> None:
        rng, grown = self.rng, sum(m.is_adult for m in self.inside)
        cap = 2000 * grown + 1000 * (len(self.inside) - grown)
        lines = self._lines(cap)
        self.tell("draft_plan", drafted, self.worker, side=True)
        last = 2 if approved is not None and approved + 60 < self.end and rng.random() < 0.05 else 1
        for version in range(1, last + 1):
            is_last, first_day = version == last, drafted if version == 1 else approved + 1
            status = (
                ("approved" if approved is not None else "agreed" if agreed is not None else "draft")
                if is_last
                else "replaced"
            )
            signed = agreed if version == 1 else agreed and approved + 2
            passed = approved if version == 1 else approved + 4
            plan = self.book.plan.add(
                *self.sides(), version, status, rng.choice(WORDS), rng.choice(WORDS), rng.choice(FACTORS), "EUR",
                f"{cap}.00", "" if version == 1 else "The price of feed has risen.", self.worker, self.here(first_day),
                *((NULL, NULL, "", NULL) if signed is None else (self.worker, self.at(signed, 40), "drawn", SIGNATURE)),
                *((NULL, NULL) if passed is None else (self.supervisor, self.at(passed, 45))),
            )  # fmt: skip
            keys = [
                self.book.activity.add(plan, number, dimension, title, how, f"{cost}.00", self.text(self.arrived + 120))
                for number, (title, dimension, how, cost) in enumerate(lines, 1)
            ]
            for question in HARM_QUESTIONS:
                is_risk = rng.random() < 0.06
                self.book.harm.add(plan, question, is_risk, "Delivered in a closed van." if is_risk else "")
        if agreed is None:
            return
        self.tell("agree_plan", agreed, self.worker, side=True, subject=f"{self.reference} plan 1")
        if approved is None:
            if self.is_waiting:
                due = self.days.working(agreed, 5)
                self.wait("approve_plan", due, agreed, subject=str(plan), role="supervisor", user=NULL, side=True)
            return
        self.tell("approve_plan", approved, self.supervisor, side=True, subject=f"{self.reference} plan 1")
        for key, (title, _dimension, how, cost) in zip(keys, lines, strict=True):
            if how == "in_kind":
                self._grant(plan, key, title, Decimal(cost), passed)

    def _lines(self, cap: int) -> list[tuple]:
        rng, left, lines = self.rng, cap, []
        for title, dimension, how, least, most in rng.sample(ACTIVITIES, rng.randint(2, 4)):
            cost = rng.randrange(least, most, 10)
            if cost <= left:
                left -= cost
                lines.append((title, dimension, how, cost))
        return lines

    # --- help in kind ---

    def _grant(self, plan, activity, title, cost: Decimal, approved_plan: int) -> None:
        """One grant, as far as time allows: asked, quoted, approved, ordered, delivered, paid."""
        rng, book, step = self.rng, self.book, approved_plan
        days = []
        for least, most in ((2, 25), (2, 9), (1, 6), (1, 4), (3, 25), (3, 12)):
            step += rng.randint(least, most)
            if step > self.end or days and rng.random() < 0.03 and self.course.closed is None:
                break
            days.append(step)
        if not days:
            return
        price = (cost * Decimal(rng.randint(80, 100)) / 100).quantize(CENT)
        status = ("asked", "quoted", "approved", "ordered", "delivered", "paid")[len(days) - 1]
        if self.course.closed is not None and status != "paid":
            status, days = "cancelled", days[:2]
        asked, quoted, approved, ordered, delivered, paid = days + [None] * (6 - len(days))
        key, reference = book.grant.new(), book.reference("G")
        quotes = self._quotes(key, price, quoted) if quoted is not None else []
        chosen = quotes[0] if quotes and status != "asked" else NULL
        self.tell("request_grant", asked, self.worker, subject=reference, note=title, side=True)
        proof = self._proof(delivered, f"Delivery of {reference}") if delivered is not None else NULL
        differs = delivered is not None and rng.random() < 0.03
        line = rng.choice(self.programme.lines)
        book.grant.put(
            key, *self.sides(), reference, plan, activity, status, self.at(days[-1], 55), title, cost, line, "EUR",
            self.worker, self.at(asked, 50), chosen, "Lowest price." if quotes else "", self.worker if quotes else NULL,
            *((self.supervisor, self.at(approved, 52), price) if approved is not None else (NULL, NULL, NULL)),
            NULL if ordered is None else self.text(ordered), "" if ordered is None else f"PO-{key}",
            *((NULL, "", NULL, NULL, "", "") if delivered is None else
              (self.text(delivered), self.place, proof, not differs, "Another colour." if differs else "",
               self.people[0].name.latin)),
            "The case was closed." if status == "cancelled" else "",
        )  # fmt: skip
        for verb, day, by in (
            ("choose_quote", quoted, self.worker),
            ("approve_grant", approved, self.supervisor),
            ("order_grant", ordered, self.worker),
            ("deliver_grant", delivered, self.worker),
            ("pay_grant", paid, self.world.finance),
        ):
            if day is not None:
                self.tell(verb, day, by, subject=reference, side=True)
        if paid is not None:
            proof = self._proof(paid, f"Payment of {reference}")
            self._pay("grant", paid, price, grant=key, line=line, proof=proof, by=self.world.finance)
        elif self.is_waiting:
            self._grant_waits(status, days[-1], reference)

    def _quotes(self, grant: int, price: Decimal, day: int) -> list[int]:
        """The chosen quote first; above the limit of the programme two more."""
        count = 1 if price <= 500 else 3
        return [
            self.book.quote.add(
                grant, supplier, self._local(euros), self.currency, self.rate, self.text(day - 1), BANK, euros,
                self.text(day - 1), self.worker,
            )
            for supplier, euros in zip(
                self.rng.sample(self.partner.suppliers, count), (price, price + 35, price + 80), strict=False
            )
        ]  # fmt: skip

    def _grant_waits(self, status: str, since: int, reference: str) -> None:
        weekend, working = self.partner.weekend, self.days.working
        match status:
            case "asked":
                self.wait_partner("choose_quote", working(since, 10, weekend), since, reference)
            case "quoted":
                due = working(since, 5)
                self.wait("approve_grant", due, since, subject=reference, role="supervisor", user=NULL, side=True)
            case "approved":
                self.wait_partner("order_grant", working(since, 5, weekend), since, reference)
            case "ordered":
                self.wait_partner("deliver_grant", since + 30, since, reference)
            case "delivered":
                self.wait_partner("pay_grant", since + 14, since, reference)

    # --- visits and referrals ---

    def _visits(self) -> None:
        rng, book = self.rng, self.book
        came = [member for member in self.inside if member.is_adult] or self.inside
        unwished = all(member.refuses_contact for member in came)
        if unwished:
            self.tell("stop_follow_up", self.arrived, self.world.system, note=SAID_NO, side=True)
        for months in (3, 6, 12):
            due, key = self.days.months(self.arrived, months), book.followup.new()
            held, status, facts = NULL, "due", ("", "", "", "", "", False, "", NULL, NULL)
            day = due + rng.randint(-3, 12)
            chance = rng.random()
            if unwished:
                status, facts = "stopped", ("", "", "", "", "", False, SAID_NO, NULL, self.here(self.arrived))
            elif day <= self.end and chance < 0.78:
                levels = [rng.choices(("well", "mixed", "hard", "not_said"), (50, 30, 12, 8))[0] for _ in range(3)]
                status, held = "done", self.text(day)
                look = levels[0] == "hard" and rng.random() < 0.5
                facts = (rng.choice(("in_person", "phone")), *levels, "The work goes on.", look, "", self.worker)
                facts = (*facts, self.here(day))
                self.tell("record_follow_up", day, self.worker, side=True)
            elif day <= self.end and chance < 0.92:
                status = "missed"
                facts = ("", "", "", "", "", False, "No answer on any number.", NULL, NULL)
                book.attempt.add(key, self.here(day), "phone", "no_answer", self.worker)
                self.tell("miss_follow_up", day, self.worker, side=True)
            elif self.is_waiting:
                self.wait_partner("record_follow_up", due, self.arrived, str(key))
            elif self.course.outcome in ("stopped", "remigrated_regularly"):
                told = (self.worker, self.here(self.end))
                status, facts = "stopped", ("", "", "", "", "", False, "Not wished.", *told)
            book.followup.put(key, *self.sides(), months, self.text(due), status, held, *facts)

    def _referral(self) -> None:
        rng, sent = self.rng, self.arrived + self.rng.randint(8, 60)
        if sent > self.end:
            return
        key, answered, finished = self.book.referral.new(), sent + rng.randint(1, 9), sent + rng.randint(15, 80)
        status = (
            "done" if finished <= self.end and rng.random() < 0.8 else "accepted" if answered <= self.end else "sent"
        )
        if status == "accepted" and rng.random() < 0.2:
            status = "declined"
        due = self.days.working(sent, 5, self.partner.weekend)
        is_answered = status != "sent"
        done = (self.text(finished), "Went well.") if status == "done" else (NULL, "")
        self.book.referral.put(
            key, *self.sides(), self.people[0].pk, rng.choice(self.world.services[self.land.code]), status,
            "Asked for by the person.", True, self.text(due), self.worker, self.at(sent, 58),
            self.at(answered, 59) if is_answered else NULL, "No place free." if status == "declined" else "", *done,
        )  # fmt: skip
        self.tell("send_referral", sent, self.worker, person=self.people[0].pk, side=True)
        if self.is_waiting and status == "sent":
            self.wait_partner("accept_referral", due, sent, str(key))
        elif self.is_waiting and status == "accepted":
            self.wait_partner("complete_referral", answered + 60, answered, str(key))
