"""Help in kind, step by step; and the cash given on arrival."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.roles import Role
from cases.calendars import day_at, today_at
from cases.lifecycle import correctable, keep_file
from cases.models import DonorLine, SharedCase, SharedPerson
from cases.references import next_reference
from cases.transitions import StepNotAllowed, happening, move

from ..budgets import check_currency, convert, ensure_within
from ..models import Activity, Grant, Payment, Plan, Quote, Supplier
from ..statuses import GrantStatus, PlanStatus


def step(grant: Grant, to: GrantStatus, **facts) -> None:
    """Move a grant and note since when it stands there."""
    move(grant, to, status_since=timezone.now(), **facts)


def request_grant(
    plan: Plan, *, by: User, activity: Activity, expected_cost: Decimal, donor_line: DonorLine, **facts
) -> Grant:
    """Ask for one thing under a line of the approved plan, within what the line has left."""
    with happening(plan, "request_grant", by=by, note=facts["item"]) as event:
        if plan.status != PlanStatus.APPROVED:
            raise StepNotAllowed(_("Help is asked for under an approved plan."))
        if activity.plan_id != plan.pk or donor_line.programme_id != plan.case.programme_id:
            raise StepNotAllowed(_("This line does not belong to this plan."))
        ensure_within(activity, expected_cost, field="expected_cost")
        grant = Grant.objects.create(
            **Grant.sides(plan.case),
            reference=next_reference("G"),
            plan=plan,
            activity=activity,
            expected_cost=expected_cost,
            donor_line=donor_line,
            currency=plan.currency,
            requested_by=by,
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
    dated: date,
    upload=None,
    **facts,
) -> Quote:
    """A supplier's price with the dated rate; one quote per supplier."""
    check_currency(currency, rate, grant.currency)
    if dated > today_at(by.organisation):
        raise ValidationError({"dated": _("This date lies in the future.")})
    if facts.get("valid_until") and facts["valid_until"] < dated:
        raise ValidationError({"valid_until": _("It would end before it was made.")})
    with happening(grant, "add_quote", by=by, note=supplier):
        _must_be(grant, GrantStatus.ASKED)
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
            dated=dated,
            in_programme_currency=convert(amount, rate),
            document=document,
            by=by,
            **facts,
        )


def choose_quote(grant: Grant, *, by: User, quote: Quote, choice_reason: str, returnee_choice: str = "") -> None:
    """Choose with a reason; above the small-purchase limit the programme's number of quotes is needed."""
    with happening(grant, "choose_quote", by=by, note=choice_reason):
        _must_be(grant, GrantStatus.ASKED)
        if quote.grant_id != grant.pk:
            raise StepNotAllowed(_("This quote belongs to something else."))
        programme = grant.case.programme
        needed = 1 if quote.in_programme_currency <= programme.small_purchase_limit else programme.quotes_needed
        if grant.quotes.count() < needed:
            raise ValidationError({"quote": _("%d quotes are needed for this price.") % needed})
        ensure_within(grant.activity, quote.in_programme_currency, grant, "quote")
        step(
            grant,
            GrantStatus.QUOTED,
            chosen=quote,
            choice_reason=choice_reason,
            returnee_choice=returnee_choice,
            chosen_by=by,
        )
        for user in User.objects.filter(organisation=grant.organisation_id, role=Role.SUPERVISOR, is_active=True):
            tell(user, "grant_waiting", key=f"grant-waiting:{grant.pk}:{quote.pk}", reference=grant.reference)


def approve_grant(grant: Grant, *, by: User, note: str = "") -> None:
    """Approve as another person than those who asked and chose; never above the plan (and the database knows it)."""
    with happening(grant, "approve_grant", by=by, note=note):
        if by.pk in (grant.requested_by_id, grant.chosen_by_id):
            raise StepNotAllowed(_("Somebody other than the person who asked approves."))
        _must_be(grant, GrantStatus.QUOTED)
        ensure_within(grant.activity, grant.chosen.in_programme_currency, grant, "note")
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
        key = f"grant-sent-back:{grant.pk}:{grant.status_since:%s}"
        tell(grant.requested_by, "grant_sent_back", key=key, reference=grant.reference)


def cancel_grant(grant: Grant, *, by: User, note: str) -> None:
    """Cancel before delivery, with a reason; its budget is free again."""
    with happening(grant, "cancel_grant", by=by, note=note):
        if not note.strip():
            raise ValidationError({"note": _("Say why.")})
        step(grant, GrantStatus.CANCELLED, cancel_reason=note)


def order_grant(grant: Grant, *, by: User, ordered_on: date, order_number: str = "") -> None:
    with happening(grant, "order_grant", by=by, note=order_number):
        _not_in_future("ordered_on", ordered_on, by)
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
        _not_in_future("delivered_on", delivered_on, by)
        if grant.ordered_on and delivered_on < grant.ordered_on:
            raise ValidationError({"delivered_on": _("This is before the order.")})
        if not as_chosen and not difference.strip():
            raise ValidationError({"difference": _("Say what differs from what was chosen.")})
        _must_be(grant, GrantStatus.ORDERED)
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
        tell(grant.case.owner, "delivery_differs", key=f"disputed:{grant.pk}", reference=grant.reference)


def pay_grant(
    grant: Grant, *, by: User, amount: Decimal, currency: str, rate: Decimal, paid_on: date, upload, **facts
) -> Payment:
    """Record the payment with its proof; never above the approved amount, never by the approver."""
    check_currency(currency, rate, grant.currency)
    with happening(grant, "pay_grant", by=by):
        _not_in_future("paid_on", paid_on, by)
        _must_be(grant, GrantStatus.DELIVERED)
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
    donor_line: DonorLine,
    paid_on: date,
    upload,
    **facts,
) -> Payment:
    """Cash on arrival to one person with a signed receipt, once, up to the programme's amount."""
    programme = shared.programme
    check_currency(currency, rate, programme.currency)
    with happening(shared, "pay_arrival_cash", by=by):
        _not_in_future("paid_on", paid_on, by)
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


def _must_be(grant: Grant, status: GrantStatus) -> None:
    if grant.status != status:
        raise StepNotAllowed(_("This is now «%s», so the step is no longer possible.") % grant.get_status_display())


def _not_in_future(field: str, day: date, by: User) -> None:
    if day > today_at(by.organisation):
        raise ValidationError({field: _("This date lies in the future.")})


def follow_payment(payment: Payment) -> None:
    """A corrected amount keeps its dated rate; the sum in the programme's currency follows, within the approval."""
    payment.programme_amount = convert(payment.amount, payment.rate)
    limit = payment.grant.approved_amount if payment.grant_id else payment.case.programme.arrival_cash
    if payment.programme_amount > limit:
        said = {"amount": limit, "currency": payment.programme_currency}
        raise ValidationError({"value": _("Only %(amount)s %(currency)s were approved.") % said})


correctable(Payment, "amount", "paid_on", follow=follow_payment)
correctable(Grant, "ordered_on", "delivered_on")
