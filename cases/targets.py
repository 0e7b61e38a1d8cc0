"""What a verb can be done to, and how it is found: always through `visible_to`, otherwise «not there»."""

from django.http import Http404

from . import converters  # noqa: F401  registers <ref:…>
from .acting import Target, visible_or_404
from .lifecycle import kind_to_correct
from .models import Case, Concern, Consent, Decision, Person, SharedCase, WalkIn, Work


def case_of(user, reference):
    """The case for host staff; the accepted or waiting share for its partner. Everybody else: not there."""
    if user.is_partner:
        return visible_or_404(SharedCase.objects.visible_to(user), reference=reference)
    case = visible_or_404(Case.objects.visible_to(user).select_related("programme"), reference=reference)
    case.organisation = user.organisation  # a case is visible to its own agency alone
    return case.with_people_and_shares()


def accepted_of(user, reference):
    """Like case_of, but a partner must have accepted: the preview is for answering only."""
    record = case_of(user, reference)
    if isinstance(record, SharedCase) and not record.is_accepted:
        raise Http404
    return record


def by_reference(record):
    return {"reference": record.reference}


def by_pk(record):
    return {"pk": record.pk}


CASE = Target(
    "cases/<ref:reference>/",
    lambda user, reference: visible_or_404(Case.objects.visible_to(user), reference=reference),
    by_reference,
)
EITHER_SIDE = Target("cases/<ref:reference>/", accepted_of, by_reference)
SHARED = Target(
    "cases/<ref:reference>/",
    lambda user, reference: visible_or_404(
        SharedCase.objects.visible_to(user).select_related("partner"), reference=reference, partner=user.organisation_id
    ),
    by_reference,
)
PERSON = Target(
    "cases/<ref:reference>/people/<int:number>/",
    lambda user, reference, number: visible_or_404(
        Person.objects.visible_to(user), case__reference=reference, number=number
    ),
    lambda person: {"reference": person.case.reference, "number": person.number},
)
CONSENT = Target("consents/<int:pk>/", lambda user, pk: visible_or_404(Consent.objects.visible_to(user), pk=pk), by_pk)
CONCERN = Target("concerns/<int:pk>/", lambda user, pk: visible_or_404(Concern.objects.visible_to(user), pk=pk), by_pk)
DECISION = Target(
    "cases/<ref:reference>/",
    lambda user, reference: visible_or_404(Decision.objects.visible_to(user), case__reference=reference),  # the newest
    lambda decision: by_reference(decision.case),
)
WALK_IN = Target("walk-ins/<int:pk>/", lambda user, pk: visible_or_404(WalkIn.objects.visible_to(user), pk=pk), by_pk)


def fact_of(user, kind, pk):
    known = kind_to_correct(kind)
    if known is None:
        raise Http404
    return visible_or_404(known.model.objects.visible_to(user), pk=pk)


FACT = Target("facts/<slug:kind>/<int:pk>/", fact_of, lambda record: {"kind": record._meta.model_name, "pk": record.pk})
TASK = Target(
    "tasks/<int:pk>/", lambda user, pk: visible_or_404(Work.objects.visible_to(user), pk=pk, kind=Work.TASK), by_pk
)
NOTHING = Target("cases/", lambda user: None, lambda record: {})
WALK_INS = Target("walk-ins/", lambda user: None, lambda record: {})
