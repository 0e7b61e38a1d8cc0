"""Organisations, as the administrator keeps them."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render, reverse
from django.utils.translation import gettext as _

from .. import lifecycle
from ..forms import OrganisationForm
from ..models import Organisation
from ..roles import OrganisationKind
from .asking import ask

ASKED = ("name", "kind", "country", "city", "email", "phone", "time_zone", "is_active")


@login_required
def organisation_list(request):
    request.user.must("keep_organisation")
    found = Organisation.objects.visible_to(request.user).prefetch_related("offices")
    kind = request.GET.get("kind", "")
    if kind in OrganisationKind.values:
        found = found.filter(kind=kind)
    found = found.annotate(people=Count("users", filter=Q(users__is_active=True))).order_by("kind", "name")
    context = {"organisations": found, "kind": kind, "kinds": OrganisationKind.choices}
    return render(request, "accounts/organisation_list.html", context)


@login_required
def keep_organisation(request, pk=None):
    request.user.must("keep_organisation")
    organisation = pk and get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    return ask(
        request,
        lambda data: OrganisationForm(data, initial=_facts(organisation) if organisation else None, is_new=not pk),
        do=lambda **facts: lifecycle.keep_organisation(organisation or None, by=request.user, **facts),
        title=organisation.name if organisation else _("New organisation"),
        button=_("Save"),
        told=_("The organisation is saved."),
        goal=reverse("organisation_list"),
    )


def _facts(organisation: Organisation) -> dict:
    facts = {name: getattr(organisation, name) for name in ASKED}
    offices = "\n".join(office.name for office in organisation.offices.all())
    return facts | {"weekend": list(organisation.weekend), "offices": offices}
