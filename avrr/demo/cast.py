"""The organisations and people of the demo, its programme and its services."""

from decimal import Decimal

from django.contrib.auth.hashers import make_password

from accounts.models import Office, Organisation, User
from accounts.roles import OrganisationKind, Role
from cases.models import DonorLine, Programme, Suspension
from referrals.models import Sector, Service

from .when import day

PASSWORD = "retour-2026"  # noqa: S105 (of invented people)
COUNTRIES = ["SN", "GE", "AF", "AM", "BO", "BR", "CM", "ET", "GN", "IQ", "ML", "NG", "SD"]

ORGANISATIONS = {
    "agency": ("Retour & Avenir", OrganisationKind.HOST, "FR", "Lyon", "Europe/Paris"),
    "horizon": ("Horizon", OrganisationKind.PARTNER, "SN", "Dakar", "Africa/Dakar"),
    "lantern": ("Lantern", OrganisationKind.PARTNER, "GE", "Tbilisi", "Asia/Tbilisi"),
    "union": ("European Union", OrganisationKind.DONOR, "BE", "Brussels", "Europe/Brussels"),
    "foundation": ("Fondation des Deux Rives", OrganisationKind.DONOR, "FR", "Marseille", "Europe/Paris"),
    "keur": ("Keur Xaleyi", OrganisationKind.PROVIDER, "SN", "Dakar", "Africa/Dakar"),
    "college": ("Rustavi Craft College", OrganisationKind.PROVIDER, "GE", "Rustavi", "Asia/Tbilisi"),
    "authority": ("Guichet du retour, Sénégal", OrganisationKind.AUTHORITY, "SN", "Dakar", "Africa/Dakar"),
}

USERS = {  # name, role, organisation, office, language
    "amina": ("Amina Rahmani", Role.CASEWORKER, "agency", "Lyon", "en"),
    "bashir": ("Bashir Tahir", Role.SUPERVISOR, "agency", "Lyon", "en"),
    "claire": ("Claire Vasseur", Role.CASEWORKER, "agency", "Paris", "fr"),
    "samuel": ("Samuel Okoye", Role.SUPERVISOR, "agency", "Paris", "fr"),
    "mira": ("Mira Lindqvist", Role.MANAGER, "agency", "Lyon", "en"),
    "faye": ("Faye Moreau", Role.FINANCE, "agency", "Lyon", "en"),
    "admin": ("Ada Novak", Role.ADMINISTRATOR, "agency", "Lyon", "en"),
    "audit": ("Otto Brandt", Role.AUDITOR, "agency", "Lyon", "en"),
    "horizon": ("Modou Fall", Role.PARTNER_WORKER, "horizon", None, "en"),
    "hawa": ("Hawa Diop", Role.PARTNER_COORDINATOR, "horizon", None, "en"),
    "lantern": ("Mariam Kapanadze", Role.PARTNER_WORKER, "lantern", None, "en"),
    "levan": ("Levan Gelashvili", Role.PARTNER_COORDINATOR, "lantern", None, "en"),
}

SERVICES = {  # provider, name, sector, country, place, contact
    "school": ("keur", "Places at school for children who return", Sector.EDUCATION, "SN", "Tambacounda", "Mme Sarr"),
    "talk": ("keur", "Psychosocial support, in groups and alone", Sector.PSYCHOSOCIAL, "SN", "Dakar", "Dr Diatta"),
    "clinic": ("keur", "Clinic without appointment", Sector.HEALTH, "SN", "Kaolack", "Reception, mornings"),
    "jobs": ("horizon", "Job fair and help with applications", Sector.EMPLOYMENT, "SN", "Dakar", "Modou Fall"),
    "craft": ("college", "Tailoring, six months with certificate", Sector.TRAINING, "GE", "Rustavi", "Nana Lobjanidze"),
    "books": ("college", "Bookkeeping for small businesses", Sector.FINANCE, "GE", "Rustavi", "Nana Lobjanidze"),
}


class Cast:
    """Everybody by a short name: `cast.amina`, `cast.horizon_org`, `cast.services["clinic"]`."""

    def __init__(self):
        self.organisations = {
            key: Organisation.objects.create(
                name=name,
                kind=kind,
                country=country,
                city=city,
                time_zone=zone,
                email=f"office@{key}.example",
            )
            for key, (name, kind, country, city, zone) in ORGANISATIONS.items()
        }
        self.agency = self.organisations["agency"]
        self._make_users()
        self._make_programme()
        self.services = {
            key: Service.objects.create(
                provider=self.organisations[provider],
                name=name,
                sector=sector,
                country=country,
                place=place,
                contact=contact,
                verified_on=day(-40),
            )
            for key, (provider, name, sector, country, place, contact) in SERVICES.items()
        }
        Suspension.objects.create(
            country="SD", from_on=day(-200), reason="No return is organised to this country while the fighting lasts."
        )

    def _make_users(self):
        offices = {name: Office.objects.create(organisation=self.agency, name=name) for name in ("Lyon", "Paris")}
        password = make_password(PASSWORD)
        for key, (name, role, organisation, office, language) in USERS.items():
            user = User(
                email=f"{key}@demo.example",
                name=name,
                role=role,
                organisation=self.organisations[organisation],
                office=offices.get(office),
                language=language,
                password=password,
            )
            user.full_clean(exclude=["password"])
            user.save()
            setattr(self, key, user)

    def _make_programme(self):
        self.programme = Programme.objects.create(
            organisation=self.agency,
            name="Return and reintegration, France",
            code="HN-26",
            host_country="FR",
            return_countries=COUNTRIES,
            arrival_cash=Decimal("615"),
            cap_adult=Decimal("2000"),
            cap_minor=Decimal("1000"),
            small_purchase_limit=Decimal("500"),
        )
        self.line = self._line("union", "HN-26-B2", "Reintegration in kind")
        self.second_line = self._line("foundation", "HN-26-R1", "Families with children")
        self.cash_line = self._line("union", "HN-26-B1", "Help on arrival")

    def _line(self, donor, code, name):
        return DonorLine.objects.create(programme=self.programme, donor=self.organisations[donor], code=code, name=name)

    def partner_of(self, key: str) -> Organisation:
        return self.organisations[key]
