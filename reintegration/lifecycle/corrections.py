"""Which facts of help in kind, payments and visits may be corrected afterwards, and what must still hold then."""

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.calendars import day_at, today_at
from cases.lifecycle import correctable
from cases.models import DonorLine

from ..budgets import check_currency, check_rate_date, convert
from ..models import FollowUp, Grant, Payment, Quote
from ..statuses import GrantStatus
from .follow_ups import check_its_time
from .grants import check_choice
from .payments import check_paid_on


def lines_of(record):
    """The donor lines of the programme of a record, those open for spending."""
    return DonorLine.objects.filter(programme=record.case.programme_id, is_active=True)


def follow_payment(payment: Payment) -> None:
    """The sum in the programme's currency follows amount and rate, within the approval. Help in kind has one line."""
    check_rate(payment, payment.paid_on, payment.programme_currency)
    payment.programme_amount = convert(payment.amount, payment.rate)
    limit = payment.grant.approved_amount if payment.grant_id else payment.case.programme.arrival_cash
    if payment.programme_amount > limit:
        said = {"amount": limit, "currency": payment.programme_currency}
        raise ValidationError({"value": _("Only %(amount)s %(currency)s were approved.") % said})
    if not payment.grant_id:
        if payment.paid_on < payment.person.arrived_on:
            raise ValidationError({"value": _("Cash on arrival is given on or after the day of arrival.")})
        return
    check_paid_on(payment.grant, payment.paid_on, "value")
    if payment.donor_line_id != payment.grant.donor_line_id:
        raise ValidationError({"field": _("Correct the donor line of the help itself; its payment follows.")})


def follow_grant(grant: Grant) -> None:
    """Approved, ordered, delivered, paid, in this order; a payment follows the donor line by itself."""
    if grant.ordered_on and grant.ordered_on < day_at(grant.partner or grant.organisation, grant.approved_at):
        raise ValidationError({"value": _("An order follows the approval.")})
    if grant.delivered_on and grant.delivered_on < grant.ordered_on:
        raise ValidationError({"value": _("This is before the order.")})
    payment = grant.payments.first()
    if payment and payment.paid_on < grant.delivered_on:
        words = _("This is after the payment on %s.")
        raise ValidationError({"value": words % date_format(payment.paid_on)})


def follow_quote(quote: Quote) -> None:
    """A price is corrected until it is approved, and judged as when the quote was chosen."""
    grant, before = quote.grant, quote.in_programme_currency
    check_rate(quote, quote.dated, grant.currency)
    quote.in_programme_currency = convert(quote.amount, quote.rate)
    if quote.in_programme_currency == before:
        return
    if grant.status not in (GrantStatus.ASKED, GrantStatus.QUOTED):
        raise ValidationError({"value": _("This help was decided at this price. What was paid is corrected there.")})
    if grant.chosen_id == quote.pk:
        check_choice(grant, quote, "value")


def follow_visit(follow_up: FollowUp) -> None:
    check_its_time(follow_up, follow_up.held_on, "value")


def check_rate(record: Payment | Quote, day, own: str) -> None:
    """As when it was written down; raises ValidationError."""
    check_currency(record.currency, record.rate, own)
    check_rate_date(record.rate_on, day, today_at(record.case.organisation))


correctable(Grant, "ordered_on", "delivered_on", "donor_line", follow=follow_grant, among={"donor_line": lines_of})
correctable(
    Payment, "amount", "rate", "rate_on", "paid_on", "donor_line",
    follow=follow_payment, among={"donor_line": lines_of},
)  # fmt: skip
correctable(Quote, "amount", "rate", "rate_on", follow=follow_quote)
correctable(FollowUp, "held_on", follow=follow_visit)
