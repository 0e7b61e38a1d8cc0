"""Help in kind, step by step, from the wish to the delivery."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.roles import Role
from cases.calendars import day_at, today_at
from cases.lifecycle import keep_file
from cases.models import DonorLine
from cases.references import next_reference
from cases.transitions import StepNotAllowed, happening, move

from ..budgets import check_currency, check_rate_date, convert, ensure_within, help_until, line_in_force
from ..models import Activity, Grant, Plan, Quote, Supplier
from ..models.grant import YEAR
from ..statuses import GrantStatus, PlanStatus


def step(grant: Grant, to: GrantStatus, **facts) -> None:
    """Move a grant and note since when it stands there."""
    move(grant, to, status_since=timezone.now(), **facts)


def moment_of(grant: Grant) -> str:
    """Part of a notice's key: what happens to help in kind again is told again."""
    return f"{grant.pk}:{grant.status_since.timestamp()}"


def request_grant(
    plan: Plan,
    *,
    by: User,
    activity: Activity,
    expected_cost: Decimal,
    donor_line: DonorLine,
    late_reason: str = "",
    **facts,
) -> Grant:
    """Ask for one thing under a line of the approved plan, within what the line has left.

    After the programme's months of help only with the reason why so late; before, no such reason is kept.
    """
    with happening(plan, "request_grant", by=by, note=facts["item"]) as event:
        if plan.status != PlanStatus.APPROVED:
            raise StepNotAllowed(_("Help is asked for under an approved plan."))
        if activity.plan_id != plan.pk or donor_line.programme_id != plan.case.programme_id:
            raise StepNotAllowed(_("This line does not belong to this plan."))
        ensure_within(activity, expected_cost, field="expected_cost")
        until = help_until(plan.case)
        is_late = until is not None and until < today_at(by.organisation)
        if is_late and not late_reason.strip():
            words = _("Help is asked for until %s; say why later.") % date_format(until)
            raise ValidationError({"late_reason": words})
        grant = Grant.objects.create(
            **Grant.sides(plan.case),
            reference=next_reference("G"),
            plan=plan,
            activity=activity,
            expected_cost=expected_cost,
            donor_line=donor_line,
            currency=plan.currency,
            requested_by=by,
            late_reason=late_reason if is_late else "",
            **facts,
        )
        event.subject = grant.reference
    return grant


def add_quote(
    grant: Grant,
    *,
    by: User,
    supplier: str,
    town: str,
    amount: Decimal,
    currency: str,
    rate: Decimal,
    rate_on: date,
    dated: date,
    upload=None,
    **facts,
) -> Quote:
    """A supplier's price with the dated rate; one quote per supplier."""
    check_currency(currency, rate, grant.currency)
    check_rate_date(rate_on, dated, today_at(by.organisation))
    not_in_future("dated", dated, by)
    if dated < day_at(by.organisation, grant.requested_at) - YEAR:
        raise ValidationError({"dated": _("This is more than a year before it was asked for.")})
    if facts.get("valid_until") and facts["valid_until"] < dated:
        raise ValidationError({"valid_until": _("It would end before it was made.")})
    with happening(grant, "add_quote", by=by, note=supplier):
        must_be(grant, GrantStatus.ASKED)
        seller, _new = Supplier.objects.get_or_create(
            partner_id=grant.partner_id, name=supplier.strip(), town=town.strip()
        )
        if grant.quotes.filter(supplier=seller).exists():
            raise ValidationError({"supplier": _("There is already a quote from this supplier.")})
        document = upload and keep_file(upload, grant.case, by=by, kind="quote", title=_("Quote"), shared=grant.shared)
        return Quote.objects.create(
            grant=grant,
            supplier=seller,
            amount=amount,
            currency=currency,
            rate=rate,
            rate_on=rate_on,
            dated=dated,
            in_programme_currency=convert(amount, rate),
            document=document,
            by=by,
            **facts,
        )


def choose_quote(grant: Grant, *, by: User, quote: Quote, choice_reason: str, returnee_choice: str = "") -> None:
    """Choose with a reason; above the small-purchase limit the programme's number of quotes is needed."""
    with happening(grant, "choose_quote", by=by, note=choice_reason):
        must_be(grant, GrantStatus.ASKED)
        if quote.grant_id != grant.pk:
            raise StepNotAllowed(_("This quote belongs to something else."))
        check_choice(grant, quote, "quote")
        step(
            grant,
            GrantStatus.QUOTED,
            chosen=quote,
            choice_reason=choice_reason,
            returnee_choice=returnee_choice,
            chosen_by=by,
        )
        for user in User.objects.filter(organisation=grant.organisation_id, role=Role.SUPERVISOR, is_active=True):
            tell(user, "grant_waiting", key=f"grant-waiting:{moment_of(grant)}", reference=grant.reference)


