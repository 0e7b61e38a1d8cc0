"""Roles and kinds of organisation fit each other in the database itself, whatever code or hand writes there."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.lifecycle import keep_organisation
from accounts.models import Organisation, User
from accounts.roles import ROLES_OF, OrganisationKind, Role
from cases.models import DonorLine, Programme, SharedCase, WalkIn
from referrals.models import Service
from tests import make

PAIRS = [(kind, role) for kind in OrganisationKind for role in Role if role != Role.SYSTEM]


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as problem:
        return "no such role" in str(problem) or "of another kind" in str(problem) or "another agency" in str(problem)
    return False


@pytest.mark.parametrize(("kind", "role"), PAIRS)
def test_a_role_is_had_only_in_its_kind_of_organisation(db, kind, role):
    place = Organisation.objects.create(name="A place", kind=kind, country="FR")
    person = User(name="New", email="new@demo.example", role=role, organisation=place, password="!")
    assert refused(person.save) == (role not in ROLES_OF[kind])


def test_nobody_is_moved_into_a_role_or_place_that_does_not_fit(cast):
    amina = User.objects.filter(pk=cast.amina.pk)
    assert refused(lambda: amina.update(role=Role.PARTNER_WORKER))
    assert refused(lambda: amina.update(organisation=cast.partner))
    assert refused(lambda: User.objects.filter(pk=cast.hawa.pk).update(organisation=cast.donor))
    assert not refused(lambda: amina.update(role=Role.SUPERVISOR))


def test_the_kind_of_an_organisation_is_fixed(cast, client, ada):
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(pk=cast.provider.pk).update(kind="partner")
    with pytest.raises(ValidationError) as problem:
        keep_organisation(cast.provider, by=ada, kind="host")
    assert "kind" in problem.value.error_dict
    client.force_login(ada)
    form = client.get(f"/organisations/{cast.provider.pk}/").context["form"]
    assert form.fields["kind"].disabled


def test_every_part_in_a_return_is_played_by_its_kind(cast):
    shared = make.handed_over(cast)
    walk_in = make.walked_in(cast)
    parts = [
        (Programme, cast.programme.pk, "organisation", cast.partner),
        (DonorLine, cast.line.pk, "donor", cast.agency),
        (SharedCase, shared.pk, "partner", cast.other_agency),
        (SharedCase, shared.pk, "partner", cast.provider),
        (SharedCase, shared.pk, "organisation", cast.other_agency),
        (WalkIn, walk_in.pk, "partner", cast.agency),
        (WalkIn, walk_in.pk, "organisation", cast.partner),
        (Service, cast.service.pk, "provider", cast.donor),
    ]
    for model, pk, field, other in parts:
        rows = model.objects.filter(pk=pk)
        assert refused(partial(rows.update, **{field: other})), (model, field)
