"""Money of a plan: conversion by the dated rate on the line, what is planned, committed, paid and left.

Rules: domain/reporting.md 6. Rounding is half-even to 2 decimals on each line; totals are sums of rounded lines; old
lines are never computed again.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from babel import Locale
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from cases.calendars import add_months
from cases.models import Case

from .models import Activity, Grant, Payment, Plan, entitled
from .models.grant import YEAR
from .statuses import PlanStatus

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
CURRENCIES = frozenset(Locale("en").currencies)
MOST = Decimal("9999999999.99")


def convert(amount: Decimal, rate: Decimal) -> Decimal:
    """`amount` in the programme's currency, where `rate` units of the original currency make 1 of the programme's.

    Raises ValidationError({"amount": …}) when the result is zero or beyond what a line can hold.
    """
    try:
        result = (amount / rate).quantize(CENT, rounding=ROUND_HALF_EVEN)
        is_usable = ZERO < result <= MOST
    except (InvalidOperation, ZeroDivisionError):
        is_usable = False
    if not is_usable:
        raise ValidationError({"amount": _("This amount with this rate makes no usable sum; check both.")})
    return result


def check_currency(currency: str, rate: Decimal, programme_currency: str) -> None:
    """Raises ValidationError for an unknown currency, or a rate other than 1 between a currency and itself."""
    if currency not in CURRENCIES:
        raise ValidationError(
            {"currency": _("%s is not a currency code of ISO 4217, for example EUR or XOF.") % currency}
        )
    if currency == programme_currency and rate != 1:
        raise ValidationError({"rate": _("The rate between a currency and itself is 1.")})


def check_rate_date(rate_on: date, day: date, today: date) -> None:
    """Raises ValidationError for a rate of the future, or one more than a year older than the `day` of its amount."""
    if rate_on > today:
        raise ValidationError({"rate_on": _("This date lies in the future.")})
    if rate_on < day - YEAR:
        raise ValidationError({"rate_on": _("This rate is more than a year older than the amount.")})


def help_until(case: Case) -> date | None:
    """The last day on which help can be asked for without a reason: the programme's months after the last arrival."""
    arrivals = [person.arrived_on for person in case.people.all() if person.arrived_on]
    return add_months(max(arrivals), case.programme.help_months) if arrivals else None


@dataclass(frozen=True)
class Money:
    """The money of one case in the programme's currency."""

    currency: str
    entitled: Decimal
    planned: Decimal
    committed: Decimal
    delivered: Decimal
    paid: Decimal
    arrival_cash: Decimal

    @property
    def left(self) -> Decimal:
        return self.entitled - self.committed


def money_of(plan: Plan) -> Money:
    """Entitled, planned, committed, delivered and paid for the case of this plan."""
    grants = Grant.objects.filter(case=plan.case_id).committed()
    delivered = grants.filter(status__in=["delivered", "paid"])
    payments = Payment.objects.filter(case=plan.case_id)
    return Money(
        plan.currency,
        min(plan.cap, entitled(plan.case)),
        plan.total,
        _sum(grants, "approved_amount"),
        _sum(delivered, "approved_amount"),
        _sum(payments.filter(kind=Payment.Kind.GRANT), "programme_amount"),
        _sum(payments.filter(kind=Payment.Kind.ARRIVAL_CASH), "programme_amount"),
    )


def left_for(activity: Activity, except_for: Grant | None = None) -> Decimal:
    """What may still be asked for under one line of the plan, over all its versions."""
    return activity.cost - _asked(activity.plan.case, except_for, activity.line)


def ensure_within(activity: Activity, amount: Decimal, except_for: Grant | None = None, field: str = "amount") -> None:
    """Raises ValidationError when `amount` is more than its line, or what the people may have, still leaves."""
    case, currency = activity.plan.case, activity.plan.currency
    left = left_for(activity, except_for)
    if amount > left:
        words = _("This line of the plan has %(left)s %(currency)s left.")
        raise ValidationError({field: words % {"left": left, "currency": currency}})
    left = entitled(case) - _asked(case, except_for)
    if amount > left:
        words = _("Those who came may have %(left)s %(currency)s more in kind.")
        raise ValidationError({field: words % {"left": max(left, ZERO), "currency": currency}})


def line_in_force(grant: Grant) -> Activity | None:
    """The line that help was asked under, as the plan in force has it; None when it was taken out meanwhile."""
    lines = Activity.objects.filter(plan__case=grant.case_id, plan__status=PlanStatus.APPROVED)
    return lines.filter(line=grant.activity.line).select_related("plan").first()


def uncovered(plan: Plan) -> list[str]:
    """What was asked for or given under earlier versions and finds no room in this one, in words."""
    lines = {activity.line: activity.cost for activity in plan.activities.all()}
    asked: dict[int, list[Grant]] = {}
    for grant in _not_cancelled(plan.case).select_related("activity", "chosen"):
        asked.setdefault(grant.activity.line, []).append(grant)
    return [
        _("%(help)s: the line of the plan needs at least %(sum)s %(currency)s.")
        % {"help": ", ".join(g.reference for g in grants), "sum": _together(grants), "currency": plan.currency}
        for line, grants in asked.items()
        if _together(grants) > lines.get(line, ZERO)
    ]


def _not_cancelled(case: Case):
    return Grant.objects.filter(case=case).exclude(status="cancelled")


def _asked(case: Case, except_for: Grant | None = None, line: int | None = None) -> Decimal:
    grants = _not_cancelled(case).exclude(pk=except_for and except_for.pk)
    if line is not None:
        grants = grants.filter(activity__line=line)
    return _together(grants.select_related("chosen"))


def _together(grants) -> Decimal:
    return sum((grant.amount for grant in grants), ZERO)


def _sum(rows, field: str) -> Decimal:
    return rows.aggregate(t=Sum(field))["t"] or ZERO
