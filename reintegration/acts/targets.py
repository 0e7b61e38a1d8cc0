"""What the verbs of this app are done to, and when; always found through `visible_to`."""

from cases.acting import Target, visible_or_404
from cases.targets import by_pk, by_reference

from ..models import FollowUp, Grant, Plan

PLAN = Target("plans/<int:pk>/", lambda user, pk: visible_or_404(Plan.objects.visible_to(user), pk=pk), by_pk)
GRANT = Target(
    "grants/<ref:reference>/",
    lambda user, reference: visible_or_404(Grant.objects.visible_to(user), reference=reference),
    by_reference,
)
FOLLOW_UP = Target(
    "follow-ups/<int:pk>/", lambda user, pk: visible_or_404(FollowUp.objects.visible_to(user), pk=pk), by_pk
)


def at(*statuses):
    return lambda record: record.status in statuses


def tab(name: str):
    return lambda record, result: f"{record.get_absolute_url()}{name}/"
