"""Money given: the payment of help in kind, and the cash on arrival."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendars import today_at
from cases.lifecycle import keep_file
from cases.models import DonorLine, SharedCase, SharedPerson
from cases.transitions import StepNotAllowed, happening

from ..budgets import check_currency, check_rate_date, convert
from ..models import Grant, Payment
from ..statuses import GrantStatus
from .grants import must_be, not_in_future, step


def pay_grant(
    grant: Grant,
    *,
    by: User,
    amount: Decimal,
    currency: str,
    rate: Decimal,
    rate_on: date,
    paid_on: date,
    upload,
    **facts,
) -> Payment:
    """Record the payment with its proof; never above the approved amount, never by the approver."""
    check_currency(currency, rate, grant.currency)
    with happening(grant, "pay_grant", by=by):
        not_in_future("paid_on", paid_on, by)
        check_rate_date(rate_on, paid_on, today_at(by.organisation))
        must_be(grant, GrantStatus.DELIVERED)
        check_paid_on(grant, paid_on, "paid_on")
        if grant.approved_by_id == by.pk:
            raise StepNotAllowed(_("Somebody other than the person who approved pays."))
        in_programme = convert(amount, rate)
        if in_programme > grant.approved_amount:
            limit = {"amount": grant.approved_amount, "currency": grant.currency}
            raise ValidationError({"amount": _("Only %(amount)s %(currency)s were approved.") % limit})
        proof = keep_file(
            upload,
            grant.case,
            by=by,
            kind="receipt",
            title=_("Payment of %s") % grant.reference,
            shared=grant.shared,
            made_on=paid_on,
        )
        payment = Payment.objects.create(
            **_sides(grant),
            kind=Payment.Kind.GRANT,
            grant=grant,
            donor_line=grant.donor_line,
            amount=amount,
            currency=currency,
            rate=rate,
            rate_on=rate_on,
            programme_amount=in_programme,
            programme_currency=grant.currency,
            paid_on=paid_on,
            proof=proof,
            paid_by=by,
            **facts,
        )
        step(grant, GrantStatus.PAID)
    return payment


def pay_arrival_cash(
    shared: SharedCase,
    *,
    by: User,
    person: SharedPerson,
    amount: Decimal,
    currency: str,
    rate: Decimal,
    rate_on: date,
    donor_line: DonorLine,
    paid_on: date,
    upload,
    **facts,
) -> Payment:
    """Cash on arrival to one person with a signed receipt, once, up to the programme's amount."""
    programme = shared.programme
    check_currency(currency, rate, programme.currency)
    with happening(shared, "pay_arrival_cash", by=by):
        not_in_future("paid_on", paid_on, by)
        check_rate_date(rate_on, paid_on, today_at(by.organisation))
        if person.shared_id != shared.pk or person.arrived_on is None or paid_on < person.arrived_on:
            raise ValidationError({"paid_on": _("Cash on arrival is given on or after the day of arrival.")})
        if donor_line.programme_id != programme.pk:
            raise ValidationError({"donor_line": _("This line belongs to another programme.")})
        if Payment.objects.filter(person=person.person_id, kind=Payment.Kind.ARRIVAL_CASH).exists():
            raise StepNotAllowed(_("This person has already received it."))
        in_programme = convert(amount, rate)
        if in_programme > programme.arrival_cash:
            limit = {"amount": programme.arrival_cash, "currency": programme.currency}
            raise ValidationError({"amount": _("At most %(amount)s %(currency)s per person.") % limit})
        proof = keep_file(
            upload,
            shared.case,
            by=by,
            kind="receipt",
            title=_("Receipt for cash on arrival"),
            shared=shared,
            made_on=paid_on,
        )
        return Payment.objects.create(
            **Payment.sides(shared.case),
            kind=Payment.Kind.ARRIVAL_CASH,
            person_id=person.person_id,
            donor_line=donor_line,
            amount=amount,
            currency=currency,
            rate=rate,
            rate_on=rate_on,
            programme_amount=in_programme,
            programme_currency=programme.currency,
            paid_on=paid_on,
            proof=proof,
            paid_by=by,
            **facts,
        )


def _sides(grant: Grant) -> dict:
    return {
        "case": grant.case,
        "shared": grant.shared,
        "organisation_id": grant.organisation_id,
        "partner_id": grant.partner_id,
    }


def check_paid_on(grant: Grant, paid_on: date, field: str) -> None:
    """Raises ValidationError when help in kind would be paid before it came."""
    if paid_on < grant.delivered_on:
        words = _("This is before the delivery on %s.")
        raise ValidationError({field: words % date_format(grant.delivered_on)})
