"""Help in kind from the wish to the payment, and cash on arrival."""

from django.utils.translation import gettext_lazy as _

from cases.acting import act
from cases.forms import NoteForm, ReasonForm
from cases.targets import SHARED

from .. import forms, lifecycle
from ..statuses import GrantStatus, PlanStatus
from .targets import GRANT, PLAN, at, tab

ASKED = at(GrantStatus.ASKED)

act(
    "request_grant",
    does=lifecycle.request_grant,
    on=PLAN,
    asks=forms.RequestGrantForm,
    when=at(PlanStatus.APPROVED),
    icon="basket",
    title=_("Ask for help in kind"),
    button=_("Ask"),
    told=_("Help in kind asked for"),
    leads_to=lambda plan, grant: grant.get_absolute_url(),
)
act(
    "add_quote",
    does=lifecycle.add_quote,
    on=GRANT,
    asks=forms.QuoteForm,
    when=ASKED,
    icon="file-earmark-text",
    title=_("Add a quote"),
    button=_("Add the quote"),
    told=_("Quote added"),
)
act(
    "choose_quote",
    does=lifecycle.choose_quote,
    on=GRANT,
    asks=forms.ChooseQuoteForm,
    icon="check-circle",
    when=lambda g: ASKED(g) and g.quotes.exists(),
    title=_("Choose a quote"),
    button=_("Choose"),
    told=_("Quote chosen"),
    lead=_("A supervisor of the host agency approves it next."),
)
act(
    "approve_grant",
    does=lifecycle.approve_grant,
    on=GRANT,
    asks=NoteForm,
    when=at(GrantStatus.QUOTED),
    icon="check-circle",
    title=_("Approve this help"),
    button=_("Approve"),
    told=_("Help in kind approved"),
    template="reintegration/approve_grant.html",
)
act(
    "send_back_grant",
    does=lifecycle.send_back_grant,
    on=GRANT,
    asks=ReasonForm,
    when=at(GrantStatus.QUOTED),
    icon="arrow-repeat",
    title=_("Send back to the partner"),
    button=_("Send back"),
    told=_("Sent back to the partner"),
)
act(
    "cancel_grant",
    does=lifecycle.cancel_grant,
    on=GRANT,
    asks=ReasonForm,
    icon="x-circle",
    tone="danger",
    when=at(GrantStatus.ASKED, GrantStatus.QUOTED, GrantStatus.APPROVED, GrantStatus.ORDERED),
    title=_("Cancel this help"),
    button=_("Cancel it"),
    told=_("Help in kind cancelled"),
    consequence=_("Its budget is free again; to have it after all, it is asked for anew."),
)
act(
    "order_grant",
    does=lifecycle.order_grant,
    on=GRANT,
    asks=forms.OrderForm,
    when=at(GrantStatus.APPROVED),
    icon="send",
    title=_("Record the order"),
    button=_("Ordered"),
    told=_("Ordered"),
)
act(
    "deliver_grant",
    does=lifecycle.deliver_grant,
    on=GRANT,
    asks=forms.DeliverForm,
    when=at(GrantStatus.ORDERED),
    icon="box-seam",
    title=_("Record the delivery"),
    button=_("Delivered"),
    told=_("Delivered"),
)
act(
    "dispute_delivery",
    does=lifecycle.dispute_delivery,
    on=GRANT,
    asks=ReasonForm,
    icon="exclamation-circle",
    when=at(GrantStatus.DELIVERED, GrantStatus.PAID),
    title=_("Not what was chosen"),
    button=_("Tell the host agency"),
    told=_("Said: not what was chosen"),
)
act(
    "pay_grant",
    does=lifecycle.pay_grant,
    on=GRANT,
    asks=forms.PayForm,
    when=at(GrantStatus.DELIVERED),
    icon="cash-coin",
    title=_("Record the payment"),
    button=_("Paid"),
    told=_("Paid"),
    lead=_("It counts in the donor report at once. A mistake is corrected with a reason; both amounts are kept."),
)
act(
    "pay_arrival_cash",
    does=lifecycle.pay_arrival_cash,
    on=SHARED,
    asks=forms.ArrivalCashForm,
    icon="cash-coin",
    when=lambda s: any(p.arrived_on for p in s.people.all()),
    leads_to=tab("grants"),
    title=_("Cash on arrival"),
    button=_("Given"),
    told=_("Cash on arrival given"),
    lead=_("It counts in the donor report at once. A mistake is corrected with a reason; both amounts are kept."),
)
