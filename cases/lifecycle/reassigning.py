"""Giving what one person has in hand to another: cases, shares, tasks, reviews; many at once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.roles import PARTNERS, Role

from ..holdings import own_reviews, own_tasks, owned_cases, taken_shares
from ..models import Concern, SharedCase, Work
from ..transitions import happening
from .keeping import assign_case


def assign_share(shared: SharedCase, *, by: User, worker: User) -> None:
    """Give a case the partner has taken on to another of its workers; its open work and tasks go along."""
    if worker.organisation_id != shared.partner_id or worker.role not in PARTNERS or not worker.is_active:
        raise ValidationError({"worker": _("Choose somebody of your organisation who can sign in.")})
    with happening(shared, "assign_share", by=by, note=worker.short_name):
        shared.worker = worker
        shared.save()
        Work.objects.open().filter(shared=shared, kind=Work.TASK, partner=shared.partner_id).update(
            for_user=worker, for_role=worker.role
        )
        key = f"share-assigned:{shared.pk}:{timezone.now():%s}"
        tell(worker, "case_assigned", key=key, reference=shared.reference)


def hand_over(
    giver: User, *, by: User, to: User, cases: Iterable[int] = (), tasks: bool = False, reviews: bool = False
) -> int:
    """Give chosen cases (or shares, at a partner) of `giver` to `to`, with tasks and reviews if wanted; all or nothing.

    What `giver` has no more is passed by, so that a second sending does nothing. Returns how many things changed hands.
    """
    if giver.organisation_id != by.organisation_id or to.pk == giver.pk:
        raise ValidationError({"to": _("Choose another person of your own organisation.")})
    with transaction.atomic():
        given = _give_shares(giver, by, to, cases) if by.is_partner else _give_cases(giver, by, to, cases)
        given += _give_tasks(giver, by, to) if tasks else 0
        given += _give_reviews(giver, by, to) if reviews else 0
    return given


def _give_cases(giver, by, to, chosen) -> int:
    mine = list(owned_cases(giver).filter(pk__in=chosen, organisation=by.organisation_id).order_by("pk"))
    for case in mine:
        assign_case(case, by=by, owner=to)
    return len(mine)


def _give_shares(giver, by, to, chosen) -> int:
    mine = list(taken_shares(giver).filter(pk__in=chosen, partner=by.organisation_id).order_by("pk"))
    for shared in mine:
        assign_share(shared, by=by, worker=to)
    return len(mine)


def _give_tasks(giver, by, to) -> int:
    verb = "assign_share" if by.is_partner else "assign_case"
    tasks = list(own_tasks(giver).select_related("case", "shared").order_by("pk"))
    for task in tasks:
        with happening(task, verb, by=by, note=f"{task.title} > {to.short_name}"):
            Work.objects.filter(pk=task.pk).update(for_user=to, for_role=to.role)
            tell(to, "task_given", key=f"task:{task.pk}:{giver.pk}", reference=task.case.reference)
    return len(tasks)


def _give_reviews(giver, by, to) -> int:
    """Another supervisor looks at the concern: never the one who raised it."""
    concerns = list(own_reviews(giver).select_related("case").order_by("pk"))
    if concerns and to.role != Role.SUPERVISOR:
        raise ValidationError({"to": _("Concerns are reviewed by a supervisor.")})
    for concern in concerns:
        if concern.raised_by_id == to.pk:
            raise ValidationError({"to": _("A concern is reviewed by somebody other than the person who raised it.")})
        with happening(concern, "assign_case", by=by, note=to.short_name, concern=concern):
            Concern.objects.filter(pk=concern.pk).update(reviewer=to)
            key = f"concern:{concern.pk}:{giver.pk}"
            tell(to, "concern_raised", key=key, reference=concern.case.reference)
    return len(concerns)
