"""The agency, partners, programmes and people that the invented cases belong to; made once, used by every seeding."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Office, Organisation, User
from accounts.roles import OrganisationKind, Role
from cases.models import DonorLine, LegalText, Programme
from referrals.models import Sector, Service
from reintegration.models import Supplier

from .names import LANDS

PASSWORD = "retour-2026"  # noqa: S105 (only in demos)
HOSTS = {"FR": "France", "BE": "Belgium", "DE": "Germany"}
OFFICES = ("Central", "North", "South", "Harbour")
CASEWORKERS, SUPERVISORS, WORKERS = 20, 4, 3
PARTNERS = {  # key: countries, days of rest
    "west": (("SN", "ML", "GN", "CI"), "56"),
    "gulf": (("NG", "ET"), "56"),
    "caucasus": (("GE", "AM"), "56"),
    "east": (("AF", "IQ", "PK"), "45"),
    "south": (("BR",), "56"),
}
MONEY = {  # country: currency, units for one euro
    "SN": ("XOF", "655.957"), "ML": ("XOF", "655.957"), "CI": ("XOF", "655.957"), "GN": ("GNF", "9350"),
    "NG": ("NGN", "1710.5"), "ET": ("ETB", "142.3"), "GE": ("GEL", "2.94"), "AM": ("AMD", "418.6"),
    "AF": ("AFN", "73.4"), "IQ": ("IQD", "1415"), "PK": ("PKR", "305.2"), "BR": ("BRL", "6.12"),
}  # fmt: skip
SUPPLIERS = ("Central Market", "Good Tools", "House of Cloth", "Green Farm Supply", "Brothers & Sons", "New Bazaar")


@dataclass
class Partner:
    pk: int
    weekend: str
    workers: list[int]
    suppliers: list[int]


@dataclass
class ProgrammeFacts:
    pk: int
    host: str
    lines: list[int]
    cash_line: int


@dataclass
class World:
    """Everything by key, ready for COPY."""

    agency: int = 0
    agency_name: str = "Seeded agency"
    caseworkers: list[tuple[int, int, str]] = field(default_factory=list)  # user, office, short name
    supervisors: list[int] = field(default_factory=list)
    finance: int = 0
    system: int = 0  # in whose name what follows by itself is told
    programmes: list[ProgrammeFacts] = field(default_factory=list)
    partners: dict[str, Partner] = field(default_factory=dict)  # by country of return
    services: dict[str, list[int]] = field(default_factory=dict)
    texts: dict[tuple[str, str], int] = field(default_factory=dict)


def make_world() -> World:
    """Finds or makes the seeded organisations; their users can sign in only where the demo may."""
    world, password = World(), make_password(PASSWORD if settings.DEMO else None)
    agency = _organisation(world.agency_name, OrganisationKind.HOST, "FR", time_zone="Europe/Paris")
    world.agency, world.system = agency.pk, User.objects.the_system().pk
    offices = [Office.objects.get_or_create(organisation=agency, name=name)[0] for name in OFFICES]

    def user(key, role, organisation, office=None):
        made, _new = User.objects.get_or_create(
            email=f"seed-{key}@seed.example",
            defaults={
                "name": f"Seed {key.replace('-', ' ').title()}",
                "role": role,
                "organisation": organisation,
                "office": office,
                "password": password,
            },
        )
        return made

    for number in range(1, CASEWORKERS + 1):
        office = offices[number % len(offices)]
        worker = user(f"caseworker-{number}", Role.CASEWORKER, agency, office)
        world.caseworkers.append((worker.pk, office.pk, worker.short_name))
    world.supervisors = [
        user(f"supervisor-{n}", Role.SUPERVISOR, agency, offices[0]).pk for n in range(1, SUPERVISORS + 1)
    ]
    user("manager-1", Role.MANAGER, agency, offices[0])
    world.finance = user("finance-1", Role.FINANCE, agency, offices[0]).pk
    for key, (countries, weekend) in PARTNERS.items():
        name = f"Seeded partner {key}"
        organisation = _organisation(name, OrganisationKind.PARTNER, countries[0], weekend=weekend)
        user(f"{key}-coordinator", Role.PARTNER_COORDINATOR, organisation)
        workers = [user(f"{key}-worker-{n}", Role.PARTNER_WORKER, organisation).pk for n in range(1, WORKERS + 1)]
        suppliers = [Supplier.objects.get_or_create(partner=organisation, name=s, town="")[0].pk for s in SUPPLIERS]
        world.partners |= dict.fromkeys(countries, Partner(organisation.pk, weekend, workers, suppliers))
    _programmes(world, agency)
    provider = _organisation("Seeded services", OrganisationKind.PROVIDER, "FR")
    for land in LANDS:
        world.services[land.code] = [
            Service.objects.get_or_create(
                provider=provider, name=f"{sector.label} in {land.code}", sector=sector, country=land.code, place=""
            )[0].pk
            for sector in (Sector.HEALTH, Sector.TRAINING, Sector.PSYCHOSOCIAL)
        ]
    texts = LegalText.objects.order_by("version").values_list("scope", "language", "pk")
    world.texts = {(scope, language): pk for scope, language, pk in texts}
    return world


def _programmes(world: World, agency: Organisation) -> None:
    donors = [_organisation(f"Seeded donor {n}", OrganisationKind.DONOR, "BE") for n in (1, 2)]
    for host, name in HOSTS.items():
        programme, _new = Programme.objects.get_or_create(
            code=f"SEED-{host}",
            defaults={
                "organisation": agency,
                "name": f"Seeded programme {name}",
                "host_country": host,
                "return_countries": [land.code for land in LANDS],
                "arrival_cash": Decimal(615),
                "cap_adult": Decimal(2000),
                "cap_minor": Decimal(1000),
                "small_purchase_limit": Decimal(500),
            },
        )
        lines = [
            DonorLine.objects.get_or_create(
                programme=programme, donor=donor, code=f"SEED-{host}-{number}", defaults={"name": f"Line {number}"}
            )[0].pk
            for number, donor in enumerate([donors[0], donors[1], donors[0]], 1)
        ]
        world.programmes.append(ProgrammeFacts(programme.pk, host, lines[:2], lines[2]))


def _organisation(name, kind, country, **more) -> Organisation:
    defaults = {"kind": kind, "country": country, **more}
    return Organisation.objects.get_or_create(name=name, defaults=defaults)[0]
