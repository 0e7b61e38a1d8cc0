"""Filters of the case list, shared by page and API; all of them stand in the address."""

from datetime import timedelta

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.renderer import QuickSelect
from accounts.roles import CASEWORKERS
from accounts.templatetags.page import by_name, country_name

from .models import Case, Person, Programme, searchable
from .references import PATTERN
from .statuses import Stage

OPEN = "open"
MOST_FOUND = 500


def find(cases, user, text: str):
    """Cases whose reference, phone or a person's name fits `text`; names may be misspelt."""
    text = text.strip()[:100]
    if PATTERN.match(text.upper()):
        return cases.filter(reference=text.upper())
    people = Person.objects.visible_to(user)
    digits = "".join(ch for ch in text if ch.isdigit())
    if len(digits) >= 5 and not any(ch.isalpha() for ch in text):
        return cases.filter(pk__in=people.filter(phone__contains=digits).values("case")[:MOST_FOUND])
    if text.upper().startswith("AVRR-"):
        return cases.filter(reference__startswith=text.upper())
    name = searchable(text)
    like = Q(search_name__contains=name) | Q(search_name__trigram_word_similar=name)
    return cases.filter(pk__in=people.filter(like).values("case")[:MOST_FOUND])


class CaseFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name, reference or phone"), method="search")
    stage = filters.ChoiceFilter(
        label=_("Stage"),
        choices=[(OPEN, _("All open stages")), *Stage.choices],
        empty_label=_("All stages"),
        widget=QuickSelect,
        method="at",
    )
    return_country = filters.ChoiceFilter(
        label=_("Return to"), empty_label=_("Any country"), choices=(), widget=QuickSelect
    )
    owner = filters.ChoiceFilter(label=_("Owner"), empty_label=_("Anybody"), choices=(), widget=QuickSelect)
    office = filters.ModelChoiceFilter(label=_("Office"), queryset=Office.objects.none(), empty_label=_("All offices"))
    waiting = filters.NumberFilter(label=_("Waiting for more than … days"), method="waits", min_value=0, max_value=3650)

    class Meta:
        model = Case
        fields = ["q", "stage", "return_country", "owner", "office", "waiting"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.request.user
        served = Programme.objects.visible_to(user).values_list("return_countries", flat=True)
        choices = [(code, country_name(code)) for code in set().union(*served)]
        self.filters["return_country"].extra["choices"] = sorted(choices, key=by_name)
        colleagues = User.objects.visible_to(user).filter(role__in=CASEWORKERS)
        self.filters["owner"].extra["choices"] = list(colleagues.values_list("pk", "name"))
        self.filters["office"].queryset = Office.objects.visible_to(user)

    def search(self, queryset, name, value):
        return find(queryset, self.request.user, value) if value.strip() else queryset

    def at(self, queryset, name, value):
        return queryset.still_open() if value == OPEN else queryset.filter(stage=value)

    def waits(self, queryset, name, value):
        before = timezone.now() - timedelta(days=int(value))
        return queryset.filter(work__done_at=None, work__since__lt=before, work__restricted=False).distinct()