def approve_grant(grant: Grant, *, by: User, note: str = "") -> None:
    """Approve as another person than those who asked and chose; never above the plan (and the database knows it)."""
    with happening(grant, "approve_grant", by=by, note=note):
        if by.pk in (grant.requested_by_id, grant.chosen_by_id):
            raise StepNotAllowed(_("Somebody other than the person who asked approves."))
        must_be(grant, GrantStatus.QUOTED)
        ensure_in_force(grant, grant.chosen.in_programme_currency, "note")
        step(
            grant,
            GrantStatus.APPROVED,
            approved_by=by,
            approved_at=timezone.now(),
            approval_note=note,
            approved_amount=grant.chosen.in_programme_currency,
        )
        tell(grant.requested_by, "grant_approved", key=f"grant-approved:{grant.pk}", reference=grant.reference)


def send_back_grant(grant: Grant, *, by: User, note: str) -> None:
    with happening(grant, "send_back_grant", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Say what should change.")})
        step(grant, GrantStatus.ASKED, chosen=None, chosen_by=None, choice_reason="", approval_note=note)
        tell(
            grant.requested_by, "grant_sent_back", key=f"grant-sent-back:{moment_of(grant)}", reference=grant.reference
        )


def cancel_grant(grant: Grant, *, by: User, note: str) -> None:
    """Cancel before delivery, with a reason; its budget is free again."""
    with happening(grant, "cancel_grant", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Say why.")})
        step(grant, GrantStatus.CANCELLED, cancel_reason=note)


def order_grant(grant: Grant, *, by: User, ordered_on: date, order_number: str = "") -> None:
    with happening(grant, "order_grant", by=by, note=order_number):
        not_in_future("ordered_on", ordered_on, by)
        if ordered_on < day_at(by.organisation, grant.approved_at or timezone.now()):
            raise ValidationError({"ordered_on": _("An order follows the approval.")})
        step(grant, GrantStatus.ORDERED, ordered_on=ordered_on, order_number=order_number)


def deliver_grant(
    grant: Grant,
    *,
    by: User,
    delivered_on: date,
    received_by: str,
    as_chosen: bool,
    upload,
    difference: str = "",
    delivery_place: str = "",
) -> None:
    """Record the delivery with a receipt or photo. «Not what was chosen» can be said, and the host agency hears it."""
    with happening(grant, "deliver_grant", by=by, note=difference):
        not_in_future("delivered_on", delivered_on, by)
        if grant.ordered_on and delivered_on < grant.ordered_on:
            raise ValidationError({"delivered_on": _("This is before the order.")})
        if not as_chosen and not difference.strip():
            raise ValidationError({"difference": _("Say what differs from what was chosen.")})
        must_be(grant, GrantStatus.ORDERED)
        proof = keep_file(
            upload,
            grant.case,
            by=by,
            kind="receipt",
            title=_("Delivery of %s") % grant.reference,
            shared=grant.shared,
            made_on=delivered_on,
            place=delivery_place,
        )
        step(
            grant,
            GrantStatus.DELIVERED,
            delivered_on=delivered_on,
            received_by=received_by,
            as_chosen=as_chosen,
            difference=difference,
            delivery_place=delivery_place,
            delivery_proof=proof,
        )
        if not as_chosen:
            tell(grant.case.owner, "delivery_differs", key=f"differs:{grant.pk}", reference=grant.reference)


def dispute_delivery(grant: Grant, *, by: User, note: str) -> None:
    """The returnee says later that it is not what was chosen, or does not work."""
    with happening(grant, "dispute_delivery", by=by, note=note):
        if grant.status not in (GrantStatus.DELIVERED, GrantStatus.PAID):
            raise StepNotAllowed(_("Nothing has been delivered yet."))
        if not note.strip():
            raise ValidationError({"note": _("Say what is wrong.")})
        grant.disputed_at, grant.dispute = timezone.now(), note
        grant.save()
        tell(
            grant.case.owner,
            "delivery_differs",
            key=f"disputed:{grant.pk}:{grant.disputed_at.timestamp()}",
            reference=grant.reference,
        )


def check_choice(grant: Grant, quote: Quote, field: str) -> None:
    """Raises ValidationError when this price needs more quotes than there are, or is more than the plan has left."""
    programme = grant.case.programme
    needed = 1 if quote.in_programme_currency <= programme.small_purchase_limit else programme.quotes_needed
    if grant.quotes.count() < needed:
        raise ValidationError({field: _("%d quotes are needed for this price.") % needed})
    ensure_in_force(grant, quote.in_programme_currency, field)


def ensure_in_force(grant: Grant, amount: Decimal, field: str) -> None:
    """The plan in force has the last word on help that was asked for under an earlier version."""
    line = line_in_force(grant)
    if line is None:
        raise StepNotAllowed(_("The plan in force has no such line any more: cancel this help, or change the plan."))
    ensure_within(line, amount, grant, field)


def must_be(grant: Grant, status: GrantStatus) -> None:
    if grant.status != status:
        raise StepNotAllowed(_("This is now «%s», so the step is no longer possible.") % grant.get_status_display())


def not_in_future(field: str, day: date, by: User) -> None:
    if day > today_at(by.organisation):
        raise ValidationError({field: _("This date lies in the future.")})
