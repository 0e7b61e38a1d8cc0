"""Help in kind of one story, from the wish to the receipt."""

from decimal import Decimal

from reintegration import lifecycle as verbs

from .papers import receipt
from .when import day


class Help:
    """One grant under a line of the plan of `story`; the methods are the steps it can take."""

    def __init__(self, story, *, line: int, item: str, cost: str, specification="", donor_line=None):
        self.story, plan = story, story.plan
        self.grant = verbs.request_grant(
            plan,
            by=story.worker,
            activity=plan.activities.get(line=line),
            expected_cost=Decimal(cost),
            donor_line=donor_line or story.cast.line,
            item=item,
            specification=specification,
        )

    def quoted(self, *offers, currency="XOF", rate="655.957", source="BCEAO") -> "Help":
        """`offers` are (supplier, town, price, guarantee, delivery)."""
        for supplier, town, price, guarantee, delivery in offers:
            verbs.add_quote(
                self.grant,
                by=self.story.worker,
                supplier=supplier,
                town=town,
                amount=Decimal(price),
                currency=currency,
                rate=Decimal(rate),
                rate_on=day(-1),
                rate_source=source,
                dated=day(),
                valid_until=day(45),
                guarantee=guarantee,
                delivery=delivery,
            )
        return self

    def chosen(self, supplier: str, why: str, wish="") -> "Help":
        quote = self.grant.quotes.get(supplier__name=supplier)
        verbs.choose_quote(self.grant, by=self.story.worker, quote=quote, choice_reason=why, returnee_choice=wish)
        return self

    def approved(self, note="") -> "Help":
        verbs.approve_grant(self.grant, by=self.story.reviewer, note=note)
        return self

    def ordered(self, number: str) -> "Help":
        verbs.order_grant(self.grant, by=self.story.worker, ordered_on=day(), order_number=number)
        return self

    def delivered(self, photo, place: str, received_by: str, difference="") -> "Help":
        verbs.deliver_grant(
            self.grant,
            by=self.story.worker,
            delivered_on=day(),
            received_by=received_by,
            as_chosen=not difference,
            difference=difference,
            delivery_place=place,
            upload=photo,
        )
        return self

    def paid(self, by=None) -> "Help":
        quote = self.grant.chosen
        verbs.pay_grant(
            self.grant,
            by=by or self.story.cast.faye,
            amount=quote.amount,
            currency=quote.currency,
            rate=quote.rate,
            rate_on=day(),
            rate_source=quote.rate_source,
            paid_on=day(),
            upload=receipt("Payment order", self.grant.reference, f"{quote.amount} {quote.currency}"),
        )
        return self

    def days(self, number: int) -> "Help":
        self.story.days(number)
        self.grant.refresh_from_db()
        return self
