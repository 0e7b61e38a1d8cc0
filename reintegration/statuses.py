"""The states of plans, grants and follow-ups, and the only moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed with the returnee, waiting for approval")
    APPROVED = "approved", _("Approved")
    REPLACED = "replaced", _("Replaced by a newer version")


PLAN_STEPS = {
    PlanStatus.DRAFT: (PlanStatus.AGREED, PlanStatus.REPLACED),
    PlanStatus.AGREED: (PlanStatus.APPROVED, PlanStatus.DRAFT, PlanStatus.REPLACED),
    PlanStatus.APPROVED: (PlanStatus.REPLACED,),
    PlanStatus.REPLACED: (),
}


class GrantStatus(TextChoices):
    ASKED = "asked", pgettext_lazy("help in kind", "Asked for")
    QUOTED = "quoted", _("Quote chosen, waiting for approval")
    APPROVED = "approved", pgettext_lazy("help in kind", "Approved")
    ORDERED = "ordered", pgettext_lazy("help in kind", "Ordered")
    DELIVERED = "delivered", pgettext_lazy("help in kind", "Delivered")
    PAID = "paid", pgettext_lazy("help in kind", "Paid")
    CANCELLED = "cancelled", pgettext_lazy("help in kind", "Cancelled")


GRANT_STEPS = {
    GrantStatus.ASKED: (GrantStatus.QUOTED, GrantStatus.CANCELLED),
    GrantStatus.QUOTED: (GrantStatus.APPROVED, GrantStatus.ASKED, GrantStatus.CANCELLED),
    GrantStatus.APPROVED: (GrantStatus.ORDERED, GrantStatus.CANCELLED),
    GrantStatus.ORDERED: (GrantStatus.DELIVERED, GrantStatus.CANCELLED),
    GrantStatus.DELIVERED: (GrantStatus.PAID,),
    GrantStatus.PAID: (),
    GrantStatus.CANCELLED: (),
}
GRANT_PATH = (
    GrantStatus.ASKED,
    GrantStatus.QUOTED,
    GrantStatus.APPROVED,
    GrantStatus.ORDERED,
    GrantStatus.DELIVERED,
    GrantStatus.PAID,
)
COMMITTED = (GrantStatus.APPROVED, GrantStatus.ORDERED, GrantStatus.DELIVERED, GrantStatus.PAID)


class FollowUpStatus(TextChoices):
    DUE = "due", pgettext_lazy("follow-up", "Due")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    MISSED = "missed", _("Missed")
    STOPPED = "stopped", _("Not wished")


FOLLOW_UP_STEPS = {
    FollowUpStatus.DUE: (FollowUpStatus.DONE, FollowUpStatus.MISSED, FollowUpStatus.STOPPED),
    FollowUpStatus.MISSED: (FollowUpStatus.DONE,),
    FollowUpStatus.DONE: (),
    FollowUpStatus.STOPPED: (FollowUpStatus.DUE,),
}
