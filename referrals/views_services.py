"""The directory of services, as administrators keep it."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, render, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from accounts.templatetags.page import countries
from accounts.views.asking import ask, typed
from cases.paging import keyset

from .models import PROVIDERS, Sector, Service
from .services import keep_service as keep

PAGE = 50


class ServiceForm(forms.Form):
    provider = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Provider"))
    name = forms.CharField(label=gettext_lazy("Service"), max_length=120)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=[("", "—"), *Sector.choices])
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    contact = forms.CharField(label=gettext_lazy("Contact"), max_length=200, required=False)
    verified_on = forms.DateField(
        label=gettext_lazy("Checked on"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("When somebody last asked whether it is still so."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Organisation.objects.filter(kind__in=PROVIDERS, is_active=True)
        self.fields["country"].choices = [("", "—"), *countries()]


@login_required
def service_list(request):
    request.user.must("keep_service")
    found = Service.objects.visible_to(request.user).select_related("provider")
    words, sector = typed(request, "q"), typed(request, "sector")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(provider__name__icontains=words) | Q(place__icontains=words))
    if sector in Sector.values:
        found = found.filter(sector=sector)
    page = keyset(found, request.GET.get("after"), PAGE, by="name")
    context = {"page": page, "next": page.address(request), "words": words, "sector": sector, "sectors": Sector.choices}
    return render(request, "referrals/service_list.html", context)


@login_required
def keep_service(request, pk=None):
    request.user.must("keep_service")
    service = pk and get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    facts = {name: getattr(service, name) for name in ServiceForm.base_fields} if service else {}
    return ask(
        request,
        lambda data: ServiceForm(data, initial=facts),
        do=lambda **answers: keep(service or None, by=request.user, **answers),
        title=service.name if service else _("New service"),
        button=_("Save"),
        told=_("The service is saved."),
        goal=reverse("service_list"),
    )
