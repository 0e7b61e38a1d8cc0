"""The small cast: the same invented people in every test, under the same keys, with organisations, programme, texts."""

from decimal import Decimal
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

import avrr.urls  # noqa: F401 (with the addresses come the acts and their words)
from accounts.models import Office, Organisation, User
from accounts.roles import OrganisationKind, Role
from cases.management.commands.load_reference import texts
from cases.models import DonorLine, LegalText, Programme
from referrals.models import Sector, Service

PASSWORD = "retour-2026"
FIRST_KEY = 900_001  # above all that a sequence gives in a test

ORGANISATIONS = {  # name, kind, country, time zone
    "agency": ("Retour & Avenir", OrganisationKind.HOST, "FR", "Europe/Paris"),
    "other_agency": ("Agence des Deux Fleuves", OrganisationKind.HOST, "BE", "Europe/Brussels"),
    "partner": ("Horizon", OrganisationKind.PARTNER, "SN", "Africa/Dakar"),
    "other_partner": ("Lantern", OrganisationKind.PARTNER, "SN", "Africa/Dakar"),
    "provider": ("Keur Xaleyi", OrganisationKind.PROVIDER, "SN", "Africa/Dakar"),
    "donor": ("European Union", OrganisationKind.DONOR, "BE", "Europe/Brussels"),
}

USERS = {  # name, role, organisation
    "amina": ("Amina Rahmani", Role.CASEWORKER, "agency"),
    "claire": ("Claire Vasseur", Role.CASEWORKER, "agency"),
    "bashir": ("Bashir Tahir", Role.SUPERVISOR, "agency"),
    "samuel": ("Samuel Okoye", Role.SUPERVISOR, "agency"),
    "mira": ("Mira Lindqvist", Role.MANAGER, "agency"),
    "faye": ("Faye Moreau", Role.FINANCE, "agency"),
    "ada": ("Ada Novak", Role.ADMINISTRATOR, "agency"),
    "audit": ("Otto Brandt", Role.AUDITOR, "agency"),
    "nadia": ("Nadia Petit", Role.CASEWORKER, "other_agency"),
    "horizon": ("Modou Fall", Role.PARTNER_WORKER, "partner"),
    "hawa": ("Hawa Diop", Role.PARTNER_COORDINATOR, "partner"),
    "lantern": ("Mariam Sow", Role.PARTNER_WORKER, "other_partner"),
}

EUROPEAN = {  # the published amounts and terms of the European programme
    "currency": "EUR",
    "arrival_cash": Decimal("615"),
    "cap_adult": Decimal("2000"),
    "cap_minor": Decimal("1000"),
    "small_purchase_limit": Decimal("500"),
}


class Cast:
    """Everybody by a short name: `cast.amina`, `cast.partner`, `cast.programme`, `cast.line`."""

    def __init__(self):
        pk = count(FIRST_KEY)
        for key, (name, kind, country, zone) in ORGANISATIONS.items():
            setattr(self, key, Organisation(pk=next(pk), name=name, kind=kind, country=country, time_zone=zone))
        Organisation.objects.bulk_create(getattr(self, key) for key in ORGANISATIONS)
        self.lyon = Office.objects.create(pk=next(pk), organisation=self.agency, name="Lyon")
        for key, (name, role, organisation) in USERS.items():
            user = User(pk=next(pk), name=name, role=role, email=f"{key}@demo.example", password=password())
            user.organisation = getattr(self, organisation)
            user.office = self.lyon if user.organisation == self.agency else None
            setattr(self, key, user)
        User.objects.bulk_create(getattr(self, key) for key in USERS)
        self.programme = self.a_programme("HN-26", self.agency, "FR", pk=next(pk))
        self.other_programme = self.a_programme("BE-26", self.other_agency, "BE", pk=next(pk))
        lines = [("B1", "Help on arrival"), ("B2", "Reintegration in kind")]
        self.cash_line, self.line = DonorLine.objects.bulk_create(
            DonorLine(pk=next(pk), programme=self.programme, donor=self.donor, code=f"HN-26-{code}", name=name)
            for code, name in lines
        )
        self.service = Service.objects.create(
            pk=next(pk),
            provider=self.provider,
            name="Psychosocial support",
            sector=Sector.PSYCHOSOCIAL,
            country="SN",
            place="Dakar",
        )
        LegalText.objects.bulk_create(legal_texts(pk), ignore_conflicts=True)

    def a_programme(self, code: str, organisation: Organisation, country: str, **facts) -> Programme:
        countries = ["SN", "GE", "ET", "SD"]
        facts = EUROPEAN | {"name": f"Return and reintegration {code}", "return_countries": countries} | facts
        return Programme.objects.create(organisation=organisation, code=code, host_country=country, **facts)

    def everybody(self) -> dict[str, User]:
        return {key: getattr(self, key) for key in USERS}


@cache
def password() -> str:
    return make_password(PASSWORD)


def legal_texts(keys=None) -> list[LegalText]:
    """What `manage.py load_reference` loads, read once; under keys of ours where they are given."""
    return [LegalText(pk=keys and next(keys), **facts) for facts in _legal_facts()]


@cache
def _legal_facts() -> tuple[dict, ...]:
    names = [field.name for field in LegalText._meta.fields if not field.primary_key]
    return tuple({name: getattr(text, name) for name in names} for text in texts())
