"""The verbs of referrals on the web."""

from django.utils.translation import gettext_lazy as _

from cases.acting import Target, act, visible_or_404
from cases.forms import NoteForm, ReasonForm
from cases.statuses import Stage
from cases.targets import EITHER_SIDE, by_pk

from . import forms, lifecycle
from .models import Referral
from .statuses import ReferralStatus

REFERRAL = Target(
    "referrals/<int:pk>/", lambda user, pk: visible_or_404(Referral.objects.visible_to(user), pk=pk), by_pk
)
SENT = ReferralStatus.SENT
ACCEPTED = ReferralStatus.ACCEPTED

act(
    "send_referral",
    does=lifecycle.send_referral,
    on=EITHER_SIDE,
    asks=forms.SendReferralForm,
    icon="signpost-split",
    when=lambda c: c.stage != Stage.CLOSED,
    leads_to=lambda record, r: f"{record.get_absolute_url()}referrals/",
    title=_("Refer to a service"),
    button=_("Send the referral"),
    told=_("Referred to a service"),
)
act(
    "accept_referral",
    does=lifecycle.accept_referral,
    on=REFERRAL,
    asks=NoteForm,
    when=lambda r: r.status == SENT,
    icon="check-circle",
    title=_("The service accepts"),
    button=_("Accepted"),
    told=_("Referral accepted"),
)
act(
    "decline_referral",
    does=lifecycle.decline_referral,
    on=REFERRAL,
    asks=ReasonForm,
    when=lambda r: r.status == SENT,
    icon="x-circle",
    title=_("The service declines"),
    button=_("Declined"),
    told=_("Referral declined"),
)
act(
    "complete_referral",
    does=lifecycle.complete_referral,
    on=REFERRAL,
    asks=forms.CompleteReferralForm,
    when=lambda r: r.status == ACCEPTED,
    icon="flag",
    title=_("What came of it"),
    button=_("Save"),
    told=_("Referral done"),
)
act(
    "withdraw_referral",
    does=lifecycle.withdraw_referral,
    on=REFERRAL,
    asks=NoteForm,
    icon="x-circle",
    when=lambda r: r.status in (SENT, ACCEPTED),
    title=_("Take the referral back"),
    button=_("Take back"),
    told=_("Referral taken back"),
)
